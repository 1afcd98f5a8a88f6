import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import * as lucide from 'lucide-react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

import { buildLibraries, HOME } from '../bundle/libraries.mjs';

/** A small kit: parts of two groups, and a style sheet. */
const KIT = {
  'utils.ts': `import { type ClassValue, clsx } from 'clsx'; import { twMerge } from 'tailwind-merge';
    export const cn = (...classes: ClassValue[]): string => twMerge(clsx(classes));`,
  'style.ts': `import sheet from './kit.css'; if (typeof document !== 'undefined') document.title = sheet;`,
  'kit.css': '.kit-button { color: var(--widget-fg) }',
  'icons.tsx': `export const Arrow = () => <svg />;`,
  'button.tsx': `import { Slot } from 'radix-ui'; import type { ComponentProps } from 'react'; import './style'; import { cn } from './utils';
    export const Button = (props: ComponentProps<'button'>) => <Slot.Root {...props} className={cn('kit-button')} />;`,
  'scroll-area.tsx': `import { ScrollArea as Primitive } from 'radix-ui'; export const ScrollArea = Primitive.Viewport;`,
  'select.tsx': `import { Select as Primitive } from 'radix-ui'; import { Button } from '@/components/ui/button';
    export const SelectViewport = Primitive.Viewport; export const SelectButton = Button;`,
  'stand-ins/next-image.tsx': `export default (props: { src: string }) => <img alt="" src={props.src} />;`,
  'stand-ins/next-link.tsx': `export default (props: { href: string }) => <a href={props.href}>Link</a>;`,
  'sonner.tsx': `import { Toaster as Sonner } from 'sonner'; import './style'; export const Toaster = () => <Sonner theme="dark" />;`,
};

const folders = [];
async function temporary(parent, files) {
  const folder = await mkdtemp(join(parent, 'widgetd-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

async function build() {
  const kit = join(await temporary(tmpdir(), {}), 'kit');
  await mkdir(join(kit, 'stand-ins'), { recursive: true });
  for (const [name, text] of Object.entries(KIT)) await writeFile(join(kit, name), text);
  return buildLibraries({ kit });
}

let set;
let files;
before(async () => {
  set = await build();
  files = new Map(set.files.map((file) => [file.sha256, file]));
});
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const moduleOf = (specifier) => set.modules.find((module) => module.specifier === specifier);

/** The files that a widget loads for a module. */
function closure(sha256, found = new Set()) {
  found.add(sha256);
  for (const one of files.get(sha256).imports) if (!found.has(one)) closure(one, found);
  return found;
}

test('each module exports its names, and other files import what exists', async () => {
  // In node_modules, so that Node.js finds React.
  const folder = await temporary(join(HOME, 'node_modules'), { 'package.json': '{ "type": "module" }' });
  for (const { sha256, code } of set.files) await writeFile(join(folder, `${sha256}.js`), code);
  for (const { specifier, file, names } of set.modules.filter((module) => module.file)) {
    const exported = await import(join(folder, `${file}.js`));
    assert.deepEqual(names, [...names].sort(), specifier);
    for (const name of names) assert.notEqual(exported[name], undefined, `${name} of ${specifier}`);
  }
  const { createLucideIcon } = await import(join(folder, `${set.iconFactory}.js`));
  const [, line] = /^Camera\t(.*)$/m.exec(set.icons);
  const markup = (icon) => renderToStaticMarkup(createElement(icon, { size: 16, className: 'mine' }));
  assert.equal(markup(createLucideIcon(...JSON.parse(line))), markup(lucide.Camera));
});

test('the modules are those of the set, and helpers of the kit are none', () => {
  const expected = [
    '@/components/ui/button',
    '@/components/ui/scroll-area',
    '@/components/ui/select',
    '@/components/ui/sonner',
    '@/lib/utils',
    'class-variance-authority',
    'classnames',
    'clsx',
    'date-fns',
    'framer-motion',
    'lucide-react',
    'motion',
    'motion/react',
    'next/image',
    'next/link',
    'react',
    'react-dom',
    'react-hook-form',
    'react/jsx-runtime',
    'recharts',
    'sonner',
    'tailwind-merge',
  ];
  assert.deepEqual(
    set.modules.map(({ specifier }) => specifier),
    expected,
  );
  assert.deepEqual(moduleOf('clsx').names, ['clsx', 'default']);
  assert.deepEqual(moduleOf('classnames'), { ...moduleOf('clsx'), specifier: 'classnames' });
  assert.equal(moduleOf('next/link').package, 'widgetd');
  assert.deepEqual(moduleOf('lucide-react').names, ['Icon', 'createLucideIcon']);
  assert.ok(!moduleOf('react-hook-form').names.includes('Form'), 'it sends forms with fetch');
});

test('files are named by the SHA-256 of their text, and import each other by these names', () => {
  for (const { sha256, code, imports } of set.files) {
    assert.equal(createHash('sha256').update(code).digest('hex'), sha256);
    const imported = [...code.matchAll(/(?:^|;)import(?:[^"';]*from)?"([^"]+)"/gm)].map(([, from]) => from);
    const others = imported.filter((from) => !['react', 'react/jsx-runtime', 'react-dom'].includes(from));
    assert.deepEqual([...new Set(others)].sort(), imports.map((one) => `./${one}.js`).sort());
  }
});

test('a build in another folder has the same bytes', async () => {
  assert.deepEqual(await build(), set);
});

test('a widget loads few files, and nothing that it does not import', () => {
  const contains = (specifier, word) => [...closure(moduleOf(specifier).file)].some((sha256) => files.get(sha256).code.includes(word));
  assert.ok(contains('recharts', 'recharts-wrapper'));
  for (const specifier of ['lucide-react', 'clsx', '@/components/ui/button', '@/components/ui/select', 'date-fns', 'sonner']) {
    assert.ok(!contains(specifier, 'recharts-wrapper'), specifier);
  }
  assert.ok(!contains('@/components/ui/button', 'SelectViewport'));
  assert.ok(contains('@/components/ui/sonner', 'kit-button'), "the kit's style sheet comes with each part");
  assert.deepEqual(moduleOf('sonner').names, moduleOf('@/components/ui/sonner').names, 'toasts look like the kit');
  assert.ok(!contains('recharts', 'kit-button'));
  for (const { specifier, file } of set.modules) assert.ok(!file || closure(file).size <= 5, specifier);
});

/** What no library may do in a frame: run text as code, write HTML, store, send, or start workers. */
const FORBIDDEN = [
  /\beval\b/,
  /\bFunction\s*\(/,
  /innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|parseFromString|srcdoc/i,
  /document\.write/,
  /localStorage|sessionStorage|indexedDB|\bcaches\b/,
  /\bcookie\b/i,
  /\bfetch\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|RTCPeerConnection/,
  /\b(?:Shared|Service)?Worker\b|serviceWorker|importScripts/,
  /\bimport\s*\(/,
];

/** Text that is no use of it. */
const HARMLESS = [
  // recharts lists the names of props, and takes this one out of an axis's props.
  /"dangerouslySetInnerHTML",/g,
  /\w+=\w+\.dangerouslySetInnerHTML,/g,
];

test('no library runs text as code, writes HTML, stores, sends or starts workers', () => {
  for (const { sha256, code } of set.files) {
    const text = HARMLESS.reduce((rest, harmless) => rest.replace(harmless, ''), code);
    for (const pattern of FORBIDDEN) {
      const at = text.search(pattern);
      assert.equal(at, -1, `${pattern} in ${sha256}: ${text.slice(Math.max(0, at - 80), at + 80)}`);
    }
  }
});

test('the licenses of all packages are listed, and none is a copyleft license', () => {
  const licenses = [...set.licenses.matchAll(/^License: (.*)$/gm)].map(([, license]) => license);
  assert.ok(licenses.length > 30, `${licenses.length} packages`);
  const known = /^(MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause)( (AND|OR) (MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause))*$/;
  assert.deepEqual(
    licenses.filter((license) => !known.test(license)),
    [],
  );
  for (const name of ['react', 'react-dom', 'scheduler', 'recharts', 'lucide-react'])
    assert.match(set.licenses, new RegExp(`^${name} \\d`, 'm'));
});
