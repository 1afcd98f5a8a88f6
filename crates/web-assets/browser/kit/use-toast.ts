// The toasts of the `useToast` hook, which the component in toaster.tsx shows.

import { type ReactNode, useSyncExternalStore } from 'react';

import type { ToastActionElement, ToastProps } from './toast';

/** Toasts that are shown at the same time. */
const MAX_TOASTS = 3;
/** Milliseconds that a closed toast stays in the list, so that it can fade. */
const REMOVE_DELAY = 300;

export interface ToasterToast extends Omit<ToastProps, 'id' | 'title'> {
  id: string;
  title?: ReactNode;
  description?: ReactNode;
  action?: ToastActionElement;
}

type Toast = Omit<ToasterToast, 'id'>;

let toasts: readonly ToasterToast[] = [];
let count = 0;
const listeners = new Set<() => void>();

function set(next: readonly ToasterToast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

const change = (id: string, props: Partial<Toast>): void => set(toasts.map((toast) => (toast.id === id ? { ...toast, ...props } : toast)));

/** Closes a toast, or all. */
function dismiss(id?: string): void {
  const closed = toasts.filter((toast) => id === undefined || toast.id === id);
  for (const toast of closed) change(toast.id, { open: false });
  setTimeout(() => set(toasts.filter((toast) => !closed.some((other) => other.id === toast.id))), REMOVE_DELAY);
}

/** Shows a toast. */
export function toast(props: Toast) {
  const id = String((count += 1));
  const onOpenChange = (open: boolean): void => {
    props.onOpenChange?.(open);
    if (!open) dismiss(id);
  };
  set([{ ...props, id, open: true, onOpenChange }, ...toasts].slice(0, MAX_TOASTS));
  return { id, dismiss: () => dismiss(id), update: (next: Partial<ToasterToast>) => change(id, next) };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const current = () => toasts;

/** The toasts that are shown, and functions that show and close them. */
export const useToast = () => ({ toasts: useSyncExternalStore(subscribe, current, current), toast, dismiss });
