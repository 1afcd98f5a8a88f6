// Bundles Tailwind's compiler with its input sheet into one script for QuickJS.

import { build } from 'esbuild';

const entry = new URL('../compiler/tailwind/main.mjs', import.meta.url).pathname;

/** The script. It defines the global `tailwind`, with `styles(candidates)`. */
export async function tailwindScript() {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: 'tailwind',
    platform: 'neutral',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    loader: { '.css': 'text' },
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}
