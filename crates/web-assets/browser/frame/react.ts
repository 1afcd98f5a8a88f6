// `react` by its name, for widgets. The import map leads to a small module whose text is in the map; it exports the React that is
// bundled here. So there is one instance of it, and importing it loads nothing.

import React from 'react';
import runtime from 'react/jsx-runtime';

import { withDefaults } from './defaults';

/** The module takes this away, before any widget can run. */
declare global {
  var widgetdReact: { React: unknown; runtime: unknown } | undefined;
}

/** Put together while it runs, or the bundler would take it for the bundled one. */
const NAME = ['re', 'act'].join('');

/** Evaluates the module. After that a widget's `import` finds it; WebKit would not load it for a static one, whose integrity it does
 * not compare with the policy. */
export async function provideReact(): Promise<void> {
  React.createElement = withDefaults(React.createElement);
  globalThis.widgetdReact = { React, runtime: { jsx: withDefaults(runtime.jsx), jsxs: withDefaults(runtime.jsxs) } };
  await import(NAME);
}
