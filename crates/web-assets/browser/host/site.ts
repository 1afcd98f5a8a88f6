// Browsers give frames a process apart from the page's only when the service is of another site, so that is what a page needs.

import { SERVICE } from './service';

const IP_ADDRESS = /^[\d.]+$|:/;

/** The registrable domain, guessed without the list of public suffixes: `example.com`, `example.co.uk`. An IP address is its own. */
function registrable(host: string): string {
  if (IP_ADDRESS.test(host)) return host;
  const labels = host.split('.');
  const [suffix = '', second = ''] = [...labels].reverse();
  return labels.slice(suffix.length === 2 && second.length <= 3 ? -3 : -2).join('.');
}

/** Writes to the console if the page and the service seem to be of one site. The service's own demo page is. */
export function warnOfSameSite(): void {
  const { hostname, pathname } = location;
  const isLocal = hostname === '127.0.0.1' || !/[.:]/.test(hostname);
  if (isLocal || pathname === '/demo' || registrable(hostname) !== registrable(new URL(SERVICE).hostname)) return;
  console.warn(
    `<peer-widget>: ${new URL(SERVICE).hostname} seems to be of the same site as this page. A widget that loops can freeze the page: serve widgets from a separate domain.`,
  );
}
