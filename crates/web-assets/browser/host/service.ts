const SCRIPT = '/embed/v1.js';

/** Where the script came from, less `/embed/v1.js`: there the frames and the modules are. Read while the script starts. */
export const SERVICE = find();

function find(): string {
  const tag = document.currentScript ?? document.querySelector(`script[src*="${SCRIPT}"]`);
  const source = tag instanceof HTMLScriptElement && tag.src.includes(SCRIPT) ? tag.src : imported();
  const end = source.indexOf(SCRIPT);
  return end < 0 ? location.origin : source.slice(0, end);
}

/** The script's own address where no element names it: after `import('…/embed/v1.js')`. A classic script has no `import.meta`, but
 * the place of an error names its file. */
function imported(): string {
  return /https?:\/\/[^\s"'()@]+\/embed\/v1\.js/.exec(new Error().stack ?? '')?.[0] ?? '';
}
