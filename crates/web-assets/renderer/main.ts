// The script of the render test: React's server renderer for QuickJS, a bare engine. The crate `adapter-quickjs` evaluates it before each
// widget and calls `render`.

import './environment';
import './intl/install';
import { provideReact } from './react';
import { render } from './render';

/** The sources of the modules that widgets and libraries import by name. The bundler defines them. */
declare const MODULES: Record<string, string>;

provideReact();
Object.assign(globalThis, { widgetdRenderer: { modules: MODULES, render } });
