import { Switch as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import './style';

export function Switch({ size = 'default', ...props }: ComponentProps<typeof Primitive.Root> & { size?: 'default' | 'sm' }) {
  return (
    <Primitive.Root data-slot="switch" data-size={size} {...props}>
      <Primitive.Thumb data-slot="switch-thumb" />
    </Primitive.Root>
  );
}
