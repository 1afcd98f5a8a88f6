// The npm packages whose code is in the web assets, and their licenses.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the package that a file of `node_modules` belongs to; undefined for a file of the project. */
export const packageFolder = (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];

/** Name, version and license of the package in a folder. */
export function readPackage(folder) {
  const { name, version, license, author, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { name, version, license, author: typeof author === 'object' ? author.name : author, homepage, folder };
}

/** The text that `widgetd licenses` prints, from the folders of packages. A package may be installed in several folders. */
export function licenseText(folders) {
  const entries = folders.map((folder) => {
    const { name, version, license, author, homepage } = readPackage(folder);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
    const text = file ? readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim() : 'The package contains no license text.';
    const lines = [`${name} ${version}`, `License: ${license}`, author && `Author: ${author}`, homepage];
    return `${lines.filter(Boolean).join('\n')}\n\n${text}\n`;
  });
  return [...new Set(entries)].sort().join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folder of an installed package of the crate. */
export function installed(home, name) {
  const folder = join(home, 'node_modules', name);
  if (!existsSync(folder)) throw new Error(`the package ${name} is not installed`);
  return folder;
}
