// Bundles Tailwind's compiler with its input sheet into one script for QuickJS.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'esbuild';

const entry = new URL('../compiler/tailwind/main.mjs', import.meta.url).pathname;

/** Style sheets as text without comments and line breaks: the compiler reads them again for each component. */
const plainCss = {
  name: 'plain-css',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const css = await readFile(path, 'utf8');
      return { contents: css.replace(/\/\*.*?\*\//gs, '').replace(/\s+/g, ' '), loader: 'text' };
    });
  },
};

/** The script. It defines the global `tailwind`, with `styles(candidates)` and `sheet`. */
export async function tailwindScript() {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'neutral',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    plugins: [plainCss],
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}

/** Writes the script, and the Rust expression that embeds it. */
export async function writeTailwind(folder) {
  const path = join(folder, 'tailwind.js');
  await writeFile(path, await tailwindScript());
  await writeFile(join(folder, 'tailwind.rs'), `Some(include_str!(${JSON.stringify(path)}))`);
}
