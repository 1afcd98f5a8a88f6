// Provides `react` and `react-dom` to the imports of widgets, as the frame does.

import React, { type ReactNode } from 'react';
import runtime from 'react/jsx-runtime';
import ReactDOM from 'react-dom';

import { withDefaults } from '../browser/frame/defaults';
import { owner } from './record';

/** The modules of `MODULES` export what stands here. */
const KEY = Symbol.for('widgetd.react');

/** Makes React behave as in a browser, where the server renderer does not, and hands it to the modules. */
export function provideReact(): void {
  owner.stack = React.captureOwnerStack;
  React.createElement = withDefaults(React.createElement);
  // The server renderer calls the third function, which components for browsers need not have.
  const { useSyncExternalStore } = React;
  React.useSyncExternalStore = (subscribe, getSnapshot) => useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
  const dom = {
    ...ReactDOM,
    // A portal is rendered in place: there is no other place.
    createPortal: (children: ReactNode, _container: unknown, key?: string | null) =>
      React.createElement(React.Fragment, key == null ? null : { key }, children),
    flushSync: <T>(act?: () => T): T | undefined => act?.(),
  };
  const jsx = { jsx: withDefaults(runtime.jsx), jsxs: withDefaults(runtime.jsxs) };
  Object.defineProperty(globalThis, KEY, { value: { React, jsx, dom } });
}
