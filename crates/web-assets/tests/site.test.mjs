import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isSameSite } from '../browser/host/site.ts';

test('hosts under one registrable domain are one site', () => {
  assert.ok(isSameSite('app.example.com', 'widgets.example.com'));
  assert.ok(isSameSite('example.com', 'a.b.example.com'));
  assert.ok(isSameSite('shop.example.co.uk', 'example.co.uk'));
});

test('hosts under different registrable domains are different sites', () => {
  assert.ok(!isSameSite('example.com', 'example-widgets.com'));
  assert.ok(!isSameSite('one.co.uk', 'two.co.uk'));
});

test('each IP address is a site', () => {
  assert.ok(isSameSite('10.0.0.1', '10.0.0.1'));
  assert.ok(!isSameSite('10.0.0.1', '10.1.0.1'));
  assert.ok(!isSameSite('[::1]', '[::2]'));
});
