// All frames of a page share one history. A widget that changed it would navigate the page or trap its reader.

import { replace } from './natives';

export function disableHistory(): void {
  for (const name of ['back', 'forward', 'go', 'pushState', 'replaceState']) replace(History.prototype, name, () => () => {});
  Reflect.deleteProperty(window, 'navigation');
}
