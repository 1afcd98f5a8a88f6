import { AlertDialog as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { Button, type ButtonProps } from './button';
import { useReturnFocus } from './return-focus';
import { slotted } from './slotted';
import './style';

export const AlertDialog = Primitive.Root;
export const AlertDialogTrigger = slotted(Primitive.Trigger, 'alert-dialog-trigger');
export const AlertDialogPortal = Primitive.Portal;
export const AlertDialogOverlay = slotted(Primitive.Overlay, 'alert-dialog-overlay', { 'data-overlay': '' });
export const AlertDialogHeader = slotted('div', 'alert-dialog-header', { 'data-part': 'header' });
export const AlertDialogFooter = slotted('div', 'alert-dialog-footer', { 'data-part': 'footer' });
export const AlertDialogTitle = slotted(Primitive.Title, 'alert-dialog-title', { 'data-part': 'title' });
export const AlertDialogDescription = slotted(Primitive.Description, 'alert-dialog-description', { 'data-part': 'description' });

export function AlertDialogContent(props: ComponentProps<typeof Primitive.Content>) {
  const focus = useReturnFocus(props);
  return (
    <AlertDialogPortal>
      <AlertDialogOverlay />
      <Primitive.Content data-slot="alert-dialog-content" data-modal="" {...props} {...focus} />
    </AlertDialogPortal>
  );
}

type Look = Pick<ButtonProps, 'variant' | 'size'>;

export function AlertDialogAction({ variant, size, ...props }: ComponentProps<typeof Primitive.Action> & Look) {
  return (
    <Button variant={variant} size={size} asChild>
      <Primitive.Action {...props} />
    </Button>
  );
}

export function AlertDialogCancel({ variant = 'outline', size, ...props }: ComponentProps<typeof Primitive.Cancel> & Look) {
  return (
    <Button variant={variant} size={size} asChild>
      <Primitive.Cancel {...props} />
    </Button>
  );
}
