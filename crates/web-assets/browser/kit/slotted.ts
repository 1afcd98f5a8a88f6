import { type ComponentProps, createElement, type ElementType, type FunctionComponent } from 'react';

/** A component that renders `part` with attributes for the style sheet. The child of `asChild` keeps its own `data-slot`. */
export function slotted<C extends ElementType>(part: C, slot: string, attributes: object = {}): FunctionComponent<ComponentProps<C>> {
  const render: FunctionComponent<ComponentProps<C>> = (props: ComponentProps<C>) => {
    const named = (props as { asChild?: boolean }).asChild ? attributes : { 'data-slot': slot, ...attributes };
    return createElement(part as ElementType, { ...named, ...props });
  };
  render.displayName = slot;
  return render;
}
