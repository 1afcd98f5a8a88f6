import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withDefaults } from '../browser/frame/defaults.ts';

const create = withDefaults((_type, props) => props);
const Component = Object.assign(() => null, { defaultProps: { size: 1, color: 'red' } });

test('undefined props get the defaults of the component', () => {
  assert.deepEqual(create(Component, { size: undefined, label: 'x' }), { size: 1, color: 'red', label: 'x' });
  assert.deepEqual(create(Component, null), { size: 1, color: 'red' });
});

test('null is a value', () => {
  assert.equal(create(Component, { size: null }).size, null);
});

test('elements and components without defaults keep their props', () => {
  const props = { size: undefined };
  assert.equal(create('p', props), props);
  assert.equal(
    create(() => null, props),
    props,
  );
});
