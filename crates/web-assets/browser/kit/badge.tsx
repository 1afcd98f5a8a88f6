import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';

import './style';
import { cn } from './utils';

/** Classes of a badge, for elements that look like one. */
export const badgeVariants = cva('kit-badge', {
  variants: {
    variant: {
      default: 'kit-default',
      secondary: 'kit-secondary',
      destructive: 'kit-destructive',
      outline: 'kit-outline',
      ghost: 'kit-ghost',
      link: 'kit-link',
    },
  },
  defaultVariants: { variant: 'default' },
});

export interface BadgeProps extends ComponentProps<'span'>, VariantProps<typeof badgeVariants> {
  asChild?: boolean;
}

export function Badge({ className, variant, asChild, ...props }: BadgeProps) {
  const Part = asChild ? Slot.Root : 'span';
  return <Part data-slot="badge" data-variant={variant ?? 'default'} className={cn(badgeVariants({ variant }), className)} {...props} />;
}
