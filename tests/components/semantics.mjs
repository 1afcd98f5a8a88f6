// Renders components that Babel compiled and the same that the service's compiler did, and holds the HTML against each other.
//
//   node semantics.mjs <path of the example review_components>

import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { transformAsync } from '@babel/core';
import { parse } from '@babel/parser';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

import { components, differences } from './components.mjs';
import { modulesOf } from './syntax.mjs';

const program = process.argv[2] ?? new URL('../../target/debug/examples/review_components', import.meta.url).pathname;
const root = new URL('../../', import.meta.url);

/** What every component is rendered with. */
const data = { title: 'A <title> & more', items: ['a', 'b', 'c'], nested: { n: 1 }, on: true, zero: 0 };

async function ofBabel(source) {
  const options = { runtime: 'automatic', useBuiltIns: true, useSpread: true, pure: false };
  const { code } = await transformAsync(source, {
    cwd: fileURLToPath(new URL('.', import.meta.url)), // where Babel looks for the plugin
    babelrc: false, configFile: false, plugins: [['@babel/plugin-transform-react-jsx', options]],
  });
  return code;
}

/** What a module renders, and what React says on the way. */
async function rendered(folder, name, code, props) {
  const file = join(folder, `${name}.mjs`);
  await writeFile(file, code);
  const { default: component } = await import(pathToFileURL(file));
  const said = [];
  const { error } = console;
  // Where React found it differs by the names of the files.
  console.error = (format) => said.push(format);
  try {
    return { html: renderToStaticMarkup(createElement(component, props)), name: component.name, said };
  } catch (thrown) {
    return { thrown: String(thrown), said };
  } finally {
    console.error = error;
  }
}

async function withFolder(run) {
  // Here, so that `react` is found from it.
  const folder = await mkdtemp(fileURLToPath(new URL('node_modules/.modules-', import.meta.url)));
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('every component renders the same as Babel\'s', async () => {
  const cases = Object.entries(components);
  assert.ok(cases.length >= 25);
  const modules = await modulesOf(program, cases.map(([, source]) => source));
  await withFolder(async (folder) => {
    for (const [n, [name, source]] of cases.entries()) {
      assert.ok(modules[n], `${name} is refused`);
      const ours = await rendered(folder, `ours-${n}`, modules[n], { data });
      const theirs = await rendered(folder, `theirs-${n}`, await ofBabel(source), { data });
      assert.deepEqual([ours.html, ours.name, ours.thrown], [theirs.html, theirs.name, theirs.thrown], `${name}\n${modules[n]}`);
      assert.ok(theirs.html?.length > 0, `${name}: ${theirs.thrown}`);
    }
  });
});

test('the seven pre-built widgets render their examples the same', async () => {
  const widgets = (await readdir(new URL('crates/prebuilt/widgets/', root))).sort();
  assert.equal(widgets.length, 7);
  const read = (widget, file) => readFile(new URL(`crates/prebuilt/widgets/${widget}/${file}`, root), 'utf8');
  const sources = await Promise.all(widgets.map((widget) => read(widget, 'component.jsx')));
  const modules = await modulesOf(program, sources);
  await withFolder(async (folder) => {
    for (const [n, widget] of widgets.entries()) {
      const props = { data: JSON.parse(await read(widget, 'example.json')) };
      const ours = await rendered(folder, `ours-${widget}`, modules[n], props);
      assert.deepEqual(ours, await rendered(folder, `theirs-${widget}`, await ofBabel(sources[n]), props), widget);
      assert.ok(ours.html.length > 500 && ours.said.length === 0, `${widget}: ${ours.said}`);
    }
  });
});

test('where the two differ, they differ as documented', async () => {
  const cases = Object.entries(differences);
  const modules = await modulesOf(program, cases.map(([, { source }]) => source));
  await withFolder(async (folder) => {
    for (const [n, [name, { source, ours, babel }]] of cases.entries()) {
      assert.equal((await rendered(folder, `ours-${n}`, modules[n], { data })).html, ours, name);
      assert.equal((await rendered(folder, `theirs-${n}`, await ofBabel(source), { data })).html, babel, name);
    }
  });
});

test('every module of the corpus compiles to plain JavaScript that imports React alone', async () => {
  const names = (await readdir(new URL('corpus/', import.meta.url))).sort();
  const sources = await Promise.all(names.map((name) => readFile(new URL(`corpus/${name}`, import.meta.url), 'utf8')));
  const modules = await modulesOf(program, sources, 'kept');
  const refused = [];
  for (const [n, module] of modules.entries()) {
    if (module === null) {
      refused.push(names[n]);
      continue;
    }
    const { program: tree } = parse(module, { sourceType: 'module' });
    const imports = tree.body.filter((it) => it.source).map((it) => it.source.value);
    assert.deepEqual(imports.filter((from) => !['react', 'react/jsx-runtime'].includes(from)), [], names[n]);
  }
  // Its imports ask for JSON, which no library is.
  assert.deepEqual(refused, ['attributes.jsx']);
});
