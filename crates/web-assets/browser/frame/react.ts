// Provides `react` to the imports of widgets. The import map holds a small module that exports the React bundled here, so React has
// one instance and its import needs no request.

import React from 'react';
import runtime from 'react/jsx-runtime';

import { withDefaults } from './defaults';

/** The module deletes this before a widget runs. */
declare global {
  var widgetdReact: { React: unknown; runtime: unknown } | undefined;
}

/** Built at run time, so that the bundler does not resolve the import. */
const NAME = ['re', 'act'].join('');

/** Evaluates the module, so that a widget's `import` finds it. WebKit would block a static import, since it does not compare integrity
 * with the policy. */
export async function provideReact(): Promise<void> {
  React.createElement = withDefaults(React.createElement);
  globalThis.widgetdReact = { React, runtime: { jsx: withDefaults(runtime.jsx), jsxs: withDefaults(runtime.jsxs) } };
  await import(NAME);
}
