// Places floating boxes in a frame that is only as high as its content.

import { type Ref, useCallback, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Distance to the frame's edges, in CSS pixels. */
const EDGE = 8;

/** Pixels by which the page would enlarge the frame. */
const growth = (): number => Math.max(0, Number(document.documentElement.dataset.maxHeight ?? 0) - window.innerHeight);

export interface RoomProps<E> {
  ref: (box: E | null) => void;
  collisionPadding: { top: number; right: number; bottom: number; left: number };
  /** Whether the box is no higher than the room that the frame can have. */
  'data-limited': '' | undefined;
}

/** Props for the content of a popper. It stays within the frame if it fits on either side of its anchor. If not, it is placed as if the
 * frame had its maximum height, and the frame grows to show it. */
export function useRoom<E extends HTMLElement>(outerRef: Ref<E> | undefined): RoomProps<E> {
  const [box, setBox] = useState<E | null>(null);
  const [room, setRoom] = useState<number>();
  const ref = useCallback(
    (element: E | null) => {
      setBox(element);
      if (typeof outerRef === 'function') outerRef(element);
      else if (outerRef) outerRef.current = element;
    },
    [outerRef],
  );
  useLayoutEffect(() => {
    const wrapper = box?.parentElement;
    if (!wrapper) return;
    let fits = true;
    const place = (): void => {
      const { top, bottom } = wrapper.getBoundingClientRect();
      fits &&= top >= 0 && bottom <= window.innerHeight;
      if (!fits) flushSync(() => setRoom(growth()));
    };
    // The popper has placed the box before the observer's first call.
    const observer = new ResizeObserver(place);
    observer.observe(box);
    window.addEventListener('resize', place);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', place);
    };
  }, [box]);
  return {
    ref,
    collisionPadding: { top: EDGE, right: EDGE, bottom: EDGE - (room ?? 0), left: EDGE },
    'data-limited': room === undefined ? undefined : '',
  };
}
