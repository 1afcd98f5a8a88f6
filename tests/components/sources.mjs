// The modules that the two parsers are asked about, and what is almost a module.

import { readdir, readFile } from 'node:fs/promises';

import { everyMutation, foreignToken, seeded, someMutations } from './mutations.mjs';

const root = new URL('../../', import.meta.url);

/** Random mutations of each kind, of each module; and of one change alone, of the large modules. */
const SOME = 40;
const OF_LARGE = 300;

/** Sources of one form in four: a place is to be right whatever ends the lines, and whatever stands before. */
export const forms = [
  ['plain', (source) => source],
  ['CRLF', (source) => source.replaceAll('\n', '\r\n')],
  // Neither before a hashbang, which is one at the start only.
  ['byte order mark', (source) => (source.startsWith('#!') ? source : `\ufeff${source}`)],
  ['astral', (source) => (source.startsWith('#!') ? source : `/* 😀 é 変 */ ${source}`)],
];

async function files(folder, inside = '', ending = '') {
  const names = (await readdir(new URL(folder, root))).filter((name) => name.endsWith(ending)).sort();
  return Promise.all(names.map((name) => readFile(new URL(`${folder}${name}${inside}`, root), 'utf8')));
}

export async function modules() {
  const examples = (await files('docs/examples/', '', '.json')).map((text) => JSON.parse(text).component).filter(Boolean);
  return {
    small: [...(await files('tests/components/corpus/', '', '.jsx')), ...examples],
    large: await files('crates/prebuilt/widgets/', '/component.jsx'),
    typed: await files('tests/components/corpus/', '', '.tsx'),
  };
}

/** One small source a line of snippets.txt, where ⏎ stands for a line break. */
export async function snippets() {
  const page = await readFile(new URL('snippets.txt', import.meta.url), 'utf8');
  return page.split('\n').slice(0, -1).map((line) => line.replaceAll('⏎', '\n'));
}

/** TSX modules, and what is almost one; the same after the same seed. */
export async function typedSources(seed) {
  const { typed } = await modules();
  const random = seeded(seed);
  const all = new Set([...typed, ...typed.flatMap(everyMutation)]);
  for (const source of typed) {
    for (let i = 0; i < SOME; i += 1) all.add(someMutations(source, random)).add(foreignToken(source, random));
  }
  return [...all];
}

/** Each with its form; the same after the same seed. */
export async function sources(seed) {
  const { small, large } = await modules();
  const random = seeded(seed);
  const all = new Set([...small.flatMap(everyMutation), ...(await snippets())]);
  for (const source of large) {
    const every = everyMutation(source);
    for (let i = 0; i < OF_LARGE; i += 1) all.add(every[random(every.length)]);
  }
  for (const source of [...small, ...large]) {
    for (let i = 0; i < SOME; i += 1) all.add(someMutations(source, random)).add(foreignToken(source, random));
  }
  return [...all].filter((source) => source.trim() !== '').map((source, i) => {
    const [form, as] = forms[i % forms.length];
    return { form, source: as(source) };
  });
}
