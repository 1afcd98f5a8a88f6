import { Dialog as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { CloseButton } from './close-button';
import { useReturnFocus } from './return-focus';
import { slotted } from './slotted';
import './style';

export const Sheet = Primitive.Root;
export const SheetTrigger = slotted(Primitive.Trigger, 'sheet-trigger');
export const SheetClose = slotted(Primitive.Close, 'sheet-close');
export const SheetPortal = Primitive.Portal;
export const SheetOverlay = slotted(Primitive.Overlay, 'sheet-overlay', { 'data-overlay': '' });
export const SheetHeader = slotted('div', 'sheet-header', { 'data-part': 'header' });
export const SheetFooter = slotted('div', 'sheet-footer', { 'data-part': 'footer' });
export const SheetTitle = slotted(Primitive.Title, 'sheet-title', { 'data-part': 'title' });
export const SheetDescription = slotted(Primitive.Description, 'sheet-description', { 'data-part': 'description' });

export interface SheetContentProps extends ComponentProps<typeof Primitive.Content> {
  side?: 'top' | 'right' | 'bottom' | 'left';
  showCloseButton?: boolean;
}

export function SheetContent({ side = 'right', showCloseButton = true, children, ...props }: SheetContentProps) {
  const focus = useReturnFocus(props);
  return (
    <SheetPortal>
      <SheetOverlay />
      <Primitive.Content data-slot="sheet-content" data-panel="" data-side={side} {...props} {...focus}>
        {children}
        {showCloseButton && <CloseButton />}
      </Primitive.Content>
    </SheetPortal>
  );
}
