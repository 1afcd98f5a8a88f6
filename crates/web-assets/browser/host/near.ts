// Tells when an element comes near the viewport: a conversation may have hundreds of widgets.

/** How far away a widget is loaded: half a height of the viewport. Where both margins apply they add up to about one. */
const MARGIN = '50%';

/** `scrollMargin` is for elements that scroll within the page; older browsers ignore it. */
const options = { rootMargin: `${MARGIN} 0px`, scrollMargin: `${MARGIN} 0px` };
const callbacks = new Map<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Calls back once, when the element is near. The answer takes that back. */
export function whenNear(element: Element, callback: () => void): () => void {
  observer ??= new IntersectionObserver((entries) => {
    const near = entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target);
    // Those in the viewport first.
    for (const target of [...near.filter(isInView), ...near]) {
      const call = callbacks.get(target);
      forget(target);
      call?.();
    }
  }, options);
  callbacks.set(element, callback);
  observer.observe(element);
  return () => forget(element);
}

function forget(element: Element): void {
  callbacks.delete(element);
  observer?.unobserve(element);
}

/** Whether the element is in the viewport now. */
export function isInView(element: Element): boolean {
  const { top, bottom, width } = element.getBoundingClientRect();
  return width > 0 && bottom >= 0 && top <= window.innerHeight;
}
