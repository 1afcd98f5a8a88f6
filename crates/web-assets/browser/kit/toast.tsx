import { Toast as Primitive } from 'radix-ui';
import type { ComponentProps, ReactElement } from 'react';

import { XIcon } from './icons';
import { slotted } from './slotted';
import './style';

export const ToastProvider = Primitive.Provider;
export const ToastViewport = slotted(Primitive.Viewport, 'toast-viewport');
export const ToastTitle = slotted(Primitive.Title, 'toast-title');
export const ToastDescription = slotted(Primitive.Description, 'toast-description');
export const ToastAction = slotted(Primitive.Action, 'toast-action');

export interface ToastProps extends ComponentProps<typeof Primitive.Root> {
  variant?: 'default' | 'destructive' | null | undefined;
}
export type ToastActionElement = ReactElement<typeof ToastAction>;

export function Toast({ variant, ...props }: ToastProps) {
  return <Primitive.Root data-slot="toast" data-variant={variant ?? 'default'} {...props} />;
}

export function ToastClose(props: ComponentProps<typeof Primitive.Close>) {
  return (
    <Primitive.Close data-slot="close-button" aria-label="Close" {...props}>
      <XIcon />
    </Primitive.Close>
  );
}
