// Module hooks: resolve imports without an extension, and compile TypeScript with esbuild.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { transform } from 'esbuild';

export function resolve(specifier, context, next) {
  const isSource = specifier.startsWith('.') && /\/(browser|renderer)\//.test(context.parentURL ?? '');
  return next(isSource ? `${specifier}.ts` : specifier, context);
}

export async function load(url, context, next) {
  if (!/\.tsx?(\?|$)/.test(url)) return next(url, context);
  const { code } = await transform(await readFile(fileURLToPath(url), 'utf8'), {
    loader: /\.tsx/.test(url) ? 'tsx' : 'ts',
    jsx: 'automatic',
  });
  return { format: 'module', source: code, shortCircuit: true };
}
