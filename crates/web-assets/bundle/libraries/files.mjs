// Makes the files of the library set from esbuild's output: few of them, named by the SHA-256 of their content.

import { createHash } from 'node:crypto';

import { transform } from 'esbuild';

import { parse, print } from './statements.mjs';

/** A group whose code other groups share is two files of esbuild: one with the code, and one that only exports. Adds the exports to the
 * first. Returns the name of the file of the group. */
function withoutFacade(files, name) {
  const facade = files.get(name);
  const from = facade.imports.filter(({ names }) => names.length > 0);
  if (withoutComments(facade.code) !== '' || from.length !== 1) return name;
  const [{ file, names }] = from;
  const shared = files.get(file);
  const exportedBy = new Map(names.map(([exported, local]) => [local, exported]));
  const localOf = new Map(shared.exports.map(([local, exported]) => [exported, local]));
  // Other files import from the shared one by names that esbuild chose. These get a prefix, so that they cannot be names of the group.
  rename(files, file, (exported) => `$${exported}`);
  for (const [local, exported] of facade.exports) shared.exports.push([localOf.get(exportedBy.get(local)), exported]);
  files.delete(name);
  return file;
}

const withoutComments = (code) => code.replaceAll(/^\s*\/\/.*$/gm, '').trim();

/** Renames all exports of a file, and their imports. */
function rename(files, file, renamed) {
  const shared = files.get(file);
  shared.exports = shared.exports.map(([local, exported]) => [local, renamed(exported)]);
  for (const { imports } of files.values()) {
    for (const one of imports) if (one.file === file) one.names = one.names.map(([name, local]) => [renamed(name), local]);
  }
}

/** Copies esbuild's helpers into each file that uses them: they are too small for a request. */
function inlineHelpers(files, isHelper) {
  for (const [name, helper] of [...files].filter(([name]) => isHelper(name))) {
    // Packages that were bundled with esbuild have helpers of the same names.
    const own = [...helper.code.matchAll(/^var (\w+)/gm)]
      .map(([, local]) => local)
      .filter((local) => !helper.exports.some(([name]) => name === local));
    const code = own.reduce((text, local) => text.replaceAll(new RegExp(`\\b${local}\\b`, 'g'), () => `$helper${local}`), helper.code);
    const exported = new Map(helper.exports.map(([local, alias]) => [alias, local]));
    files.delete(name);
    for (const file of files.values()) {
      const used = file.imports.filter((one) => one.file === name).flatMap(({ names }) => names);
      file.imports = file.imports.filter((one) => one.file !== name);
      if (used.length === 0) continue;
      if (used.some(([alias, local]) => exported.get(alias) !== local)) throw new Error(`esbuild has renamed its helpers in ${name}`);
      file.code = code + file.code;
    }
  }
}

/** Drops imports that name nothing, except of a file with effects that no other import loads. */
function dropBareImports(files, hasEffects) {
  for (const file of files.values()) {
    const named = file.imports.filter(({ names }) => names.length > 0);
    const reached = new Set(named.flatMap((one) => [...closure(files, one.file)]));
    const needed = file.imports.filter((one) => one.names.length === 0 && hasEffects(one.file) && !reached.has(one.file));
    file.imports = [...named, ...needed];
  }
}

/** The names of a file and all that it imports. */
function closure(files, name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const { file } of files.get(name).imports) closure(files, file, found);
  return found;
}

/** Hashes the files, each after those that it imports. Throws for a cycle of imports. */
async function hashAll(files, bannerOf) {
  const hashed = new Map();
  const visit = async (name, path) => {
    if (path.includes(name)) throw new Error(`library files import each other: ${[...path, name].join(' → ')}`);
    if (hashed.has(name)) return;
    const file = files.get(name);
    for (const one of file.imports) await visit(one.file, [...path, name]);
    const imports = [...new Set(file.imports.map((one) => hashed.get(one.file).sha256))];
    const text = print(file, (imported) => `./${hashed.get(imported).sha256}.js`);
    const { code } = await transform(text, {
      minify: true,
      treeShaking: true,
      format: 'esm',
      target: 'es2022',
      charset: 'utf8',
      legalComments: 'none',
      banner: bannerOf(name),
    });
    hashed.set(name, { sha256: createHash('sha256').update(code).digest('hex'), code, imports });
  };
  for (const name of [...files.keys()].sort()) await visit(name, []);
  return hashed;
}

/** The files by the names that esbuild gave them, and the name of the file of each group. `bannerOf` returns the comment of a file. */
export async function libraryFiles(texts, inputs, groups, bannerOf) {
  const files = new Map([...texts].map(([name, text]) => [name, parse(text)]));
  inlineHelpers(files, (name) => name.startsWith('chunk-') && inputs.get(name).length === 0);
  const fileOfGroup = new Map(groups.map(({ name }) => [name, withoutFacade(files, `${name}.js`)]));
  // The kit's parts need its style sheet. Nothing else that a file imports without a name has an effect.
  dropBareImports(files, (name) => inputs.get(name).some((path) => path.endsWith('/kit/style.ts')));
  return { hashed: await hashAll(files, bannerOf), fileOfGroup };
}
