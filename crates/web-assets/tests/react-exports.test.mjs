import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

/** The frame contains the production build, which exports less than the one for development. */
function productionReact() {
  const require = createRequire(import.meta.url);
  return require(join(dirname(require.resolve('react')), 'cjs/react.production.js'));
}

test('the component checker has the exports of the React that widgets get', async () => {
  const list = new URL('../../adapter-oxc/src/check/react-exports.txt', import.meta.url);
  const names = Object.keys(productionReact()).filter((name) => !name.startsWith('__'));
  assert.deepEqual((await readFile(list, 'utf8')).trimEnd().split('\n'), names.sort());
});
