// The style sheet of a version, and the layers of the frame's own.

import assert from 'node:assert/strict';

import { openHost, raised, widgetFrame } from '../lib/host-page.mjs';
import { test } from '../lib/test.mjs';

/** Shows the styles that its elements have in the first render, before the first effect. */
const SHOWS = `import { jsx, jsxs } from 'react/jsx-runtime'; import { useLayoutEffect } from 'react';
export default ({ data }) => {
  useLayoutEffect(() => {
    const { color, fontSize } = getComputedStyle(document.querySelector('button'));
    document.title = color + ' ' + fontSize;
  }, []);
  return jsxs('div', { children: [jsx('style', { children: data.style ?? '' }), jsx('button', { className: 'text', children: 'A' })] });
};`;

const SHEET = `@layer base { button { color: rgb(1, 1, 1); font-size: 31px } }
@layer utilities { .text { color: rgb(2, 2, 2) } }`;

/** Imports every address that the data lists by style sheets, and shows when all have loaded or failed. */
const IMPORTS = `import { jsx } from 'react/jsx-runtime'; import { useEffect, useState } from 'react';
const load = (address) => new Promise((resolve) => {
  const style = document.createElement('style');
  style.textContent = '@import url("' + address + '");';
  for (const type of ['load', 'error']) style.addEventListener(type, () => resolve(type));
  document.head.append(style);
});
export default ({ data }) => {
  const [done, setDone] = useState('');
  useEffect(() => { Promise.all(data.addresses.map(load)).then((all) => setDone(all.join(' '))); }, []);
  return jsx('p', { id: 'done', children: done });
};`;

export function stylesSuite(given) {
  const open = async (payload) => {
    const { context, stage } = given();
    const page = await openHost(context, stage, [payload(stage)]);
    await raised(page, 'widget-ready');
    return { page, frame: await widgetFrame(page), stage };
  };
  const title = (frame) => frame.evaluate(() => document.title);
  const errors = (page) => page.evaluate(() => window.raised.filter(({ type }) => type === 'widget-error').map(({ detail }) => detail));

  test('the style sheet of a version applies before the first render, and over that of the frame', async () => {
    const { page, frame } = await open((stage) => stage.payload(SHOWS, { styles: stage.styles(SHEET) }));
    assert.equal(await title(frame), 'rgb(2, 2, 2) 31px');
    assert.deepEqual(await errors(page), []);
  });

  test('the styles of a widget are stronger than the style sheet of its version', async () => {
    const data = { style: 'button { color: rgb(3, 3, 3) } * { overflow: visible }' };
    const { frame } = await open((stage) => stage.payload(SHOWS, { styles: stage.styles(SHEET), data }));
    assert.equal(await title(frame), 'rgb(3, 3, 3) 31px');
    assert.equal(await frame.evaluate(() => getComputedStyle(document.documentElement).overflowY), 'hidden');
  });

  test('a widget whose style sheet does not load is shown without it, and the error is reported', async () => {
    const address = `/assets/widget/${'0'.repeat(64)}.css`;
    const { page, frame } = await open((stage) => stage.payload(SHOWS, { styles: address }));
    assert.match(await title(frame), / 14px$/);
    const [error, ...others] = await errors(page);
    assert.deepEqual(others, []);
    assert.equal(error.kind, 'blocked');
    assert.equal(error.fatal, false);
    assert.equal(error.directive, 'style-src');
    assert.ok(error.address.endsWith(address), error.address);
  });

  test('a widget whose style sheet does not arrive is shown without it, and with it when it does', async () => {
    let answer;
    const { page, frame } = await open((stage) => stage.payload(SHOWS, { styles: stage.late(SHEET, (send) => (answer = send)) }));
    assert.match(await title(frame), / 14px$/);
    const [error] = await errors(page);
    assert.deepEqual([error.kind, error.fatal, error.directive], ['blocked', false, 'style-src']);
    answer();
    await frame.waitForFunction(() => getComputedStyle(document.querySelector('button')).fontSize === '31px');
  });

  test('a widget imports no style sheets but those of widgets', async () => {
    const { frame, stage } = await open((stage) => {
      const addresses = [`${stage.origin}/embed/v1/of-no-widget.css`, `${stage.elsewhere}/a.css`, stage.origin + stage.styles('p {}')];
      return stage.payload(IMPORTS, { data: { addresses } });
    });
    await frame.waitForFunction(() => document.getElementById('done')?.textContent !== '');
    assert.match(await frame.evaluate(() => document.getElementById('done').textContent), / load$/);
    assert.ok(!stage.requests.includes('/embed/v1/of-no-widget.css'), 'the policy blocks other style sheets of the service');
  });
}
