import assert from 'node:assert/strict';
import { test } from 'node:test';

import { MAX_ACTION_BURST, MAX_PAYLOAD_LENGTH } from '../browser/protocol/limits.ts';
import { ActionLimiter, TokenBucket } from '../browser/protocol/token-bucket.ts';

/** How many of `count` attempts at the moment succeed. */
const takes = (take, count) => Array.from({ length: count }, take).filter(Boolean).length;

test('a bucket allows its burst at once, and then its rate', () => {
  const bucket = new TokenBucket(5, 2);
  assert.equal(
    takes(() => bucket.take(1000), 10),
    5,
  );
  assert.equal(
    takes(() => bucket.take(2000), 10),
    2,
  );
});

test('an idle bucket never holds more than its burst', () => {
  const bucket = new TokenBucket(3, 100);
  assert.ok(bucket.take(1000));
  assert.equal(
    takes(() => bucket.take(3_600_000), 10),
    3,
  );
});

test('a refused request costs nothing', () => {
  const bucket = new TokenBucket(3, 1);
  assert.equal(bucket.take(1000, 4), false);
  assert.equal(bucket.take(1000, 3), true);
});

test('small actions are limited by their number', () => {
  const limiter = new ActionLimiter();
  assert.equal(
    takes(() => limiter.take(1000, '1'), 100),
    MAX_ACTION_BURST,
  );
});

test('large actions are limited by the length of their payloads', () => {
  const limiter = new ActionLimiter();
  const payload = 'x'.repeat(MAX_PAYLOAD_LENGTH);
  assert.equal(
    takes(() => limiter.take(1000, payload), 10),
    4,
  );
  assert.equal(
    takes(() => limiter.take(2000, payload), 10),
    1,
  );
});
