import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';

import './style';
import { cn } from './utils';

/** Classes of a button, for elements that look like one. */
export const buttonVariants = cva('kit-button', {
  variants: {
    variant: {
      default: 'kit-default',
      destructive: 'kit-destructive',
      outline: 'kit-outline',
      secondary: 'kit-secondary',
      ghost: 'kit-ghost',
      link: 'kit-link',
    },
    size: {
      default: '',
      xs: 'kit-xs',
      sm: 'kit-sm',
      lg: 'kit-lg',
      icon: 'kit-icon',
      'icon-xs': 'kit-icon kit-xs',
      'icon-sm': 'kit-icon kit-sm',
      'icon-lg': 'kit-icon kit-lg',
    },
  },
  defaultVariants: { variant: 'default', size: 'default' },
});

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonVariants> {
  asChild?: boolean;
}

export function Button({ className, variant, size, asChild, ...props }: ButtonProps) {
  const Part = asChild ? Slot.Root : 'button';
  return (
    <Part
      data-slot="button"
      data-variant={variant ?? 'default'}
      data-size={size ?? 'default'}
      className={cn(buttonVariants({ variant, size }), className)}
      {...props}
    />
  );
}
