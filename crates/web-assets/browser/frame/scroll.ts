// Confines scrolling to the widget: the native methods would scroll the page too.

import { apply, replace } from './natives';

type Align = 'start' | 'center' | 'end' | 'nearest';

/** The distance to scroll a box so that the element is aligned in it. */
function distance(start: number, end: number, boxStart: number, boxEnd: number, align: Align): number {
  if (align === 'start') return start - boxStart;
  if (align === 'end') return end - boxEnd;
  if (align === 'center') return (start + end - boxStart - boxEnd) / 2;
  if (start < boxStart) return start - boxStart;
  return end > boxEnd ? Math.min(end - boxEnd, start - boxStart) : 0;
}

function scrollWithin(element: Element, block: Align, inline: Align): void {
  const root = document.scrollingElement;
  for (let box = element.parentElement; box; box = box.parentElement) {
    const scrolls = box === root || /auto|scroll|hidden/.test(getComputedStyle(box).overflow);
    if (!scrolls || (box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth)) continue;
    const inner = element.getBoundingClientRect();
    const outer = box === root ? new DOMRect(0, 0, root.clientWidth, root.clientHeight) : box.getBoundingClientRect();
    box.scrollTop += distance(inner.top, inner.bottom, outer.top, outer.bottom, block);
    box.scrollLeft += distance(inner.left, inner.right, outer.left, outer.right, inline);
  }
}

export function confineScrolling(): void {
  replace(
    Element.prototype,
    'scrollIntoView',
    () =>
      function (this: unknown, given: unknown = true) {
        const { block = 'start', inline = 'nearest' } = typeof given === 'object' && given ? (given as ScrollIntoViewOptions) : {};
        scrollWithin(this as Element, given === false ? 'end' : block, inline);
      },
  );
  replace(
    Element.prototype,
    'scrollIntoViewIfNeeded',
    () =>
      function (this: unknown) {
        scrollWithin(this as Element, 'nearest', 'nearest');
      },
  );
  for (const owner of [HTMLElement, SVGElement, window.MathMLElement]) {
    replace(
      owner?.prototype,
      'focus',
      (native) =>
        function (this: unknown, options: unknown) {
          apply(native, this, [{ ...(options as object), preventScroll: true }]);
          if (!(options as FocusOptions | undefined)?.preventScroll) scrollWithin(this as Element, 'nearest', 'nearest');
        },
    );
  }
  // `find` scrolls to the text that it selects.
  for (const owner of [window, Window.prototype]) replace(owner, 'find', () => () => false);
}
