import { Dialog as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { CloseButton } from './close-button';
import { useReturnFocus } from './return-focus';
import { slotted } from './slotted';
import './style';

export const Dialog = Primitive.Root;
export const DialogTrigger = slotted(Primitive.Trigger, 'dialog-trigger');
export const DialogPortal = Primitive.Portal;
export const DialogClose = slotted(Primitive.Close, 'dialog-close');
export const DialogOverlay = slotted(Primitive.Overlay, 'dialog-overlay', { 'data-overlay': '' });
export const DialogHeader = slotted('div', 'dialog-header', { 'data-part': 'header' });
export const DialogFooter = slotted('div', 'dialog-footer', { 'data-part': 'footer' });
export const DialogTitle = slotted(Primitive.Title, 'dialog-title', { 'data-part': 'title' });
export const DialogDescription = slotted(Primitive.Description, 'dialog-description', { 'data-part': 'description' });

export interface DialogContentProps extends ComponentProps<typeof Primitive.Content> {
  showCloseButton?: boolean;
}

export function DialogContent({ children, showCloseButton = true, ...props }: DialogContentProps) {
  const focus = useReturnFocus(props);
  return (
    <DialogPortal>
      <DialogOverlay />
      <Primitive.Content data-slot="dialog-content" data-modal="" {...props} {...focus}>
        {children}
        {showCloseButton && <CloseButton />}
      </Primitive.Content>
    </DialogPortal>
  );
}
