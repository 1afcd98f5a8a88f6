import type { Blocked } from './blocked';
import { later } from './natives';

/** Milliseconds to wait for the style sheet. The page gives up on a widget that is not ready some seconds later. */
const MAX_WAIT = 2500;

/** Loads the style sheet of the widget's version. Resolves when it applies, or when it fails or takes too long: the widget is then
 * rendered without it, and a late one applies when it arrives.
 * `<link>` would load it too, but the document must hold none: see `elements.ts`. */
export function loadStyles(address: string, blocked: Blocked): Promise<void> {
  return new Promise((resolve) => {
    const style = document.createElement('style');
    style.textContent = `@import url("${address}");`;
    const giveUp = (reason: string): void => {
      blocked.report('style-src', address, reason);
      resolve();
    };
    style.addEventListener('error', () => giveUp('the style sheet of the widget cannot be loaded'));
    const timer = later(() => giveUp('the style sheet of the widget takes too long to load'), MAX_WAIT);
    style.addEventListener('load', () => {
      clearTimeout(timer);
      resolve();
    });
    document.head.append(style);
  });
}
