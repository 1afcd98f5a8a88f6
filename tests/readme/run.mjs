// Runs the README's tour as a newcomer would, and looks at what each step answers.
//
//   node run.mjs <path of the widgetd binary>

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { promisify } from 'node:util';

import { start } from '../lib/widgetd.mjs';

const root = new URL('../../', import.meta.url);

/** What each block of the tour must answer, line by line. */
const expected = [
  [({ data }) => assert.match(data.id, /^widget_/)],
  [({ data }) => {
    assert.deepEqual([data.valid, data.schemaValid, data.componentValid], [false, false, false]);
    assert.ok(data.errors.some((error) => error.type === 'component' && error.line === 3));
  }],
  [({ data }) => assert.equal(data.peerId, 'peer_123')],
  [
    ({ data }) => assert.equal(data.data.revenue, 125000),
    ({ details }) => assert.deepEqual(details.errors.map((error) => error.field).sort(), ['data', 'data.revenue']),
  ],
  [({ data }) => assert.deepEqual(data.messages.map((message) => message.widgetKey), ['sales-dashboard'])],
];

test('the tour of the README works', async () => {
  const readme = await readFile(new URL('README.md', root), 'utf8');
  const blocks = [...readme.matchAll(/```sh tour\n([\s\S]*?)```/g)].map((block) => block[1]);
  assert.equal(blocks.length, expected.length);
  const widgetd = await start();
  try {
    for (const [index, block] of blocks.entries()) {
      // Each answer ends without a line break: `-w` adds one.
      const script = block.replaceAll('http://127.0.0.1:8080', widgetd.origin).replaceAll('curl -s ', "curl -s -w '\\n' ");
      const { stdout } = await promisify(execFile)('bash', ['-euc', script], { cwd: root, env: { ...process.env, KEY: widgetd.key } });
      const answers = stdout.trim().split('\n').map((line) => JSON.parse(line));
      assert.equal(answers.length, expected[index].length);
      answers.forEach((answer, place) => expected[index][place](answer));
    }
  } finally {
    await widgetd.stop();
  }
});
