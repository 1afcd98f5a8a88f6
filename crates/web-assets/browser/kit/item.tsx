import { Slot } from 'radix-ui';
import { type ComponentProps, createContext, useContext } from 'react';

import { slotted } from './slotted';
import './style';

export { Separator as ItemSeparator } from './separator';

const IsInGroup = createContext(false);

/** A list of items. */
export function ItemGroup(props: ComponentProps<'div'>) {
  return (
    <IsInGroup value={true}>
      {/* biome-ignore lint/a11y/useSemanticElements: separators are children too */}
      <div data-slot="item-group" role="list" {...props} />
    </IsInGroup>
  );
}

export interface ItemProps extends ComponentProps<'div'> {
  variant?: 'default' | 'outline' | 'muted' | null | undefined;
  size?: 'default' | 'sm' | 'xs' | null | undefined;
  asChild?: boolean;
}

/** A row of media, text and actions. */
export function Item({ variant, size, asChild, ...props }: ItemProps) {
  const isInGroup = useContext(IsInGroup);
  const Part = asChild ? Slot.Root : 'div';
  const attributes = { 'data-slot': 'item', 'data-variant': variant ?? 'default', 'data-size': size ?? 'default' };
  if (!isInGroup) return <Part {...attributes} {...props} />;
  if (!asChild || props.role) return <Part {...attributes} role="listitem" {...props} />;
  return (
    // The child keeps its role, for example that of a link.
    // biome-ignore lint/a11y/useSemanticElements: its parent is no `ul`
    <div role="listitem">
      <Part {...attributes} {...props} />
    </div>
  );
}

export interface ItemMediaProps extends ComponentProps<'div'> {
  variant?: 'default' | 'icon' | 'image' | null | undefined;
}

export function ItemMedia({ variant, ...props }: ItemMediaProps) {
  return <div data-slot="item-media" data-variant={variant ?? 'default'} {...props} />;
}

export const ItemContent = slotted('div', 'item-content');
export const ItemTitle = slotted('div', 'item-title');
export const ItemDescription = slotted('p', 'item-description');
export const ItemActions = slotted('div', 'item-actions');
/** A row above the others. */
export const ItemHeader = slotted('div', 'item-header');
/** A row below the others. */
export const ItemFooter = slotted('div', 'item-footer');
