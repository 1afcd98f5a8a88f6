import assert from 'node:assert/strict';
import { before, test } from 'node:test';

let requests;
before(async () => {
  globalThis.document = { currentScript: null, querySelector: () => null };
  globalThis.HTMLScriptElement = class {};
  globalThis.location = { origin: 'https://app.example.com' };
  requests = await import('../browser/host/requests.ts');
});

test('only addresses of some schemes may be opened', () => {
  const addresses = ['https://example.com/', 'http://example.com', 'mailto:desk@example.com', 'tel:+41', 'HTTPS://example.com'];
  assert.deepEqual(addresses.filter(requests.canOpen), addresses);
  const others = ['javascript:alert(1)', ' java\nscript:alert(1)', 'data:text/html,x', 'blob:https://a/b', 'file:///etc', '/orders', ''];
  assert.deepEqual(others.filter(requests.canOpen), []);
});

test('the name of a file shows how it ends and names no folder', () => {
  assert.equal(requests.readFileName('report 2026.csv'), 'report 2026.csv');
  assert.equal(requests.readFileName('invoice\u202Efdp.exe'), 'invoice_fdp.exe');
  assert.equal(requests.readFileName('../../.bashrc\n'), '.._.._.bashrc_');
  assert.equal(requests.readFileName('  '), 'download');
  assert.equal(requests.readFileName('a.csv   \u00A0\u3164\u2800   .exe'), 'a.csv ___ .exe');
});

test('each request fails on its own if the confirmation cannot be loaded', async () => {
  const request = { url: 'https://example.com/', target: '_blank' };
  // Node.js imports no module from `https:`.
  for (let at = 0; at < 2; at += 1) await assert.rejects(requests.fulfill({}, request, null, {}));
});
