// Compares the component checker's syntax errors with those of @babel/parser: over valid modules, over the same
// modules with a token dropped, doubled, swapped or replaced, and over small sources about one corner of the language each.
//
//   node run.mjs <path of the example review_components> [seed]

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { known, named } from './known.mjs';
import { forms, modules, sources } from './sources.mjs';
import { ofBabel, ofOurs } from './syntax.mjs';

const program = process.argv[2] ?? new URL('../../target/debug/examples/review_components', import.meta.url).pathname;
const seed = Number(process.argv[3] ?? 1);
const root = new URL('../../', import.meta.url);

test('both accept every module of the corpus', async () => {
  const { small, large, typed } = await modules();
  assert.ok(small.length > 30 && large.length === 7 && typed.length === 3);
  const all = [...small, ...large, ...typed].flatMap((source) => forms.map(([, as]) => as(source)));
  const reports = await ofOurs(program, all);
  all.forEach((source, i) => {
    assert.equal(ofBabel(source), undefined, source);
    assert.deepEqual(reports[i].filter(({ code }) => code !== 'unsupported-syntax'), [], source);
  });
});

test('on mutated modules both agree, except for documented disagreements', async (t) => {
  const all = await sources(seed);
  const reports = await ofOurs(program, all.map(({ source }) => source));
  const met = new Map(known.map(({ name }) => [name, 0]));
  const unknown = [];
  const places = new Map(forms.map(([form]) => [form, { both: 0, same: 0 }]));
  all.forEach(({ form, source }, i) => {
    const [ours] = reports[i];
    const babel = ofBabel(source);
    if (ours && babel) {
      const count = places.get(form);
      count.both += 1;
      if (ours.line === babel.line && ours.column === babel.column) count.same += 1;
    } else if (ours || babel) {
      const name = named(source, ours, babel);
      if (name) met.set(name, met.get(name) + 1);
      else unknown.push({ source, ours, babel });
    }
    const lines = source.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
    for (const { line, column, message } of reports[i]) {
      assert.ok(line >= 1 && line <= lines.length && column >= 1 && column <= lines[line - 1].length + 1, `${line}:${column} is not in ${JSON.stringify(source)}: ${message}`);
    }
  });
  t.diagnostic(`${all.length} sources, seed ${seed}; disagreements: ${JSON.stringify(Object.fromEntries(met))}`);
  assert.deepEqual(unknown.slice(0, 20), [], `${unknown.length} unknown disagreements`);
  assert.deepEqual([...met].filter(([, count]) => count === 0).map(([name]) => name), [], 'known, but not met: strike it out');
  // Parsers stop at one mistake in different places; those of the same mind must not be apart by a form of the source.
  for (const [form, { both, same }] of places) {
    t.diagnostic(`${form}: both refuse ${both}, ${(100 * same / both).toFixed(1)} % at the same line and column`);
    assert.ok(same / both > 0.8, `${form}: the same place for ${same} of ${both} only`);
  }
});

test('the documentation lists the known disagreements, and no others', async () => {
  const page = await readFile(new URL('docs/component-checking.md', root), 'utf8');
  const [, section] = page.split('## Comparison with Babel\n');
  const listed = [...section.split('\n## ')[0].matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
  assert.deepEqual(listed.sort(), known.map(({ name }) => name).sort());
});
