// Reports when an element is near the viewport: a conversation may have hundreds of widgets.

/** Distance at which a widget loads: half the viewport's height. In a scrolling element both margins apply, about one height in all. */
const MARGIN = '50%';

/** `scrollMargin` applies to scrolling elements in the page; older browsers ignore it. */
const options = { rootMargin: `${MARGIN} 0px`, scrollMargin: `${MARGIN} 0px` };
const callbacks = new Map<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Calls `callback` once, when the element is near. The returned function cancels that. */
export function whenNear(element: Element, callback: () => void): () => void {
  observer ??= new IntersectionObserver((entries) => {
    const near = entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target);
    // Elements in the viewport come first.
    for (const target of [...near.filter(isInView), ...near]) {
      const call = callbacks.get(target);
      unobserve(target);
      call?.();
    }
  }, options);
  callbacks.set(element, callback);
  observer.observe(element);
  return () => unobserve(element);
}

function unobserve(element: Element): void {
  callbacks.delete(element);
  observer?.unobserve(element);
}

/** Whether the element is in the viewport now. */
export function isInView(element: Element): boolean {
  const { top, bottom, width } = element.getBoundingClientRect();
  return width > 0 && bottom >= 0 && top <= window.innerHeight;
}
