import { Popover as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { useFrameSpace } from './frame-space';
import { slotted } from './slotted';
import './style';

export const Popover = Primitive.Root;
export const PopoverTrigger = slotted(Primitive.Trigger, 'popover-trigger');
export const PopoverAnchor = Primitive.Anchor;
export const PopoverClose = slotted(Primitive.Close, 'popover-close');
export const PopoverHeader = slotted('div', 'popover-header', { 'data-part': 'header' });
export const PopoverTitle = slotted('div', 'popover-title', { 'data-part': 'title' });
export const PopoverDescription = slotted('p', 'popover-description', { 'data-part': 'description' });

/** Names a popover after its trigger, if nothing else does. */
function nameBox(box: HTMLElement): void {
  if (box.ariaLabel || box.hasAttribute('aria-labelledby')) return;
  const trigger = document.querySelector<HTMLElement>(`[aria-controls="${CSS.escape(box.id)}"]`);
  box.ariaLabel = trigger?.ariaLabel ?? trigger?.textContent ?? null;
}

export function PopoverContent({ ref, ...props }: ComponentProps<typeof Primitive.Content>) {
  const space = useFrameSpace(ref, nameBox);
  return (
    <Primitive.Portal>
      <Primitive.Content data-slot="popover-content" data-floating="" sideOffset={4} {...space} {...props} />
    </Primitive.Portal>
  );
}
