import { RadioGroup as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { slotted } from './slotted';
import './style';

export const RadioGroup = slotted(Primitive.Root, 'radio-group');

export function RadioGroupItem(props: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item data-slot="radio-group-item" {...props}>
      <Primitive.Indicator data-slot="radio-group-indicator" />
    </Primitive.Item>
  );
}
