import { DropdownMenu as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { pageDirection } from './direction';
import { useFrameSpace } from './frame-space';
import { menuParts } from './menu';
import { slotted } from './slotted';
import './style';

const parts = menuParts(Primitive, 'dropdown-menu');

export const DropdownMenuPortal = parts.Portal;
export const DropdownMenuGroup = parts.Group;
export const DropdownMenuItem = parts.Item;
export const DropdownMenuCheckboxItem = parts.CheckboxItem;
export const DropdownMenuRadioGroup = parts.RadioGroup;
export const DropdownMenuRadioItem = parts.RadioItem;
export const DropdownMenuLabel = parts.Label;
export const DropdownMenuSeparator = parts.Separator;
export const DropdownMenuShortcut = parts.Shortcut;
export const DropdownMenuSub = parts.Sub;
export const DropdownMenuSubTrigger = parts.SubTrigger;
export const DropdownMenuSubContent = parts.SubContent;

/** Not modal by default: the rest of the widget stays readable, and the page scrolls. */
export function DropdownMenu(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root modal={false} dir={pageDirection()} {...props} />;
}

export const DropdownMenuTrigger = slotted(Primitive.Trigger, 'dropdown-menu-trigger');

export function DropdownMenuContent({ ref, ...props }: ComponentProps<typeof Primitive.Content>) {
  const space = useFrameSpace(ref);
  return (
    <Primitive.Portal>
      <Primitive.Content
        data-slot="dropdown-menu-content"
        data-menu="content"
        data-floating=""
        data-scrollable=""
        sideOffset={4}
        {...space}
        {...props}
      />
    </Primitive.Portal>
  );
}
