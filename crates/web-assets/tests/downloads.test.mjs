import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.window = globalThis;
const { readData } = await import('../browser/frame/downloads.ts');

const read = async (address) => {
  const blob = readData(address);
  return blob && [blob.type, Buffer.from(await blob.arrayBuffer()).toString('latin1')];
};

test('data: addresses are read as bytes', async () => {
  assert.deepEqual(await read('data:text/plain,hello'), ['text/plain', 'hello']);
  assert.deepEqual(await read('data:,a%20b#part'), ['text/plain', 'a b']);
  assert.deepEqual(await read('data:text/csv;charset=utf-8,%C3%A9'), ['text/csv;charset=utf-8', '\xc3\xa9']);
  assert.deepEqual(await read('data:image/png;base64,iVBO'), ['image/png', '\x89PN']);
  assert.deepEqual(await read('data:application/octet-stream;base64,%2B%2F8='), ['application/octet-stream', '\xfb\xff']);
});

test('what is no data: address is no file', async () => {
  for (const address of ['data:text/plain', 'data:a/b;base64,!', 'blob:null/x', 'https://example.com/,x']) {
    assert.equal(await read(address), undefined, address);
  }
});
