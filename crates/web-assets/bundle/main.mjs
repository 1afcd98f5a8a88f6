// Bundles browser/ and renderer/ into a folder: `node bundle/main.mjs <folder>`. build.rs runs it.
//
// Files with a hash in their names never change. Each file is written three times: plain, as .gz and as .br. `assets.rs` lists them for
// build.rs; `renderer.rs` names the script of the render test.

import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { build } from 'esbuild';
import { writeLibraries } from './libraries/list.mjs';
import { buildLibraries, HOME } from './libraries.mjs';
import { rustList } from './list.mjs';
import { demoPolicy, framePolicy, hashSource } from './policy.mjs';
import { trimmedReact } from './react.mjs';
import { REACT_DOM_NAMES } from './react-dom.mjs';
import { reactNames } from './react-names.mjs';
import { serverRenderer } from './renderer.mjs';
import { writeTailwind } from './tailwind.mjs';
import { writeAsset } from './write.mjs';

const folder = process.argv[2];
const web = new URL('../browser/', import.meta.url).pathname;
const require = createRequire(import.meta.url);

const shared = {
  bundle: true,
  minify: true,
  write: false,
  outdir: '/out',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none', // NOTICE replaces the comment of each React file
  define: {
    'process.env.NODE_ENV': '"production"',
    // Globals that React uses if they exist. The frame has neither, and without that code React is 350 bytes smaller.
    __REACT_DEVTOOLS_GLOBAL_HOOK__: 'undefined',
    navigation: 'undefined',
  },
  logLevel: 'warning',
  plugins: [trimmedReact],
};

const NOTICE = `/*! React ${require('react/package.json').version}, Copyright (c) Meta Platforms, Inc. and affiliates, MIT license */`;

/** The global that holds React until its modules are evaluated. */
const REACT_GLOBAL = 'globalThis.widgetdReact';

/** Sources of the modules `react`, which is `react/jsx-runtime` too, and `react-dom` for widgets and libraries: they export what
 * browser/frame/react.ts provides. React is CommonJS, so a bundler does not know its export names. */
function reactModules() {
  const names = reactNames(HOME);
  return {
    react: `const{React:r,runtime:j}=${REACT_GLOBAL};export default r;export const{${names.join(',')}}=r;export const{jsx,jsxs}=j;`,
    'react-dom': `const{ReactDOM:d}=${REACT_GLOBAL};export default d;export const{${REACT_DOM_NAMES.join(',')}}=d;`,
  };
}

const dataAddress = (text) => `data:text/javascript,${encodeURIComponent(text)}`;

/** The hash of a page for its name. It covers the headers, since browsers cache them too. */
const hashedName = (html, policy) =>
  createHash('sha256')
    .update(JSON.stringify([html, policy]))
    .digest('hex')
    .slice(0, 8);

async function script(entry, options = {}) {
  const { outputFiles } = await build({ ...shared, format: 'iife', ...options, entryPoints: [join(web, entry)] });
  return outputFiles[0].text;
}

const text = (name) => readFile(join(web, name), 'utf8');
const fill = (template, values) => Object.entries(values).reduce((filled, [name, value]) => filled.replaceAll(name, () => value), template);

async function style(name) {
  const { outputFiles } = await build({ ...shared, entryPoints: [join(web, name)], loader: { '.css': 'css' } });
  return outputFiles[0].text.trim();
}

/** The frame: one document that contains the widget's document, React and the frame's scripts. Browsers cache documents, but Chromium
 * gives each sandboxed frame a separate cache for scripts, so an external script would load once per frame. */
async function frame() {
  const modules = Object.entries(reactModules());
  // No policy allows `data:`. The integrity allows these texts alone, because the policy contains their hashes.
  const imports = specifiers(modules, ([, text]) => dataAddress(text));
  const integrity = Object.fromEntries(modules.map(([, text]) => [dataAddress(text), hashSource(text)]));
  const importMap = inline(JSON.stringify({ imports, integrity }));
  // WebKit does not compare integrity with a policy, so there the same texts are files with addresses relative to the frame's.
  const fileOf = ([name, text]) => `${name}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.js`;
  const fileMap = inline(JSON.stringify({ imports: specifiers(modules, (module) => `./${fileOf(module)}`) }));
  const files = modules.map((module) => ({ path: `/embed/v1/${fileOf(module)}`, contents: module[1], immutable: true }));
  const widget = inline(await script('frame/widget.ts', { format: 'esm', banner: { js: NOTICE } }));
  const widgetDocument = fill(await text('frame/widget.html'), {
    SCRIPT_HASHES: [importMap, fileMap, ...modules.map(([, text]) => text), widget].map((script) => `'${hashSource(script)}'`).join(' '),
    WIDGET_STYLE: await style('frame/widget.css'),
    WIDGET_SCRIPT: widget,
  });
  const define = {
    ...shared.define,
    WIDGET_DOCUMENT: JSON.stringify(widgetDocument),
    IMPORT_MAPS: JSON.stringify([importMap, fileMap]),
    REACT_FILES: JSON.stringify(modules.map(fileOf)),
  };
  const outer = inline(await script('frame/outer.ts', { define }));
  const html = fill(await text('frame/outer.html'), { OUTER_SCRIPT: outer });
  return { html, policy: framePolicy([outer, importMap, fileMap, ...modules.map(([, text]) => text), widget]), files };
}

/** The imports of an import map. */
const specifiers = (modules, addressOf) => {
  const [react, reactDom] = modules.map(addressOf);
  return { react, 'react/jsx-runtime': react, 'react-dom': reactDom };
};

/** The text of an inline script. Throws if the text would end the script element. */
function inline(script) {
  const text = script.trim();
  if (/<\/script|<!--/i.test(text)) throw new Error('an inline script contains </script or <!--');
  return text;
}

async function main() {
  await mkdir(folder, { recursive: true });
  const { html, policy, files } = await frame();
  const framePath = `/embed/v1/frame-${hashedName(html, policy)}.html`;
  const demoScript = await script('demo/demo.ts');
  const demoPath = `/embed/v1/demo-${hashedName(demoScript)}.js`;
  const demo = fill(await text('demo/demo.html'), { DEMO_SCRIPT: demoPath, DEMO_STYLE: '/embed/v1/demo.css' });
  const host = await script('host/main.ts', { define: { ...shared.define, FRAME_PATH: JSON.stringify(framePath) } });
  const confirmStyle = JSON.stringify(await style('host/confirm.css'));
  /** A module that the script of pages loads when it is needed. Its name has no hash: pages may have an earlier script. */
  const part = (name, define) => script(`host/${name}.ts`, { format: 'esm', define: { ...shared.define, ...define } });
  const assets = [
    { path: '/embed/v1.js', contents: host },
    { path: framePath, contents: html, policy, immutable: true },
    { path: '/embed/v1/frame.html', contents: html, policy }, // the documented path for other clients
    ...files,
    { path: '/embed/v1/confirm.js', contents: await part('confirm', { CONFIRM_STYLE: confirmStyle }) },
    { path: '/embed/v1/errors.js', contents: await part('errors') },
    { path: '/demo', contents: demo, type: 'text/html; charset=utf-8', policy: demoPolicy() },
    { path: demoPath, contents: demoScript, immutable: true },
    { path: '/embed/v1/demo.css', contents: await style('demo/demo.css') },
  ];
  const written = await Promise.all(assets.map((asset) => writeAsset(folder, asset)));
  await writeFile(join(folder, 'assets.rs'), rustList(written));
  await writeLibraries(folder, await buildLibraries());
  await writeTailwind(folder);
  const renderer = join(folder, 'renderer.js');
  await writeFile(renderer, await serverRenderer({ ...shared, banner: { js: NOTICE } }));
  await writeFile(join(folder, 'renderer.rs'), `Some(include_str!(${JSON.stringify(renderer)}))\n`);
}

await main();
