// Provides `react` and `react-dom` to the imports of widgets and libraries. The import map holds small modules that export the React bundled
// here, so React has one instance and its imports need no request.

import React from 'react';
import runtime from 'react/jsx-runtime';
import ReactDOM from 'react-dom';

import { withDefaults } from './defaults';

/** Deleted before a widget runs. */
declare global {
  var widgetdReact: { React: unknown; ReactDOM: unknown; runtime: unknown } | undefined;
}

/** Built at run time, so that the bundler does not resolve the imports. */
const NAMES = ['', '-dom'].map((end) => `react${end}`);

/** Evaluates the modules, so that a widget's `import` finds them. WebKit would block a static import, since it does not compare integrity
 * with the policy. */
export async function provideReact(): Promise<void> {
  React.createElement = withDefaults(React.createElement);
  globalThis.widgetdReact = { React, ReactDOM, runtime: { jsx: withDefaults(runtime.jsx), jsxs: withDefaults(runtime.jsxs) } };
  await Promise.all(NAMES.map((name) => import(name)));
  Reflect.deleteProperty(globalThis, 'widgetdReact');
}
