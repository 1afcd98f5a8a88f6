const SCRIPT = '/embed/v1.js';

/** The script's address without `/embed/v1.js`: frames and modules load from there. Read while the script starts. */
export const SERVICE = findService();

function findService(): string {
  const tag = document.currentScript ?? document.querySelector(`script[src*="${SCRIPT}"]`);
  const source = tag instanceof HTMLScriptElement && tag.src.includes(SCRIPT) ? tag.src : importedAddress();
  const end = source.indexOf(SCRIPT);
  return end < 0 ? location.origin : source.slice(0, end);
}

/** The script's address after `import('…/embed/v1.js')`, where no element has it. A classic script has no `import.meta`, but the stack
 * of an error names its file. */
function importedAddress(): string {
  return /https?:\/\/[^\s"'()@]+\/embed\/v1\.js/.exec(new Error().stack ?? '')?.[0] ?? '';
}
