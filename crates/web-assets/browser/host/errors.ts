// `/embed/v1/errors.js`: explains errors of widgets. It loads at the first error.

import type { Explanations } from './explain';
import { inWords } from './react-errors';
import { originalPosition } from './source-map';

/** The mappings of each module, from its source map. */
const mappings = new Map<string, Promise<string>>();

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
    const loading = mappings.get(module) ?? load(module);
    mappings.set(module, loading);
    return { ...explained, ...originalPosition(await loading, ...position) };
  } catch {
    return explained; // the policy of the page forbids it, or the module has no map
  }
};
