import type { ComponentProps } from 'react';

import { useScrollable } from './scrollable';
import './style';

export type ScrollAreaProps = ComponentProps<'div'> & { type?: string; scrollHideDelay?: number };

/** A box with the browser's own scrollbars. `type` and `scrollHideDelay` have no effect. */
export function ScrollArea({ children, type: _type, scrollHideDelay: _delay, ...props }: ScrollAreaProps) {
  return (
    <div data-slot="scroll-area" {...props}>
      <div data-slot="scroll-area-viewport" {...useScrollable()}>
        <div>{children}</div>
      </div>
    </div>
  );
}

/** Renders nothing: a scroll area scrolls in both directions. */
export function ScrollBar(_: ComponentProps<'div'> & { orientation?: 'vertical' | 'horizontal' }) {
  return null;
}
