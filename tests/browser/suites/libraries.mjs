// Library files: where widgets load them from, and the one instance of React that they share.

import assert from 'node:assert/strict';

import { openHost, raised, widgetFrame } from '../lib/host-page.mjs';
import { test } from '../lib/test.mjs';

const FILE = `/assets/lib/${'1'.repeat(64)}.js`;
const LIBRARY = `import React from 'react'; import { jsx } from 'react/jsx-runtime'; import ReactDOM, { createPortal, flushSync } from 'react-dom';
export { React, ReactDOM, flushSync };
export const Overlay = ({ children }) => createPortal(jsx('p', { id: 'overlay', children }), document.body);`;

/** Uses a library in its context, and shows whether both have one React. */
const WIDGET = `import * as React from 'react'; import { jsx, jsxs } from 'react/jsx-runtime'; import { createPortal, flushSync } from 'react-dom';
import * as library from '..${FILE.slice('/assets'.length)}';
const Context = React.createContext('');
const Reads = () => React.useContext(Context);
export default () => {
  const [count, setCount] = React.useState(0);
  const once = library.React.useState === React.useState && library.ReactDOM.createPortal === createPortal && library.flushSync === flushSync;
  const press = () => { flushSync(() => setCount(1)); document.title = document.getElementById('count').textContent; };
  return jsx(Context, { value: 'once ' + once, children: [
    jsx('button', { id: 'count', onClick: press, children: count }, 'a'),
    jsx(library.Overlay, { children: jsx(Reads, {}) }, 'b'),
  ] });
};`;

export function librariesSuite(given) {
  test('a widget and its libraries share one React and React DOM', async () => {
    const { context, stage } = given();
    stage.serve(FILE, LIBRARY);
    const page = await openHost(context, stage, [stage.payload(WIDGET)]);
    await raised(page, 'widget-ready');
    const frame = await widgetFrame(page);
    assert.equal(await frame.evaluate(() => document.querySelector('body > #overlay').textContent), 'once true');
    await frame.evaluate(() => document.getElementById('count').click());
    assert.equal(await frame.evaluate(() => document.title), '1');
    assert.equal(await frame.evaluate(() => 'widgetdReact' in window), false);
  });
}
