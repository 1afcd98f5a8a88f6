// Bundles web/ into a folder: `node bundle/main.mjs <folder>`. build.rs calls it; so may you.
//
// What has a hash in its name may be kept for ever. Each file is written three times, plain, as .gz and as .br. `assets.rs` lists
// them for build.rs.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

import { build } from 'esbuild';

import { rustList } from './list.mjs';
import { demoPolicy, framePolicy, hashSource } from './policy.mjs';
import { writeAsset } from './write.mjs';

const folder = process.argv[2];
const web = new URL('../web/', import.meta.url).pathname;
const require = createRequire(import.meta.url);

const shared = {
  bundle: true,
  minify: true,
  write: false,
  outdir: '/out',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none', // each file of React has its own; NOTICE stands for all
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
};

const NOTICE = `/*! React ${require('react/package.json').version}, Copyright (c) Meta Platforms, Inc. and affiliates, MIT licence */`;

/** One module for both `react` and `react/jsx-runtime`: two would be a kilobyte more. They are CommonJS, of which a bundler cannot
 * tell the names. */
function reactModule() {
  const names = Object.keys(require('react')).filter((key) => !key.startsWith('__'));
  return `import React from 'react'; import runtime from 'react/jsx-runtime'; export default React;
    export const { ${names.join(', ')} } = React; export const { jsx, jsxs } = runtime;`;
}

const facade = {
  name: 'facade',
  setup(build) {
    build.onResolve({ filter: /^facade:react$/ }, ({ path }) => ({ path, namespace: 'facade' }));
    build.onLoad({ filter: /.*/, namespace: 'facade' }, () => ({ contents: reactModule(), resolveDir: web }));
  },
};

/** The modules of the widget's document. What they share, React above all, is in chunks, so there is one instance of it. */
async function frameModules() {
  const entryPoints = [
    { in: join(web, 'frame/widget.ts'), out: 'widget' },
    { in: 'facade:react', out: 'react' },
  ];
  const names = { entryNames: '[name]-[hash]', chunkNames: 'chunk-[hash]', banner: { js: NOTICE } };
  const { outputFiles } = await build({ ...shared, ...names, entryPoints, format: 'esm', splitting: true, plugins: [facade] });
  const files = outputFiles.map(({ path, contents }) => ({ name: basename(path), contents }));
  return { files, named: (start) => files.find(({ name }) => name.startsWith(`${start}-`)).name };
}

async function script(entry, options = {}) {
  const { outputFiles } = await build({ ...shared, ...options, entryPoints: [join(web, entry)], format: 'iife' });
  return outputFiles[0];
}

const text = (name) => readFile(join(web, name), 'utf8');
const fill = (template, values) => Object.entries(values).reduce((filled, [name, value]) => filled.replaceAll(name, () => value), template);

async function style(name) {
  const { outputFiles } = await build({ ...shared, entryPoints: [join(web, name)], loader: { '.css': 'css' } });
  return outputFiles[0].text.trim();
}

async function frame(modules) {
  const react = `./${modules.named('react')}`;
  const imports = { react, 'react/jsx-runtime': react };
  const importMap = JSON.stringify({ imports });
  const preloads = modules.files.filter(({ name }) => !name.startsWith('widget-'));
  const widgetDocument = fill(await text('frame/widget.html'), {
    IMPORT_MAP_HASH: hashSource(importMap),
    IMPORT_MAP: importMap,
    PRELOADS: preloads.map(({ name }) => `<link rel="modulepreload" href="./${name}" crossorigin>`).join('\n'),
    WIDGET_SCRIPT: `./${modules.named('widget')}`,
    WIDGET_STYLE: await style('frame/widget.css'),
  });
  const define = { ...shared.define, WIDGET_DOCUMENT: JSON.stringify(widgetDocument) };
  const outer = (await script('frame/outer.ts', { define })).text.trim();
  const html = fill(await text('frame/outer.html'), { OUTER_SCRIPT: outer });
  return { html, policy: framePolicy([outer, importMap]) };
}

async function main() {
  await mkdir(folder, { recursive: true });
  const modules = await frameModules();
  const { html, policy } = await frame(modules);
  const demoScript = await script('demo/demo.ts', { entryNames: '[name]-[hash]' });
  const demoStyle = { name: 'demo.css', contents: Buffer.from(await style('demo/demo.css')) };
  const demo = fill(await text('demo/demo.html'), { DEMO_SCRIPT: `/embed/v1/${basename(demoScript.path)}`, DEMO_STYLE: '/embed/v1/demo.css' });
  const host = await script('host/main.ts');
  const assets = [
    { path: '/embed/v1.js', contents: host.contents },
    { path: '/embed/v1/frame.html', contents: Buffer.from(html), policy },
    ...modules.files.map(({ name, contents }) => ({ path: `/embed/v1/${name}`, contents, immutable: true })),
    { path: '/demo', contents: Buffer.from(demo), type: 'text/html; charset=utf-8', policy: demoPolicy() },
    { path: `/embed/v1/${basename(demoScript.path)}`, contents: demoScript.contents, immutable: true },
    { path: `/embed/v1/${demoStyle.name}`, contents: demoStyle.contents },
  ];
  const written = await Promise.all(assets.map((asset) => writeAsset(folder, asset)));
  await writeFile(join(folder, 'assets.rs'), rustList(written));
}

await main();
