import assert from 'node:assert/strict';
import { test } from 'node:test';

import { transform } from 'esbuild';

import { originalPosition } from '../browser/host/source-map.ts';

const SOURCE = `const first = 1;
export default function Card() {
  // A comment.
  return fail(first, "\u{1F600}", other);
}
`;

test('a position in a module leads to the same name in its source', async () => {
  const { code, map } = await transform(SOURCE, { minifyWhitespace: true, sourcemap: 'external', sourcefile: 'component.jsx' });
  const { mappings } = JSON.parse(map);
  const lines = [code, SOURCE].map((text) => text.split('\n'));
  const find = (at, word) => {
    const line = lines[at].findIndex((text) => text.includes(word));
    return [line + 1, lines[at][line].indexOf(word) + 1];
  };
  for (const word of ['first', 'fail', 'other', 'Card']) {
    const [line, column] = find(1, word);
    assert.deepEqual(originalPosition(mappings, ...find(0, word)), { line, column }, word);
  }
});

test('later lines of a module continue the positions of earlier ones', () => {
  // Two lines with a segment each: 1:1 of the source, then two lines and four columns later.
  assert.deepEqual(originalPosition('AAAA;AAEI', 1, 5), { line: 1, column: 1 });
  assert.deepEqual(originalPosition('AAAA;AAEI', 2, 1), { line: 3, column: 5 });
  assert.deepEqual(originalPosition('', 9, 9), {});
});
