import { ContextMenu as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { pageDirection } from './direction';
import { useFrameSpace } from './frame-space';
import { menuParts } from './menu';
import { slotted } from './slotted';
import './style';

const parts = menuParts(Primitive, 'context-menu');

export const ContextMenuPortal = parts.Portal;
export const ContextMenuGroup = parts.Group;
export const ContextMenuItem = parts.Item;
export const ContextMenuCheckboxItem = parts.CheckboxItem;
export const ContextMenuRadioGroup = parts.RadioGroup;
export const ContextMenuRadioItem = parts.RadioItem;
export const ContextMenuLabel = parts.Label;
export const ContextMenuSeparator = parts.Separator;
export const ContextMenuShortcut = parts.Shortcut;
export const ContextMenuSub = parts.Sub;
export const ContextMenuSubTrigger = parts.SubTrigger;
export const ContextMenuSubContent = parts.SubContent;

/** Not modal by default: the rest of the widget stays readable, and the page scrolls. */
export function ContextMenu(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root modal={false} dir={pageDirection()} {...props} />;
}

export const ContextMenuTrigger = slotted(Primitive.Trigger, 'context-menu-trigger');

export function ContextMenuContent({ ref, ...props }: ComponentProps<typeof Primitive.Content>) {
  const space = useFrameSpace(ref);
  return (
    <Primitive.Portal>
      <Primitive.Content data-slot="context-menu-content" data-menu="content" data-floating="" data-scrollable="" {...space} {...props} />
    </Primitive.Portal>
  );
}
