/** Where the script came from, less `/embed/v1.js`: there the frames and the modules are. Read while the script starts. */
export const SERVICE = find();

function find(): string {
  const script = document.currentScript ?? document.querySelector('script[src*="/embed/v1.js"]');
  const source = script instanceof HTMLScriptElement ? script.src : '';
  const end = source.indexOf('/embed/v1.js');
  return end < 0 ? location.origin : source.slice(0, end);
}
