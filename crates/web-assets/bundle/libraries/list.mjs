// Writes the library set into a folder, and the Rust expression that embeds it.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { writeCompressed } from '../write.mjs';

/** A Rust string literal. Names, versions and hashes contain no character that JSON and Rust escape differently. */
const literal = (text) => JSON.stringify(text);
const list = (texts) => `&[${texts.map(literal).join(', ')}]`;

const moduleOf = ({ specifier, package: from, version, license, file, names }) => `LibraryModule {
            specifier: ${literal(specifier)},
            package: ${literal(from)},
            version: ${literal(version)},
            license: ${literal(license)},
            file: ${file ? `Some(${literal(file)})` : 'None'},
            names: ${list(names)},
        },`;

const fileOf = (folder, { sha256, imports }) => {
  const path = (ending) => literal(join(folder, `lib_${sha256}.js${ending}`));
  return `LibraryFile {
            sha256: ${literal(sha256)},
            code: include_str!(${path('')}),
            gzip: include_bytes!(${path('.gz')}),
            brotli: include_bytes!(${path('.br')}),
            imports: ${list(imports)},
        },`;
};

/** Writes the files of the set, `libraries.rs` and `licenses.txt`. */
export async function writeLibraries(folder, { set, modules, files, iconFactory, icons, licenses }) {
  const iconsFile = join(folder, 'icons.txt');
  await Promise.all([
    ...files.map(({ sha256, code }) => writeCompressed(join(folder, `lib_${sha256}.js`), Buffer.from(code))),
    writeFile(iconsFile, icons),
    writeFile(join(folder, 'licenses.txt'), licenses),
  ]);
  const rust = `Some(Libraries {
    set: ${set},
    modules: &[
        ${modules.map(moduleOf).join('\n        ')}
    ],
    files: &[
        ${files.map((file) => fileOf(folder, file)).join('\n        ')}
    ],
    icon_factory: ${literal(iconFactory)},
    icons: include_str!(${literal(iconsFile)}),
})
`;
  await writeFile(join(folder, 'libraries.rs'), rust);
}
