import { cva, type VariantProps } from 'class-variance-authority';
import { Toggle as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import './style';
import { cn } from './utils';

/** Classes of a toggle, for elements that look like one. */
export const toggleVariants = cva('kit-button kit-toggle', {
  variants: {
    variant: { default: 'kit-ghost', outline: 'kit-outline' },
    size: { default: '', sm: 'kit-sm', lg: 'kit-lg' },
  },
  defaultVariants: { variant: 'default', size: 'default' },
});

export type ToggleProps = ComponentProps<typeof Primitive.Root> & VariantProps<typeof toggleVariants>;

export function Toggle({ className, variant, size, ...props }: ToggleProps) {
  return <Primitive.Root data-slot="toggle" className={cn(toggleVariants({ variant, size }), className)} {...props} />;
}
