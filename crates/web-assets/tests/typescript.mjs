// Lets Node.js import the TypeScript sources: `node --import ./tests/typescript.mjs --test`.

import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
