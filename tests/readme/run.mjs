// Runs the calls of the README as a newcomer would, and checks their answers. Validates the widgets in the folder `examples`.
//
//   node run.mjs <path of the widgetd binary>

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
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

test('the examples are valid without a warning, and render', async () => {
  const widgetd = await start();
  const headers = { authorization: `Bearer ${widgetd.key}`, 'content-type': 'application/json' };
  try {
    for (const name of await readdir(new URL('examples', root))) {
      const text = (file) => readFile(new URL(`examples/${name}/${file}`, root), 'utf8');
      const [schema, data] = [await text('schema.json'), await text('example.json')].map((json) => JSON.parse(json));
      const body = JSON.stringify({ schema, component: await text('component.tsx'), data, render: true });
      const response = await fetch(`${widgetd.origin}/api/v1/widget/validate`, { method: 'POST', headers, body });
      const { data: found } = await response.json();
      assert.deepEqual([found.errors, found.warnings, found.tailwind], [[], [], true], name);
      assert.notEqual(found.rendered.text, '', name);
    }
  } finally {
    await widgetd.stop();
  }
});
