import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readPayload } from '../browser/host/payload.ts';

const MODULE = `/assets/widget/${'0'.repeat(64)}.js`;

test('a payload is read with or without the envelope of the API', () => {
  const payload = { module: MODULE, data: { a: 1 }, text: 'Hello' };
  assert.deepEqual(readPayload({ success: true, data: payload }), readPayload(payload));
});

test('absent members get defaults', () => {
  const expected = {
    module: MODULE,
    styles: undefined,
    frame: undefined,
    data: null,
    props: {},
    text: null,
    title: 'Widget',
    widgetKey: '',
    messageId: '',
    height: undefined,
  };
  assert.deepEqual(readPayload({ module: MODULE }), expected);
});

test('later changes by the page do not reach the copy', () => {
  const data = { list: [1] };
  const payload = readPayload({ module: MODULE, data });
  data.list.push(2);
  assert.deepEqual(payload.data, { list: [1] });
});

test('a payload that cannot be rendered is a TypeError that names the problem', () => {
  assert.throws(() => readPayload('text'), /TypeError: the payload is not an object/);
  assert.throws(() => readPayload({ data: {} }), /TypeError: the module/);
  assert.throws(() => readPayload({ module: MODULE, frame: '/embed/v1/frame.html' }), /TypeError: the frame/);
  assert.throws(() => readPayload({ module: MODULE, styles: MODULE }), /TypeError: the styles/);
  assert.throws(() => readPayload({ module: MODULE, props: [] }), /TypeError: the props/);
});

test('a height that is no length is ignored', () => {
  for (const height of [-1, '100', Number.NaN, null]) assert.equal(readPayload({ module: MODULE, height }).height, undefined);
});
