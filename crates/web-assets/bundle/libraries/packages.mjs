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

/** The text of the MIT license, for packages without a file. Throws for other licenses. */
function textOf(license, author, name) {
  if (license !== 'MIT') throw new Error(`${name} has no license file`);
  return `MIT License

Copyright (c) ${author ?? `the authors of ${name}`}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}

/** The text that `widgetd licenses` prints, from the folders of packages. A package may be installed in several folders. */
export function licenseText(folders) {
  const entries = folders.map((folder) => {
    const { name, version, license, author, homepage } = readPackage(folder);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
    const text = file ? readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim() : textOf(license, author, name);
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
