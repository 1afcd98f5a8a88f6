import { type RefObject, useEffect, useRef, useState } from 'react';

/** Props of a box that scrolls. While its content is larger than the box, the keyboard reaches it, in browsers too that do not see to that. */
export function useScrollable(): { ref: RefObject<HTMLDivElement | null>; tabIndex: 0 | undefined } {
  const ref = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const box = ref.current;
    if (!box) return;
    const observer = new ResizeObserver(() => setScrolls(box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight));
    for (const observed of [box, ...box.children]) observer.observe(observed);
    return () => observer.disconnect();
  }, []);
  return { ref, tabIndex: scrolls ? 0 : undefined };
}
