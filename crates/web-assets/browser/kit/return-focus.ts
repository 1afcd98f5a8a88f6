// Returns the focus from a modal that a component opens by its state.

import { useRef } from 'react';

interface FocusHandlers {
  onOpenAutoFocus?: ((event: Event) => void) | undefined;
  onCloseAutoFocus?: ((event: Event) => void) | undefined;
}

/** Handlers for the content of a modal. Radix returns the focus to the trigger alone; these return it to the element that had it, so
 * that a modal without a trigger does too. */
export function useReturnFocus({ onOpenAutoFocus, onCloseAutoFocus }: FocusHandlers): Required<FocusHandlers> {
  const last = useRef<Element>(null);
  return {
    onOpenAutoFocus: (event) => {
      last.current = document.activeElement;
      onOpenAutoFocus?.(event);
    },
    onCloseAutoFocus: (event) => {
      onCloseAutoFocus?.(event);
      const element = last.current;
      if (event.defaultPrevented || !(element instanceof HTMLElement) || !element.isConnected || element === document.body) return;
      event.preventDefault();
      element.focus();
    },
  };
}
