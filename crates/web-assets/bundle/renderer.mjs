// The script of the render test, for QuickJS: React's development build, for its warnings, with its server renderer.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const folder = new URL('../renderer/', import.meta.url).pathname;

/** The path of a file that a package of React does not export. */
const file = (module, name) => join(dirname(require.resolve(module)), 'cjs', name);

/** The names that the production build exports, which widgets get in the frame. */
const names = (module) => Object.keys(require(file(module, `${module}.production.js`))).filter((name) => !name.startsWith('__'));

/** The sources of the modules that widgets import by name. `renderer/react.ts` provides what they export. */
function modules() {
  const held = 'globalThis[Symbol.for("widgetd.react")]';
  const react = `const{React:r,jsx:j}=${held};export default r;export const{${names('react')}}=r;export const{jsx,jsxs}=j;`;
  const dom = `const{dom:d}=${held};export default d;export const{${names('react-dom')}}=d;`;
  return { react, 'react/jsx-runtime': react, 'react-dom': dom };
}

/** The server renderer that needs no streams. It reports errors with the components around them. */
const synchronousServer = {
  name: 'synchronous-server',
  setup({ onResolve, onLoad }) {
    const path = file('react-dom', 'react-dom-server-legacy.browser.development.js');
    onResolve({ filter: /^react-dom\/server$/ }, () => ({ path, namespace: 'server' }));
    onLoad({ filter: /./, namespace: 'server' }, async () => {
      const source = await readFile(path, 'utf8');
      const ignored = 'function onError() {}';
      if (!source.includes(ignored)) throw new Error(`bundle/renderer.mjs: React DOM has no ${ignored}`);
      const contents = source.replace(ignored, 'function onError(error, info) { exports.onError(error, info); }');
      return { contents, loader: 'js', resolveDir: dirname(path) };
    });
  },
};

/** The script, with the options that all scripts share. */
export async function serverRenderer(shared) {
  const { outputFiles } = await build({
    ...shared,
    format: 'iife',
    define: { ...shared.define, 'process.env.NODE_ENV': '"development"', MODULES: JSON.stringify(modules()) },
    inject: [join(folder, 'record.ts')],
    plugins: [synchronousServer],
    entryPoints: [join(folder, 'main.ts')],
  });
  return outputFiles[0].text;
}
