// Browsers run frames of another site in a separate process, and only those.

const IP_ADDRESS = /^[\d.]+$|:/;

/** The registrable domain, guessed without the list of public suffixes: `example.com`, `example.co.uk`. An IP address is its own. */
function registrableDomain(host: string): string {
  if (IP_ADDRESS.test(host)) return host;
  const labels = host.split('.');
  const [suffix = '', second = ''] = [...labels].reverse();
  return labels.slice(suffix.length === 2 && second.length <= 3 ? -3 : -2).join('.');
}

/** Whether two hosts seem to belong to one site. */
export const isSameSite = (host: string, other: string): boolean => registrableDomain(host) === registrableDomain(other);
