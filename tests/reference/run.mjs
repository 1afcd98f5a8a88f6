// Runs the two programs of the Widget API reference, as they are printed there, against a widgetd started for them.
// Only the base URL and the key are put in; the second program, a function, is also given its two names and a call.
//
//   node run.mjs <path of the widgetd binary>

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test from 'node:test';
import vm from 'node:vm';

const require = createRequire(import.meta.url);
const binary = process.argv[2] ?? new URL('../../target/debug/widgetd', import.meta.url).pathname;

/** Starts widgetd on an empty database and waits for the key and the address that it prints. */
async function start() {
  const folder = await mkdtemp(join(tmpdir(), 'widgetd-reference-'));
  const env = { PATH: process.env.PATH, WIDGETD_BIND: '127.0.0.1:0', WIDGETD_DATABASE_URL: `sqlite:${folder}/widgetd.db` };
  const child = spawn(binary, ['serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const found = {};
  const ended = new Promise((resolve) => child.on('exit', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    found.key ??= line.match(/wgt_[0-9A-Za-z]+/)?.[0];
    found.base ??= line.match(/https?:\/\/127\.0\.0\.1:\d+/)?.[0];
    if (found.key && found.base && line.includes('listening')) break;
  }
  assert.ok(found.key && found.base, 'widgetd printed no key or no address');
  child.stdout.resume();
  return {
    key: found.key,
    base: `${found.base}/api/v1`,
    async stop() {
      child.kill('SIGTERM');
      assert.equal(await ended, 0, 'widgetd must end with 0 on SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs source as a script would; resolves with what it printed once its requests are answered. */
async function run(source, until) {
  const printed = [];
  const print = (...words) => printed.push(words.join(' '));
  let failure;
  const onFailure = (error) => { failure = error; };
  process.once('unhandledRejection', onFailure);
  vm.runInNewContext(source, { require, console: { log: print, error: print } });
  for (let tries = 0; tries < 200 && !failure && !(await until(printed)); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  process.removeListener('unhandledRejection', onFailure);
  if (failure) throw failure;
  return printed;
}

const program = async (name) => readFile(new URL(name, import.meta.url), 'utf8');

test('create and use a widget', async () => {
  const widgetd = await start();
  const axios = require('axios');
  const get = async (path) => (await axios.get(`${widgetd.base}${path}`, { headers: { Authorization: `Bearer ${widgetd.key}` } })).data.data;
  try {
    const source = (await program('create-and-use.js')).replace('your_api_key', widgetd.key).replace('https://api.cognipeer.com/api/v1', widgetd.base);
    await run(source, async () => (await get('/conversation/conv_456/message')).messages.length === 1);
    const { messages } = await get('/conversation/conv_456/message');
    assert.equal(messages.length, 1);
    assert.equal(messages[0].widgetKey, 'my-chart');
    assert.equal(messages[0].text, 'Here are your quarterly results');
    assert.deepEqual(messages[0].data.data.map((item) => item.value), [100, 150, 200]);
    const { widgets } = await get('/peer/peer_123/widgets');
    assert.deepEqual(widgets.map((widget) => [widget.widgetName, widget.enabled]), [['Custom Chart', true]]);
  } finally {
    await widgetd.stop();
  }
});

test('validate before creating', async () => {
  const widgetd = await start();
  try {
    const head = `const axios = require('axios'); const API_KEY = '${widgetd.key}'; const BASE_URL = '${widgetd.base}';\n`;
    const source = head + (await program('validate-and-create.js'));
    const widget = (component) => JSON.stringify({ key: 'checked', name: 'Checked', schema: { type: 'object' }, component });
    const said = (printed) => printed.length > 0;
    const good = await run(`${source}\nvalidateAndCreate(${widget('export default () => <p>Hi</p>;')});`, said);
    assert.match(good[0], /^Widget created: widget_[0-9a-z]{26}$/);
    const bad = await run(`${source}\nvalidateAndCreate(${widget('export default () => <p>Hi</b>;')});`, said);
    assert.match(bad[0], /^Validation failed:/);
  } finally {
    await widgetd.stop();
  }
});
