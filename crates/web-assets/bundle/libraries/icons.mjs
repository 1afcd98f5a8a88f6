// The icons of lucide-react as data: compiling writes the icons that a widget imports into its module.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Exports of lucide-react that are no icons. */
const OTHERS = new Set(['createLucideIcon', 'Icon', 'icons']);

/** The lines of `Libraries::icons`: `Name\t["name",nodes]`, or `Name\tOther` for another name of an icon, sorted by their bytes. */
export async function iconLines(home) {
  const folder = join(home, 'node_modules/lucide-react/dist/esm');
  const load = (file) => import(pathToFileURL(join(folder, file)));
  const names = new Map();
  const { icons: named, ...exported } = await load('lucide-react.js');
  for (const [name, component] of Object.entries(exported)) {
    if (!OTHERS.has(name)) names.set(component, [...(names.get(component) ?? []), name]);
  }
  const lines = [];
  for (const file of await readdir(join(folder, 'icons'))) {
    if (!file.endsWith('.js') || file === 'index.js') continue;
    const iconName = /createLucideIcon\(\s*"([^"]+)",\s*__iconNode\s*\)/.exec(await readFile(join(folder, 'icons', file), 'utf8'))?.[1];
    if (iconName === undefined) continue; // another name of an icon
    const { __iconNode: nodes, default: component } = await load(`icons/${file}`);
    const [main, ...others] = names.get(component).sort((a, b) => (named[b] === component) - (named[a] === component) || (a < b ? -1 : 1));
    // React needs keys in a list. Shorter ones do.
    const short = nodes.map(([tag, attributes], at) => [tag, { ...attributes, key: `${at}` }]);
    lines.push(`${main}\t${JSON.stringify([iconName, short])}`, ...others.map((other) => `${other}\t${main}`));
    names.delete(component);
  }
  if (names.size > 0) throw new Error(`icons without a file: ${[...names.values()].join(', ')}`);
  return `${lines.sort((a, b) => (a < b ? -1 : 1)).join('\n')}\n`;
}
