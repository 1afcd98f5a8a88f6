import type { Blocked } from './blocked';

/** Loads the style sheet of the widget's version. Resolves when it applies, or when it failed: the widget is then rendered without it.
 * `<link>` would load it too, but the document must hold none: see `elements.ts`. */
export function loadStyles(address: string, blocked: Blocked): Promise<void> {
  return new Promise((resolve) => {
    const style = document.createElement('style');
    style.textContent = `@import url("${address}");`;
    style.addEventListener('load', () => resolve());
    style.addEventListener('error', () => {
      blocked.report('style-src', address, 'the style sheet of the widget cannot be loaded');
      resolve();
    });
    document.head.append(style);
  });
}
