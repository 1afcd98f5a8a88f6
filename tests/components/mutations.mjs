// Modules that are almost right: a token dropped, doubled or swapped with its neighbor.

import { parse } from '@babel/parser';

import { pluginsOf } from './syntax.mjs';

/** The tokens of a valid module, as pairs of offsets; comments are none. */
function tokens(source) {
  const all = parse(source, { sourceType: 'module', plugins: pluginsOf(source), tokens: true }).tokens;
  return all.filter(({ type, start, end }) => typeof type !== 'string' && end > start).map(({ start, end }) => [start, end]);
}

const drop = (source, [start, end]) => source.slice(0, start) + source.slice(end);
const double = (source, [start, end]) => `${source.slice(0, end)} ${source.slice(start)}`;
const swap = (source, [a, b], [c, d]) => source.slice(0, a) + source.slice(c, d) + source.slice(b, c) + source.slice(a, b) + source.slice(d);

/** Every module that is one mutation away. */
export function everyMutation(source) {
  const found = tokens(source);
  return found.flatMap((token, i) => [
    drop(source, token),
    double(source, token),
    ...(i > 0 ? [swap(source, found[i - 1], token)] : []),
  ]);
}

/** A generator of numbers below a bound that says the same after the same seed (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  };
}

/** What is put in place of a token. */
const FOREIGN = [
  ...'( ) [ ] { } < > </ /> => = == ** ++ -- - + ! ~ ? ?. ?? && || , ; : . ... ` ${ # @ / * += ??= &&= 0 1n 08 1_ .5 "s" `t` /r/v'.split(' '),
  ...'async await yield let const var function class static get set of in instanceof new super this import export default'.split(' '),
  ...'delete typeof void return break continue if else for while do switch case try catch throw with eval arguments x #x'.split(' '),
  ...'extends null true enum implements interface accessor using as from target meta constructor'.split(' '), '\n', '<p>', '</p>', '<>', '</>',
];

/** A module with one token replaced by a token of another kind. */
export function foreignToken(source, random) {
  const found = tokens(source);
  const [start, end] = found[random(found.length)];
  return `${source.slice(0, start)} ${FOREIGN[random(FOREIGN.length)]} ${source.slice(end)}`;
}

/** A module with two to four mutations in different places. */
export function someMutations(source, random) {
  const found = tokens(source);
  // From the end to the beginning, so that what is left keeps its offsets.
  const places = [...new Set(Array.from({ length: 2 + random(3) }, () => 1 + random(found.length - 1)))].sort((a, b) => b - a);
  let mutated = source;
  let untouched = found.length;
  for (const place of places) {
    if (place >= untouched) continue;
    const kind = random(3);
    if (kind === 0) mutated = drop(mutated, found[place]);
    else if (kind === 1) mutated = double(mutated, found[place]);
    else mutated = swap(mutated, found[place - 1], found[place]);
    untouched = place - 1;
  }
  return mutated;
}
