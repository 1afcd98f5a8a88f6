// The names that `react` exports. Those of `react-dom` are in react-dom.mjs.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The exports of the production build, which widgets get. The one for development has more. `home` is the crate's folder. */
export function reactNames(home) {
  const require = createRequire(join(home, 'package.json'));
  const production = require(join(dirname(require.resolve('react')), 'cjs/react.production.js'));
  return Object.keys(production).filter((name) => !name.startsWith('__'));
}
