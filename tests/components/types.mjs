// Compares the modules that the service's compiler makes of TSX with those of Babel's TypeScript plugin: over TSX modules, the same
// with a token dropped, doubled, swapped or replaced, and small sources. Both must have the same syntax tree.
//
//   node types.mjs <path of the example review_components> [seed]

import assert from 'node:assert/strict';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { transformSync, traverse, types } from '@babel/core';
import generator from '@babel/generator';
import { parse } from '@babel/parser';

import { snippets, typedSources } from './sources.mjs';
import { isTyped, modulesOf, pluginsOf } from './syntax.mjs';

const program = process.argv[2] ?? new URL('../../target/debug/examples/review_components', import.meta.url).pathname;
const seed = Number(process.argv[3] ?? 1);

const ERASE = ['@babel/plugin-transform-typescript', { isTSX: true, allExtensions: true, allowDeclareFields: true }];
const JSX = ['@babel/plugin-transform-react-jsx', { runtime: 'automatic', useBuiltIns: true, useSpread: true, pure: false }];

function ofBabel(source) {
  const plugins = pluginsOf(source);
  return transformSync(source, {
    cwd: fileURLToPath(new URL('.', import.meta.url)), // where Babel looks for the plugins
    babelrc: false, configFile: false, sourceType: 'module', parserOpts: { plugins },
    plugins: plugins.includes('typescript') ? [ERASE, JSX] : [JSX],
  }).code;
}

/** The text of a module without what is a matter of style: quotes, white space, empty statements and exports. */
function normalized(code) {
  const tree = parse(code, { sourceType: 'module', plugins: ['decorators'] });
  traverse(tree, {
    TemplateLiteral(path) {
      const isTagged = path.key === 'quasi';
      if (!isTagged && path.node.expressions.length === 0) path.replaceWith(types.stringLiteral(path.node.quasis[0].value.cooked));
    },
    StringLiteral(path) {
      delete path.node.extra;
    },
    NumericLiteral(path) {
      delete path.node.extra;
    },
    ObjectProperty({ node }) {
      node.shorthand = !node.computed && node.key.type === 'Identifier' && node.value.type === 'Identifier' && node.key.name === node.value.name;
    },
    EmptyStatement(path) {
      path.remove();
    },
  });
  tree.program.body = tree.program.body.filter((it) => it.type !== 'ExportNamedDeclaration' || it.declaration || it.source || it.specifiers.length > 0);
  return generator.default(tree, { minified: true, comments: false }).code;
}

test('types are erased as Babel erases them, and what remains is JavaScript', async (t) => {
  const typed = (await snippets()).filter(isTyped);
  const sources = [...(await typedSources(seed)), ...typed];
  const modules = await modulesOf(program, sources, 'kept');
  let compared = 0;
  const different = [];
  for (const [n, source] of sources.entries()) {
    if (modules[n] === null) continue;
    let theirs;
    try {
      theirs = normalized(ofBabel(source));
    } catch {
      continue; // Babel refuses it, or its plugins do.
    }
    compared += 1;
    // A module without a default export gets one.
    const hasDefault = /\bexport default\b|\bas default\b/.test(theirs);
    const ours = normalized(hasDefault ? modules[n] : modules[n].replace(/export\{\w+ as default\};?\s*$/m, ''));
    if (ours !== theirs) different.push({ source, ours, theirs });
  }
  t.diagnostic(`${sources.length} sources, seed ${seed}; ${compared} modules compared`);
  assert.deepEqual(different.slice(0, 5), [], `${different.length} differences`);
  assert.ok(compared > 700);
});
