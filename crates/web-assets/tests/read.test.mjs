import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  MAX_ADDRESS_LENGTH,
  MAX_DOWNLOAD_BYTES,
  MAX_ERROR_MESSAGE_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PAYLOAD_LENGTH,
} from '../browser/protocol/limits.ts';
import { isConnect, isFrame, isModule, isSignal, isStyles, readFromFrame, readToFrame } from '../browser/protocol/read.ts';

const MODULE = `/assets/widget/${'a1'.repeat(32)}.js`;
const LOOK = { theme: 'dark', locale: 'de-CH', variables: { '--widget-accent': 'red' } };
const INIT = { type: 'init', module: MODULE, data: null, props: {}, look: LOOK };

test('only the path of a compiled widget is a module', () => {
  assert.ok(isModule(MODULE));
  const others = [`https://example.com${MODULE}`, `/assets/widget/../${MODULE}`, `${MODULE}?x`, MODULE.toUpperCase(), '', null, [MODULE]];
  assert.deepEqual(others.filter(isModule), []);
});

test('only the path of the style sheet of a widget is one', () => {
  const styles = MODULE.replace('.js', '.css');
  assert.ok(isStyles(styles));
  const others = [
    MODULE,
    `https://example.com${styles}`,
    `${styles}?x`,
    `${styles}\n`,
    styles.replace('a1', 'A1'),
    '/embed/v1/demo.css',
    '',
    null,
  ];
  assert.deepEqual(others.filter(isStyles), []);
});

test('only the path of the frame of a version is a frame', () => {
  const frame = `/embed/v1/frame-widget_01h455vb4pex5vsknk084sn02q-12-${'a1'.repeat(32)}.html`;
  assert.ok(isFrame(frame));
  const others = [
    `https://example.com${frame}`,
    `${frame}?x`,
    frame.replace('-12-', '-0-'),
    frame.replace('/v1/', '/v1/../'),
    '/embed/v1/frame.html',
    '',
  ];
  assert.deepEqual(others.filter(isFrame), []);
});

test('a look with other themes, variables or sizes is refused', () => {
  const isLook = (look) => readToFrame({ type: 'look', look }) !== undefined;
  assert.ok(isLook(LOOK));
  assert.ok(isLook({ ...LOOK, dir: 'rtl', fontSize: 16, maxHeight: 2000 }));
  const changes = [
    { theme: 'blue' },
    { locale: 'x'.repeat(101) },
    { dir: 'up' },
    { fontSize: 0 },
    { maxHeight: '100px' },
    { variables: { color: 'red' } },
    { variables: { '--widget-accent': 'x'.repeat(301) } },
    { variables: Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`--widget-${at}`, 'red'])) },
  ];
  assert.deepEqual(
    changes.filter((change) => isLook({ ...LOOK, ...change })),
    [],
  );
});

test('the first message of a page needs a module, props and a look', () => {
  assert.deepEqual(readToFrame(INIT), INIT);
  assert.equal(readToFrame({ ...INIT, width: 480 }).width, 480);
  const styles = MODULE.replace('.js', '.css');
  assert.equal(readToFrame({ ...INIT, styles }).styles, styles);
  for (const change of [
    { module: '/other.js' },
    { styles: '/other.css' },
    { styles: null },
    { props: null },
    { props: [] },
    { look: {} },
  ]) {
    assert.equal(readToFrame({ ...INIT, ...change }), undefined);
  }
});

test('messages of a frame keep their own members only', () => {
  assert.deepEqual(readFromFrame({ type: 'ready', extra: 1 }), { type: 'ready' });
  assert.deepEqual(readFromFrame({ type: 'size', height: 10, follows: 'yes' }), { type: 'size', height: 10, follows: false });
  const link = { type: 'link', url: 'https://example.com/', target: '_blank' };
  assert.deepEqual(readFromFrame({ ...link, mode: 'open' }), link);
  const download = { type: 'download', name: 'report.csv', blob: new Blob(['a,b']) };
  assert.deepEqual(readFromFrame({ ...download, url: 'x' }), download);
});

test('the source of an error is kept if it has the form of one', () => {
  const error = { type: 'error', kind: 'blocked', message: 'no picture' };
  const source = { position: [1, 20], directive: 'img-src', address: 'https://example.com/a.png' };
  assert.deepEqual(readFromFrame({ ...error, ...source }), { ...error, ...source });
  for (const wrong of [{ position: [1] }, { position: '1:2' }, { position: [1, 2.5] }, { directive: 'img-src' }, { address: 7 }]) {
    assert.deepEqual(readFromFrame({ ...error, ...wrong }), error);
  }
});

test('messages of a frame beyond the limits are refused', () => {
  const action = { type: 'action', name: 'vote', payload: '1' };
  assert.deepEqual(readFromFrame(action), action);
  const refused = [
    { ...action, name: '' },
    { ...action, name: 'x'.repeat(MAX_NAME_LENGTH + 1) },
    { ...action, payload: 'x'.repeat(MAX_PAYLOAD_LENGTH + 1) },
    { ...action, payload: { parsed: true } },
    { type: 'error', kind: 'hang', message: 'kinds of the page are not for frames' },
    { type: 'error', kind: 'event', message: 'x'.repeat(MAX_ERROR_MESSAGE_LENGTH + 1) },
    ...[-1, Number.NaN, Number.POSITIVE_INFINITY, '10'].map((height) => ({ type: 'size', height })),
    { type: 'link', url: `https://${'x'.repeat(MAX_ADDRESS_LENGTH)}`, target: '_blank' },
    { type: 'link', url: 'https://example.com/', target: null },
    { type: 'download', name: 'a.txt', blob: { size: 1 } },
    { type: 'download', name: 'x'.repeat(256), blob: new Blob(['a']) },
    { type: 'download', name: 'a.bin', blob: new Blob([new Uint8Array(MAX_DOWNLOAD_BYTES + 1)]) },
    { type: 'busy', work: 'sleep' },
    { type: 'pong' },
    { type: 'constructor' },
    'ready',
    null,
    [],
  ];
  assert.deepEqual(
    refused.filter((message) => readFromFrame(message) !== undefined),
    [],
  );
});

test('window messages need the version of the protocol', () => {
  assert.ok(isSignal({ widgetd: 1, type: 'hello' }));
  assert.ok(isConnect({ widgetd: 1, type: 'connect', title: 'Votes', look: LOOK }));
  assert.ok(!isSignal({ widgetd: 2, type: 'hello' }));
  assert.ok(!isSignal({ type: 'hello' }));
  assert.ok(!isConnect({ widgetd: 1, type: 'connect', title: 'x'.repeat(1001), look: LOOK }));
});
