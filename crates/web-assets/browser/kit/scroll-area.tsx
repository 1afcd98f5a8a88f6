import { Children, type ComponentProps, isValidElement, type ReactNode } from 'react';

import { useScrollable } from './scrollable';
import './style';

export type ScrollAreaProps = ComponentProps<'div'> & { type?: string; scrollHideDelay?: number };
export type ScrollBarProps = ComponentProps<'div'> & { orientation?: 'vertical' | 'horizontal' };

const isHorizontalBar = (child: ReactNode): boolean =>
  isValidElement<ScrollBarProps>(child) && child.type === ScrollBar && child.props.orientation === 'horizontal';

/** A box with the browser's own scrollbars. `type` and `scrollHideDelay` have no effect. Scripts of chats find what scrolls by an attribute
 * of Radix. */
export function ScrollArea({ children, type: _type, scrollHideDelay: _delay, ...props }: ScrollAreaProps) {
  const horizontal = Children.toArray(children).some(isHorizontalBar) ? '' : undefined;
  return (
    <div data-slot="scroll-area" {...props}>
      <div data-slot="scroll-area-viewport" data-radix-scroll-area-viewport="" data-horizontal={horizontal} {...useScrollable()}>
        <div>{children}</div>
      </div>
    </div>
  );
}

/** Renders nothing: a horizontal one lets its scroll area scroll in that direction too. */
export function ScrollBar(_: ScrollBarProps) {
  return null;
}
