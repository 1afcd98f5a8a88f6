// `/embed/v1.js`: defines <peer-widget>.

import { PeerWidget } from './element';
import { SERVICE } from './service';
import { isSameSite } from './site';
import { prepareSpare } from './spare';

/** Warns in the console if the page and the service seem to belong to one site. The demo page always does. */
function warnOfSameSite(): void {
  const { hostname, pathname } = location;
  const service = new URL(SERVICE).hostname;
  const isLocal = hostname === '127.0.0.1' || !/[.:]/.test(hostname);
  if (isLocal || pathname === '/demo' || !isSameSite(hostname, service)) return;
  console.warn(
    `<peer-widget>: ${service} seems to belong to the same site as this page. A widget that loops can freeze the page: serve widgets from a separate domain.`,
  );
}

// A page may include the script twice.
if (!customElements.get('peer-widget')) {
  warnOfSameSite();
  customElements.define('peer-widget', PeerWidget);
  prepareSpare();
}
