import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DEFAULTS, formatDate } from '../renderer/intl/date.ts';
import { formatNumber, numberToParts } from '../renderer/intl/number.ts';
import { list, pluralOf, relative } from '../renderer/intl/words.ts';

// Node.js has the `Intl` that QuickJS lacks.

test('numbers are written as Intl writes them in American English', () => {
  const options = [
    {},
    { maximumFractionDigits: 0 },
    { minimumFractionDigits: 2 },
    { minimumFractionDigits: 1, maximumFractionDigits: 2 },
    { maximumSignificantDigits: 3 },
    { useGrouping: false },
    { signDisplay: 'always' },
    { signDisplay: 'exceptZero' },
    { style: 'percent' },
    { style: 'percent', maximumFractionDigits: 1 },
    { style: 'currency', currency: 'USD' },
    { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 },
    { style: 'currency', currency: 'JPY' },
    { style: 'currency', currency: 'CHF' },
    { notation: 'compact' },
    { notation: 'compact', compactDisplay: 'long' },
    { notation: 'compact', maximumFractionDigits: 1 },
    { style: 'unit', unit: 'kilometer-per-hour' },
    { style: 'unit', unit: 'celsius' },
  ];
  for (const value of [0, 1, -1, 0.127, 12.5, 999, 1234.567, -98765.4321, 1_250_000, 7_777_777_777, Infinity, NaN]) {
    for (const given of options) {
      const expected = new Intl.NumberFormat('en-US', given);
      const context = `${value} ${JSON.stringify(given)}`;
      assert.equal(formatNumber(value, given), expected.format(value), context);
      if (given.style === 'currency') assert.deepEqual(numberToParts(value, given), expected.formatToParts(value), context);
    }
  }
});

test('dates are written as Intl writes them in American English and UTC', () => {
  const options = [
    {},
    { month: 'long' },
    { month: 'short', day: 'numeric' },
    { month: 'long', year: 'numeric' },
    { weekday: 'long' },
    { weekday: 'short', month: 'short', day: 'numeric' },
    { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
    { year: 'numeric', month: '2-digit', day: '2-digit' },
    { month: 'numeric', day: 'numeric' },
    { year: '2-digit', month: 'numeric' },
    { hour: 'numeric' },
    { hour: '2-digit', minute: '2-digit' },
    { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    { hour: 'numeric', minute: '2-digit', second: '2-digit' },
    { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
    { dateStyle: 'full' },
    { dateStyle: 'medium', timeStyle: 'short' },
    { dateStyle: 'long', timeStyle: 'short' },
    { dateStyle: 'short' },
    { timeStyle: 'short' },
    { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
  ];
  for (const time of ['1970-01-01T00:00:00Z', '2024-02-29T12:05:09Z', '2026-11-28T23:59:00Z'].map(Date.parse)) {
    for (const given of options) {
      // Newer versions of ICU write a narrow space before AM and PM.
      const expected = new Intl.DateTimeFormat('en-US', { ...given, timeZone: 'UTC' }).format(time).replaceAll('\u202f', ' ');
      assert.equal(formatDate(new Date(time), given), expected, JSON.stringify(given));
    }
    const expected = new Date(time).toLocaleString('en-US', { timeZone: 'UTC' }).replaceAll('\u202f', ' ');
    assert.equal(formatDate(new Date(time), {}, DEFAULTS.any), expected);
  }
  assert.throws(() => formatDate(new Date(Number.NaN)), RangeError);
});

test('plurals, relative times and lists are those of Intl in English', () => {
  const plurals = ['cardinal', 'ordinal'].map((type) => [type, new Intl.PluralRules('en', { type })]);
  for (let value = 0; value < 130; value += 1) {
    for (const [type, rules] of plurals) assert.equal(pluralOf(value, type), rules.select(value), `${value} ${type}`);
  }
  for (const numeric of ['auto', 'always']) {
    const format = new Intl.RelativeTimeFormat('en', { numeric });
    for (const unit of ['second', 'minutes', 'hour', 'day', 'week', 'month', 'quarter', 'year']) {
      for (const value of [-1200, -1, 0, 1, 2]) {
        assert.equal(relative(value, unit, numeric, formatNumber), format.format(value, unit), `${value} ${unit} ${numeric}`);
      }
    }
  }
  for (const type of ['conjunction', 'disjunction']) {
    const format = new Intl.ListFormat('en', { type });
    for (const items of [[], ['a'], ['a', 'b'], ['a', 'b', 'c']]) assert.equal(list(items, { type }), format.format(items));
  }
});
