// Reads the files of downloads. The policy lets no widget fetch them, not even from `blob:` and `data:` addresses.

import { apply, replace } from './natives';

/** The blobs by their addresses, until these are revoked. */
const blobs = new Map<string, Blob>();

export function rememberBlobs(): void {
  replace(URL, 'createObjectURL', (native) => (object) => {
    const address = apply(native, URL, [object]) as string;
    if (object instanceof Blob) blobs.set(address, object);
    return address;
  });
  replace(URL, 'revokeObjectURL', (native) => (address) => {
    blobs.delete(String(address));
    return apply(native, URL, [address]);
  });
}

/** The file at a `blob:` or `data:` address. */
export function blobOf(address: string): Blob | undefined {
  return blobs.get(address) ?? readData(address);
}

const DATA = /^data:([^,]*?)(;\s*base64\s*)?,([^#]*)/i;

/** Reads a `data:` address, whose characters are ASCII because the browser has parsed it. */
export function readData(address: string): Blob | undefined {
  const [, type, base64, body = ''] = DATA.exec(address) ?? [];
  if (type === undefined) return undefined;
  const text = body.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  try {
    const bytes = Uint8Array.from(base64 ? atob(text) : text, (character) => character.charCodeAt(0));
    return new Blob([bytes], { type: type || 'text/plain' });
  } catch {
    return undefined; // not base64
  }
}
