import type { VariantProps } from 'class-variance-authority';
import { ToggleGroup as Primitive } from 'radix-ui';
import { type ComponentProps, createContext, useContext } from 'react';

import { pageDirection } from './direction';
import './style';
import { toggleVariants } from './toggle';
import { cn } from './utils';

type Variants = VariantProps<typeof toggleVariants>;

/** The group's variant and size, which its items have. */
const GroupVariants = createContext<Variants>({});

export type ToggleGroupProps = ComponentProps<typeof Primitive.Root> & Variants & { spacing?: number };

export function ToggleGroup({ variant, size, spacing = 0, children, style, ...props }: ToggleGroupProps) {
  return (
    <Primitive.Root
      data-slot="toggle-group"
      dir={pageDirection()}
      data-variant={variant ?? 'default'}
      data-joined={spacing === 0 || undefined}
      style={{ gap: `${spacing / 4}rem`, ...style }}
      {...props}
    >
      <GroupVariants value={{ variant, size }}>{children}</GroupVariants>
    </Primitive.Root>
  );
}

export function ToggleGroupItem({ className, variant, size, ...props }: ComponentProps<typeof Primitive.Item> & Variants) {
  const group = useContext(GroupVariants);
  const classes = toggleVariants({ variant: group.variant ?? variant, size: group.size ?? size });
  return <Primitive.Item data-slot="toggle-group-item" className={cn(classes, className)} {...props} />;
}
