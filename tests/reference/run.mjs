// Runs the two programs of the Widget API reference, as they are printed there, against a widgetd started for them.
// Only the base URL and the key are put in; the second program, a function, is also given its two names and a call.
//
//   node run.mjs <path of the widgetd binary>

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import test from 'node:test';
import vm from 'node:vm';

import { start } from '../lib/widgetd.mjs';

const require = createRequire(import.meta.url);
const base = (widgetd) => `${widgetd.origin}/api/v1`;

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
  const get = async (path) => (await axios.get(`${base(widgetd)}${path}`, { headers: { Authorization: `Bearer ${widgetd.key}` } })).data.data;
  try {
    const source = (await program('create-and-use.js')).replace('your_api_key', widgetd.key).replace('https://api.cognipeer.com/api/v1', base(widgetd));
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
    const head = `const axios = require('axios'); const API_KEY = '${widgetd.key}'; const BASE_URL = '${base(widgetd)}';\n`;
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
