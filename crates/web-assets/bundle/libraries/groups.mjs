// The groups of library set 1: modules that are delivered together.
//
// One file for each module would cost a widget dozens of requests, and one file for all of them half a megabyte. A group loads the groups
// that it lists first, so that code which both use is in the file of the first one.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The groups: the modules of npm packages, and the groups whose files a widget loads too. */
const GROUPS = {
  icons: { modules: ['lucide-react'] },
  names: { modules: ['clsx', 'classnames', 'class-variance-authority', 'tailwind-merge'] },
  dates: { modules: ['date-fns'] },
  motion: { modules: ['framer-motion', 'motion', 'motion/react'] },
  forms: { modules: ['react-hook-form'] },
  charts: { modules: ['recharts'] },
  ui: { after: ['names'] },
  overlay: { after: ['ui'] },
  menus: { after: ['overlay'] },
  toast: { after: ['overlay'] },
  command: { after: ['overlay'] },
  form: { after: ['ui', 'forms'] },
  chart: { after: ['ui', 'charts'] },
  sonner: { after: ['ui'] },
  calendar: { after: ['ui'] },
  carousel: { after: ['ui'] },
  // A file has one default export.
  link: {},
  image: {},
};

/** Packages that another one replaces: it exports the same names. */
const REPLACED = { classnames: 'clsx' };

/** The groups of the kit's parts. The others are in `ui`. */
const PARTS = {
  overlay: 'alert-dialog dialog drawer hover-card popover select sheet tooltip',
  menus: 'context-menu dropdown-menu menubar navigation-menu',
  toast: 'toast toaster',
  command: 'command',
  form: 'form',
  chart: 'chart',
  sonner: 'sonner',
  calendar: 'calendar',
  carousel: 'carousel',
};

const groupOf = new Map(Object.entries(PARTS).flatMap(([group, names]) => names.split(' ').map((name) => [name, group])));

/** Files with JSX that the kit's parts share. */
const HELPERS = ['close-button.tsx', 'icons.tsx', 'menu.tsx'];

/** Modules that the kit stands in for: those of Next.js, and sonner, whose own `Toaster` has neither the theme nor the place of the kit's. */
const STAND_INS = [
  { file: 'stand-ins/next-image.tsx', group: 'image', specifiers: ['next/image'] },
  { file: 'stand-ins/next-link.tsx', group: 'link', specifiers: ['next/link'] },
  { file: 'stand-ins/next-themes.tsx', group: 'ui', specifiers: ['next-themes'] },
  { file: 'sonner.tsx', group: 'sonner', specifiers: ['sonner'] },
];

/** The specifiers of the kit's parts, by file. Each `.tsx` file of the folder is a part, except the helpers. */
function kitParts(folder) {
  const parts = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.tsx') && !HELPERS.includes(file)) : [];
  return [
    { file: 'utils.ts', group: 'names', specifiers: ['@/lib/utils'] },
    { file: 'use-mobile.ts', group: 'ui', specifiers: ['@/hooks/use-mobile', '@/components/ui/use-mobile'] },
    { file: 'use-toast.ts', group: 'toast', specifiers: ['@/hooks/use-toast', '@/components/ui/use-toast'] },
    ...parts.sort().map((file) => {
      const name = file.slice(0, -'.tsx'.length);
      return { file, group: groupOf.get(name) ?? 'ui', specifiers: [`@/components/ui/${name}`] };
    }),
    ...STAND_INS,
  ].filter(({ file }) => existsSync(join(folder, file)));
}

/** The groups that have modules, each with `after` and its modules `{ specifier, path }`: what esbuild resolves as `path` is the module. */
export function groups(kit) {
  const filled = Object.entries(GROUPS).map(([name, { modules = [], after = [] }]) => ({
    name,
    after,
    modules: modules.map((specifier) => ({ specifier, path: REPLACED[specifier] ?? specifier })),
  }));
  for (const { file, group, specifiers } of kitParts(kit)) {
    const { modules } = filled.find(({ name }) => name === group);
    modules.push(...specifiers.map((specifier) => ({ specifier, path: join(kit, file), isKit: true })));
  }
  const used = filled.filter(({ modules }) => modules.length > 0);
  const isUsed = (name) => used.some((group) => group.name === name);
  return used.map((group) => ({ ...group, after: group.after.filter(isUsed) }));
}
