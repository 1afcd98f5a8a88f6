// Places floating boxes in a frame that is only as high as its content.

import { type Ref, useCallback, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Distance to the upper and lower edge of the frame, in CSS pixels. */
const EDGE = 8;

/** What moves a box out of sight until the popper has placed it. */
const UNPLACED = '-200%';

/** Pixels by which the page would enlarge the frame. */
const growth = (): number => Math.max(0, Number(document.documentElement.dataset.maxHeight ?? 0) - window.innerHeight);

export interface FrameSpaceProps<E> {
  ref: (box: E | null) => void;
  collisionPadding: { top: number; right: number; bottom: number; left: number };
  /** Whether the box is no higher than the space that the frame can have. */
  'data-limited': '' | undefined;
}

/** Props for the content of a popper. It stays within the frame if it fits on either side of its anchor. If not, it is placed as if the
 * frame had its maximum height, and the frame grows to show it. `onBox` is called with the box when it is in the document. */
export function useFrameSpace<E extends HTMLElement>(outerRef: Ref<E> | undefined, onBox?: (box: E) => void): FrameSpaceProps<E> {
  const [box, setBox] = useState<E | null>(null);
  const [space, setSpace] = useState<number>();
  const ref = useCallback(
    (element: E | null) => {
      setBox(element);
      if (element) onBox?.(element);
      if (typeof outerRef === 'function') outerRef(element);
      else if (outerRef) outerRef.current = element;
    },
    [outerRef, onBox],
  );
  useLayoutEffect(() => {
    const wrapper = box?.parentElement;
    if (!wrapper) return;
    let fits = true;
    const place = (): void => {
      if (wrapper.style.transform.includes(UNPLACED)) return;
      const { top, bottom } = wrapper.getBoundingClientRect();
      fits &&= top >= 0 && bottom <= window.innerHeight;
      if (!fits) flushSync(() => setSpace(growth()));
    };
    // The popper moves the box by its style.
    const observer = new MutationObserver(place);
    observer.observe(wrapper, { attributes: true, attributeFilter: ['style'] });
    window.addEventListener('resize', place);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', place);
    };
  }, [box]);
  return {
    ref,
    collisionPadding: { top: EDGE, right: 0, bottom: EDGE - (space ?? 0), left: 0 },
    'data-limited': space === undefined ? undefined : '',
  };
}
