import type { ComponentProps } from 'react';

import './style';

/** A box with the browser's own scrollbars. */
export function ScrollArea({ children, ...props }: ComponentProps<'div'> & { type?: string; scrollHideDelay?: number }) {
  const { type: _type, scrollHideDelay: _delay, ...rest } = props;
  return (
    <div data-slot="scroll-area" {...rest}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what has the focus */}
      <div data-slot="scroll-area-viewport" tabIndex={0}>
        {children}
      </div>
    </div>
  );
}

/** Renders nothing: a scroll area scrolls in both directions. */
export function ScrollBar(_: ComponentProps<'div'> & { orientation?: 'vertical' | 'horizontal' }) {
  return null;
}
