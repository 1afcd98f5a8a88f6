import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';

import './style';

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: 'default' | 'destructive' | 'outline' | 'secondary' | 'ghost' | 'link' | null | undefined;
  size?: 'default' | 'sm' | 'lg' | 'icon' | null | undefined;
  asChild?: boolean;
}

export function Button({ variant, size, asChild, ...props }: ButtonProps) {
  const Part = asChild ? Slot.Root : 'button';
  return <Part data-slot="button" data-variant={variant ?? 'default'} data-size={size ?? 'default'} {...props} />;
}
