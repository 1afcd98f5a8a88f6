import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';

import { tailwindScript } from '../bundle/tailwind.mjs';

test('heights of the window are not those of the frame, which follows its content', async () => {
  const script = await tailwindScript();
  const css = await runInContext(`${script};tailwind.styles(['h-screen', 'min-h-screen', 'min-h-svh'])`, createContext({}));
  const rule = (name) => new RegExp(`\\.${name} \\{\\s*([^}]*?)\\s*\\}`).exec(css)[1].split(/;\s*/);
  assert.equal(rule('h-screen').at(-2), 'height: min(40rem, var(--page-max-height, 40rem))');
  for (const name of ['min-h-screen', 'min-h-svh']) assert.equal(rule(name).at(-2), 'min-height: 0');
});
