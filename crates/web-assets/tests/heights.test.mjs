import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { fakeTimers } from './fake-timers.mjs';

const timers = fakeTimers();
let stored;
let loads = 0;

/** The module as a page loads it, with what earlier pages have stored. */
const load = () => import(`../browser/host/heights.ts?${(loads += 1)}`);
const save = () => timers.tick(500);

beforeEach(() => {
  stored = new Map();
  globalThis.localStorage = { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => stored.set(key, value) };
});

test('a message that was shown before has its height at the same width, also on the next page', async () => {
  (await load()).remember('m1', 'votes', 480.2, 300);
  save();
  const { recall } = await load();
  assert.equal(recall('m1', 'votes', 480).exact, 300);
  assert.equal(recall('m1', 'votes', 320).exact, undefined);
});

test('a new message has the height of the last widget with the same key', async () => {
  const { remember, recall } = await load();
  remember('m1', 'votes', 480, 300);
  assert.deepEqual(recall('m2', 'votes', 480), { exact: undefined, similar: 300 });
  assert.deepEqual(recall('m2', 'other', 480), { exact: undefined, similar: undefined });
});

test('an undefined height deletes the entry', async () => {
  const { remember, recall } = await load();
  remember('m1', 'votes', 480, 300);
  remember('m1', 'votes', 480, undefined);
  assert.deepEqual(recall('m1', 'votes', 480), { exact: undefined, similar: undefined });
  save();
  assert.equal(stored.get('widgetd-heights'), '[]');
});

test('the last 500 heights are kept', async () => {
  const { remember, recall } = await load();
  for (let at = 0; at <= 500; at += 1) remember(`m${at}`, 'votes', 480, 100);
  assert.equal(recall('m0', 'votes', 480).exact, undefined);
  assert.equal(recall('m1', 'votes', 480).exact, 100);
  save();
  assert.equal(JSON.parse(stored.get('widgetd-heights')).length, 500);
});

test('heights that another tab has saved meanwhile stay', async () => {
  const [first, second] = [await load(), await load()];
  first.remember('m1', 'votes', 480, 100);
  second.remember('m2', 'votes', 480, 200);
  save();
  assert.deepEqual(JSON.parse(stored.get('widgetd-heights')), [
    ['m1 480', 100],
    ['m2 480', 200],
  ]);
});

test('a page without storage, or with other data in it, works', async () => {
  stored.set('widgetd-heights', '[["m1 480", -1], ["m2 480", "tall"], 7]');
  assert.equal((await load()).recall('m1', 'votes', 480).exact, undefined);
  const denied = () => {
    throw new Error('denied');
  };
  globalThis.localStorage = { getItem: denied, setItem: denied };
  const { remember, recall } = await load();
  remember('m1', 'votes', 480, 300);
  save();
  assert.equal(recall('m1', 'votes', 480).exact, 300);
});
