import { RadioGroup as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { pageDirection } from './direction';
import './style';

export function RadioGroup(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root data-slot="radio-group" dir={pageDirection()} {...props} />;
}

export function RadioGroupItem(props: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item data-slot="radio-group-item" {...props}>
      <Primitive.Indicator data-slot="radio-group-indicator" />
    </Primitive.Item>
  );
}
