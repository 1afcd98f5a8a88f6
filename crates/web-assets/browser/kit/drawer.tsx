// A drawer is a sheet that comes from below. It cannot be dragged.

import { Dialog as Primitive } from 'radix-ui';
import { type ComponentProps, createContext, useContext } from 'react';

import { useReturnFocus } from './return-focus';
import { SheetOverlay } from './sheet';
import { slotted } from './slotted';
import './style';

type Direction = 'top' | 'right' | 'bottom' | 'left';

const DirectionContext = createContext<Direction>('bottom');

export interface DrawerProps extends ComponentProps<typeof Primitive.Root> {
  direction?: Direction;
  shouldScaleBackground?: boolean;
  dismissible?: boolean;
}

export function Drawer({ direction = 'bottom', shouldScaleBackground: _, dismissible: __, ...props }: DrawerProps) {
  return (
    <DirectionContext value={direction}>
      <Primitive.Root {...props} />
    </DirectionContext>
  );
}

export const DrawerTrigger = slotted(Primitive.Trigger, 'drawer-trigger');
export const DrawerClose = slotted(Primitive.Close, 'drawer-close');
export const DrawerPortal = Primitive.Portal;
export const DrawerOverlay = SheetOverlay;
export const DrawerHeader = slotted('div', 'drawer-header', { 'data-part': 'header' });
export const DrawerFooter = slotted('div', 'drawer-footer', { 'data-part': 'footer' });
export const DrawerTitle = slotted(Primitive.Title, 'drawer-title', { 'data-part': 'title' });
export const DrawerDescription = slotted(Primitive.Description, 'drawer-description', { 'data-part': 'description' });

export function DrawerContent(props: ComponentProps<typeof Primitive.Content>) {
  const side = useContext(DirectionContext);
  const focus = useReturnFocus(props);
  return (
    <DrawerPortal>
      <DrawerOverlay />
      <Primitive.Content data-slot="drawer-content" data-panel="" data-side={side} {...props} {...focus} />
    </DrawerPortal>
  );
}
