import { Checkbox as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { CheckIcon, MinusIcon } from './icons';
import './style';

export function Checkbox(props: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root data-slot="checkbox" {...props}>
      <Primitive.Indicator data-slot="checkbox-indicator">
        <CheckIcon strokeWidth="3" />
        <MinusIcon strokeWidth="3" />
      </Primitive.Indicator>
    </Primitive.Root>
  );
}
