// Compiles class names with the service's compiler, in its sandboxed worker, and with Tailwind in Node.js: the style sheets are equal,
// byte for byte. Class names that are meant to hurt stay in their rules.
//
//   node tailwind.mjs <path of the example compile_styles>

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { createContext, runInContext } from 'node:vm';

import { tailwindScript } from '../../crates/web-assets/bundle/tailwind.mjs';

const root = new URL('../../', import.meta.url);
const program = process.argv[2] ?? new URL('target/debug/examples/compile_styles', root).pathname;
const require = createRequire(new URL('crates/web-assets/package.json', root));
const { compile, __unstable__loadDesignSystem: loadDesignSystem } = await import(pathToFileURL(require.resolve('tailwindcss')).href.replace('lib.js', 'lib.mjs'));
const sheet = runInContext(`${await tailwindScript()};tailwind.sheet`, createContext({}));

/** Class lists of components as models write them. */
const lists = [
  'mx-auto max-w-3xl rounded-2xl bg-white p-6 shadow-lg dark:bg-slate-900 mb-4 flex items-center justify-between text-xl font-semibold text-slate-900 rounded-full bg-indigo-600 px-4 py-1 text-sm text-white hover:bg-indigo-500 grid grid-cols-3 gap-4 rounded-xl border border-slate-200 p-4 hover:border-indigo-500 uppercase tracking-wide text-slate-500 mt-2 text-3xl font-bold mt-3 space-y-1 gap-2 text-emerald-500',
  'flex h-screen w-full flex-col overflow-hidden bg-background text-foreground sticky top-0 z-10 border-b bg-card/80 backdrop-blur px-6 py-3 text-muted-foreground hover:text-primary focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-offset-2 disabled:pointer-events-none disabled:opacity-50 md:grid-cols-2 lg:grid-cols-4 xl:col-span-2 truncate',
  'group relative inline-flex items-center justify-center rounded-md bg-gradient-to-br from-purple-500 via-pink-500 to-orange-400 p-0.5 transition-all duration-300 ease-in-out hover:scale-105 hover:shadow-2xl active:scale-95 group-hover:opacity-100 group-hover:translate-x-1 animate-pulse animate-spin animate-bounce -translate-y-1/2 -mt-px blur-sm',
  'min-h-[420px] w-[calc(100%-2rem)] grid-cols-[auto_1fr_auto] bg-[#1da1f2] text-[13px]/[18px] before:absolute before:inset-0 before:content-[""] after:content-[\'→\'] [&>svg]:size-4 [&_p]:leading-relaxed [mask-type:luminance] [--gap:3px] data-[state=open]:animate-in data-[state=closed]:animate-out data-[state=open]:fade-in-0 data-[side=top]:slide-in-from-bottom-2 aria-selected:bg-accent has-[:checked]:border-primary peer-checked:text-white supports-[display:grid]:grid',
  'sm:max-md:hidden @container @sm:flex @lg/main:grid portrait:p-2 motion-reduce:transition-none print:hidden rtl:ml-2 ltr:mr-2 first:pt-0 last:pb-0 odd:bg-gray-50 even:bg-gray-100 nth-3:underline not-hover:opacity-75 in-[.dark]:p-1 open:rotate-180 file:mr-4 placeholder:italic selection:bg-yellow-200 marker:text-sky-400 first-letter:text-7xl *:rounded **:p-1 dark:hover:md:text-lg group-data-[active]:underline peer-focus/name:ring',
  'divide-y divide-gray-200 line-clamp-3 aspect-video object-cover snap-x snap-mandatory columns-2 break-inside-avoid whitespace-nowrap tabular-nums list-disc indent-8 align-middle decoration-wavy underline-offset-4 outline-dashed ring-4 ring-blue-500/50 inset-shadow-sm text-shadow-lg mask-b-from-50% bg-linear-45 bg-radial from-cyan-400/10 rotate-x-45 perspective-distant transform-3d field-sizing-content accent-pink-500 scheme-dark will-change-transform touch-pan-y select-none resize-y scroll-mt-4 fill-current stroke-2 sr-only not-sr-only isolate mix-blend-multiply drop-shadow-xl backdrop-saturate-150 p-4! !m-2 flex-shrink-0 flex-grow bg-opacity-50 no-such-class card',
];

/** Each utility with values, and variants. */
function series() {
  const spacing = ['p', 'px', 'mt', '-ml', 'gap-x', 'w', 'h', 'min-w', 'max-h', 'inset-y', 'space-x', 'translate-y', 'scroll-pb', 'border-spacing', 'basis', 'size', 'indent'];
  const colors = ['bg', 'text', 'border', 'border-t', 'ring', 'fill', 'stroke', 'from', 'accent', 'caret', 'decoration', 'divide', 'outline', 'shadow', 'placeholder'];
  return [
    ...spacing.map((name) => ['0', '2.5', '1/2', 'px', '[3vh]', 'full', '(--x)'].map((value) => `${name}-${value}`)),
    ...colors.map((name) => ['red-500', 'primary', 'black/50', '[#0f0]/[.3]', 'current', '(--x)'].map((value) => `${name}-${value}`)),
    ['hover', 'dark', 'md', '2xl', 'group-hover', 'peer-checked', 'aria-busy', 'data-[x=y]', '[&>a]', '@md', 'not-first', 'max-lg', 'min-[3px]', 'before'].map((variant) => `${variant}:flex`),
  ];
}

/** Class names that are meant to end a rule, to begin a comment, or to cost much. The service drops most of them before. */
const hostile = [
  '[}body{color:red]', '[color:red}body{color:red]', '[color:red;}]', 'w-[/*]', "bg-[url(a'b)'c)]", 'content-["]', 'text-[\\]', 'w-[url(\\)]',
  '[@import_url(x)]:flex', '[@layer_frame]:flex', '[@apply_p-4]:flex', '[@tailwind_utilities]:flex', 'w-[theme(x)]', 'w-[--theme(--x)]',
  'w-[--spacing(x)]', 'bg-[--alpha(red)]', '[&{]:flex', '[&>*]:p-1', 'data-[x=a"{"b]:flex', "content-['</style>']", 'supports-[/*]:flex',
  `w-[${'('.repeat(90)}${')'.repeat(90)}]`, `${'[&>a]:'.repeat(8)}flex`, `${'not-'.repeat(40)}hover:flex`, `${'group-'.repeat(30)}hover:flex`,
  `w-[${'calc('.repeat(30)}1${')'.repeat(30)}]`, `${'-'.repeat(190)}p`, `bg-${'red-'.repeat(40)}500`, `p-${'9'.repeat(190)}`,
  '__proto__', 'constructor', 'bg-constructor', 'hover:__proto__', 'toString:flex', 'p-__proto__', 'text-hasOwnProperty', '[__proto__:1]',
];

/** The service's answers: a style sheet or an error for each list. */
async function ofOurs(all) {
  const child = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stdin.end(all.map((candidates) => `${JSON.stringify(candidates)}\n`).join(''));
  assert.equal(await ended, 0);
  return Buffer.concat(chunks).toString().split('\n').slice(0, -1).map((line) => JSON.parse(line));
}

const ofNode = async (candidates) => (await compile(sheet)).build(candidates);

test('style sheets are those of Tailwind in Node.js, byte for byte', async (t) => {
  const all = [[], ...lists.map((list) => [...new Set(list.split(' '))].sort()), ...series()];
  const ours = await ofOurs(all);
  for (const [index, candidates] of all.entries()) {
    const theirs = await ofNode(candidates);
    assert.equal(ours[index], theirs, candidates.join(' '));
    assert.ok(index === 0 || theirs.length > ours[0].length, 'no rules');
  }
  const names = new Set(all.flat()).size;
  t.diagnostic(`${all.length} sheets of ${names} class names`);
  assert.ok(names > 400);
});

test('hostile class names cost little and give what they give in Node.js', async () => {
  const all = [...hostile.map((name) => [name]), hostile];
  const ours = await ofOurs(all);
  for (const [index, candidates] of all.entries()) {
    assert.equal(ours[index], await ofNode(candidates), candidates.join(' '));
  }
});

test('class names past a limit are an error, and the next list is compiled', async () => {
  const many = Array.from({ length: 20 }, (_, n) => `${'[&_a,&_b]:'.repeat(17)}p-${n}`);
  const large = Array.from({ length: 3000 }, (_, n) => `before:hover:p-[${n}px]`);
  const [first, second, third] = await ofOurs([many, large, ['flex']]);
  assert.match(first.error, /more than (1 second|64 MiB|256 KiB)/);
  assert.match(second.error, /more than (1 second|256 KiB)/);
  assert.equal(third, await ofNode(['flex']));
});

test('the first words that the detection knows are those of Tailwind', async () => {
  const { utilities } = await loadDesignSystem(sheet);
  const names = [...utilities.keys('static'), ...utilities.keys('functional')];
  const words = new Set(names.map((name) => name.replace(/^-/, '').split('-')[0]));
  const known = await readFile(new URL('crates/adapter-oxc/src/tailwind/words.txt', root), 'utf8');
  assert.deepEqual(known.trimEnd().split('\n'), [...words].sort());
});
