import assert from 'node:assert/strict';
import { test } from 'node:test';

import { SteadyHeight } from '../browser/host/steady.ts';
import { fakeTimers } from './fake-timers.mjs';

globalThis.window = globalThis;
const timers = fakeTimers();

/** A height that has grown and shrunk `times`, and what it applied. */
function alternate(times) {
  const applied = [];
  const height = new SteadyHeight((value) => applied.push(value));
  for (let time = 0; time < times; time += 1) {
    height.take(200);
    height.take(100);
  }
  return { height, applied };
}

test('a height that rarely shrinks applies immediately', () => {
  assert.deepEqual(alternate(2).applied, [200, 100, 200, 100]);
});

test('a height that keeps alternating only grows, until it has settled for 3 seconds', () => {
  const { applied } = alternate(11);
  assert.equal(applied.at(-1), 200);
  timers.tick(2999);
  assert.equal(applied.at(-1), 200);
  timers.tick(1);
  assert.equal(applied.at(-1), 100);
});

test('alternating counts from zero again after a pause', () => {
  const { height, applied } = alternate(10);
  timers.tick(3001);
  height.take(200);
  height.take(100);
  assert.equal(applied.at(-1), 100);
});

test('a stopped height applies nothing later', () => {
  const { height, applied } = alternate(11);
  height.stop();
  timers.tick(10_000);
  assert.equal(applied.at(-1), 200);
});
