// `/embed/v1/errors.js`: explains errors of widgets. It loads at the first error.

import type { Explanations } from './explain';
import { inWords } from './react-errors';
import { originalPosition } from './source-map';

/** The mappings of each module, from its source map. */
const mappings = new Map<string, Promise<string>>();
/** Positions that were found, by module and position: to find one reads the whole map. */
const found = new Map<string, ReturnType<typeof originalPosition>>();
const MAX_FOUND = 500;

async function load(module: string): Promise<string> {
  const code = await (await fetch(module)).text();
  const name = /\/\/# sourceMappingURL=([0-9a-f]{64}\.js\.map)\s*$/.exec(code)?.[1];
  if (!name) throw new TypeError('the module names no source map');
  const map = (await (await fetch(new URL(name, module))).json()) as { mappings: string };
  return map.mappings;
}

export const explain: Explanations['explain'] = async (message, module, position) => {
  const explained = { message: inWords(message) };
  if (!position) return explained;
  try {
    const key = [module, ...position].join();
    const loading = mappings.get(module) ?? load(module);
    mappings.set(module, loading);
    const map = await loading;
    const original = found.get(key) ?? originalPosition(map, ...position);
    if (found.size >= MAX_FOUND) found.clear();
    found.set(key, original);
    return { ...explained, ...original };
  } catch {
    mappings.delete(module); // so that the next error tries again
    return explained; // the policy of the page forbids it, or the module has no map
  }
};
