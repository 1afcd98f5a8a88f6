import type { Channel } from './channel';

/** Tells the page the height of what is shown, at once and whenever it changes. */
export function tellSize(channel: Channel, element: Element): void {
  let told = -1;
  const tell = (): void => {
    // A margin or a chart may end between two pixels; cut off, it would scroll.
    const height = Math.ceil(element.getBoundingClientRect().height);
    if (height !== told) channel.send({ type: 'size', height });
    told = height;
  };
  tell();
  new ResizeObserver(tell).observe(element);
}
