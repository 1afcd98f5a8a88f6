// All frames of a page share one history: what a widget does to it would move the page, or catch its reader on the way back.

import { replace } from './natives';

export function disableHistory(): void {
  for (const name of ['back', 'forward', 'go', 'pushState', 'replaceState']) replace(History.prototype, name, () => () => {});
  Reflect.deleteProperty(window, 'navigation');
}
