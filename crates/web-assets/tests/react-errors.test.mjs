import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inWords } from '../browser/host/react-errors.ts';

const minified = (number, ...details) => {
  const query = details.map((detail) => `args[]=${encodeURIComponent(detail)}`).join('&');
  return `Error: Minified React error #${number}; visit https://react.dev/errors/${number}${query && `?${query}`} for the full message or use the non-minified dev environment for full errors and additional helpful warnings.`;
};

test("React's numbers become sentences with their details", () => {
  assert.match(inWords(minified(31, 'object with keys {name, id}')), /^React error 31: .*\(object with keys \{name, id\}\): show/);
  assert.match(inWords(minified(130, 'undefined', '')), /^React error 130: an element is undefined instead of a component/);
  assert.match(inWords(minified(231, 'onClick', 'string')), /^React error 231: onClick needs a function, not string/);
  assert.match(inWords(minified(301)), /^React error 301: .*https:\/\/react\.dev\/errors\/301\)$/);
});

test('a hook without a component is named in each browser', () => {
  for (const message of [
    "TypeError: Cannot read properties of null (reading 'useState')",
    'TypeError: can\'t access property "useState", ie.H is null',
    "TypeError: null is not an object (evaluating 'ie.H.useState')",
  ]) {
    assert.match(inWords(message), /a hook was called outside of a component/);
  }
});

test('other messages stay as they are', () => {
  for (const message of ['Error: it broke', "TypeError: Cannot read properties of null (reading 'user')", minified(9999)]) {
    assert.equal(inWords(message), message);
  }
});
