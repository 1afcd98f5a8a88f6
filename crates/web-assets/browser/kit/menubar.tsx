import { Menubar as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { pageDirection } from './direction';
import { useFrameSpace } from './frame-space';
import { menuParts } from './menu';
import { slotted } from './slotted';
import './style';

const parts = menuParts(Primitive, 'menubar');

export const MenubarPortal = parts.Portal;
export const MenubarGroup = parts.Group;
export const MenubarItem = parts.Item;
export const MenubarCheckboxItem = parts.CheckboxItem;
export const MenubarRadioGroup = parts.RadioGroup;
export const MenubarRadioItem = parts.RadioItem;
export const MenubarLabel = parts.Label;
export const MenubarSeparator = parts.Separator;
export const MenubarShortcut = parts.Shortcut;
export const MenubarSub = parts.Sub;
export const MenubarSubTrigger = parts.SubTrigger;
export const MenubarSubContent = parts.SubContent;

export function Menubar(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root data-slot="menubar" dir={pageDirection()} {...props} />;
}

export const MenubarMenu = Primitive.Menu;
export const MenubarTrigger = slotted(Primitive.Trigger, 'menubar-trigger');

export function MenubarContent({ ref, ...props }: ComponentProps<typeof Primitive.Content>) {
  const space = useFrameSpace(ref);
  return (
    <Primitive.Portal>
      <Primitive.Content
        data-slot="menubar-content"
        data-menu="content"
        data-floating=""
        data-scrollable=""
        align="start"
        alignOffset={-4}
        sideOffset={8}
        {...space}
        {...props}
      />
    </Primitive.Portal>
  );
}
