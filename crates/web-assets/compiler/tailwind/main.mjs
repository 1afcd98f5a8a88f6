// Tailwind's compiler as a script for the engine of the component worker: it has the language alone, without Node.js and files. One
// instance compiles one component, since Tailwind adds the classes of each call to those of the calls before.

import { compile } from 'tailwindcss';
import preflight from 'tailwindcss/preflight.css';
import theme from 'tailwindcss/theme.css';
import utilities from 'tailwindcss/utilities.css';

import animations from './animations.css';
import heights from './heights.css';
import tokens from './tokens.css';

/** The sheet that every component starts from. */
const sheet = [
  '@layer theme, base, components, utilities;',
  `@layer theme {${theme}}`,
  `@layer base {${preflight}}`,
  `@layer utilities {${utilities}}`,
  tokens,
  animations,
  heights,
].join('\n');

const compiler = compile(sheet);

globalThis.tailwind = {
  sheet,
  /** Resolves with the style sheet of these class names. */
  styles: async (candidates) => (await compiler).build(candidates),
};
