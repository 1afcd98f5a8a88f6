import assert from 'node:assert/strict';
import { before, test } from 'node:test';

let leave;
before(async () => {
  globalThis.document = { currentScript: null, querySelector: () => null };
  globalThis.HTMLScriptElement = class {};
  globalThis.location = { origin: 'https://app.example.com' };
  leave = await import('../browser/host/leave.ts');
});

test('only addresses of some schemes may be opened', () => {
  const addresses = ['https://example.com/', 'http://example.com', 'mailto:desk@example.com', 'tel:+41', 'HTTPS://example.com'];
  assert.deepEqual(addresses.filter(leave.canOpen), addresses);
  const others = ['javascript:alert(1)', ' java\nscript:alert(1)', 'data:text/html,x', 'blob:https://a/b', 'file:///etc', '/orders', ''];
  assert.deepEqual(others.filter(leave.canOpen), []);
});

test('the name of a file shows how it ends and names no folder', () => {
  assert.equal(leave.readFileName('report 2026.csv'), 'report 2026.csv');
  assert.equal(leave.readFileName('invoice\u202Efdp.exe'), 'invoice_fdp.exe');
  assert.equal(leave.readFileName('../../.bashrc\n'), '.._.._.bashrc_');
  assert.equal(leave.readFileName('  '), 'download');
});
