// Runs the calls of the README as a newcomer would, and checks their answers.
//
//   node run.mjs <path of the widgetd binary>

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { promisify } from 'node:util';

import { start } from '../lib/widgetd.mjs';

const run = promisify(execFile);
const root = new URL('../../', import.meta.url);

/** What each block of the tour must answer. */
const expected = [
  ({ data }) => assert.match(data.id, /^widget_/),
  ({ data }) => assert.equal(data.peerId, 'peer_123'),
  ({ data }) => assert.equal(data.data.revenue, 125000),
];

test('the calls of the README and the example in JavaScript work', async () => {
  const readme = await readFile(new URL('README.md', root), 'utf8');
  const blocks = [...readme.matchAll(/```sh tour\n([\s\S]*?)```/g)].map((block) => block[1]);
  assert.equal(blocks.length, expected.length);
  const widgetd = await start();
  try {
    const env = { ...process.env, KEY: widgetd.key };
    for (const [index, block] of blocks.entries()) {
      const { stdout } = await run('bash', ['-euc', block.replaceAll('http://127.0.0.1:8080', widgetd.origin)], { cwd: root, env });
      expected[index](JSON.parse(stdout));
    }
    const { stdout } = await run('node', ['docs/examples/create-and-use.mjs', widgetd.origin], { cwd: root, env });
    assert.match(stdout, /^1 message in conv_456/);
  } finally {
    await widgetd.stop();
  }
});
