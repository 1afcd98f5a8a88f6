import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { VARIABLES } from '../browser/host/look.ts';

const read = (path) => readFile(new URL(path, import.meta.url), 'utf8');
const css = await read('../browser/frame/widget.css');

/** The variables of the rule with the selector. */
function palette(selector) {
  const [rule] = css.slice(css.indexOf(`${selector} {`)).split('}');
  return Object.fromEntries([...rule.matchAll(/(--widget-[a-z0-9-]+): (.*);/g)].map(([, name, value]) => [name, value]));
}

const LIGHT = palette(':where(:root)');
const DARK = { ...LIGHT, ...palette(':where([data-palette="dark"])') };

test('the frame has a default for each variable that a page may set', () => {
  assert.deepEqual(Object.keys(LIGHT), VARIABLES);
  assert.deepEqual(Object.keys(DARK), VARIABLES);
});

test('docs/rendering.md lists each variable with its defaults', async () => {
  const rows = (await read('../../../docs/rendering.md')).matchAll(/^\| `(--widget-[a-z0-9-]+)` \|.*\| `(.*)` \| `(.*)` \|$/gm);
  const documented = [...rows].map(([, ...row]) => row);
  assert.deepEqual(
    documented,
    VARIABLES.map((name) => [name, LIGHT[name], DARK[name]]),
  );
});

/** Relative luminance by WCAG 2. */
function luminance(color) {
  const [red, green, blue] = color.match(/\w\w/g).map((hex) => {
    const part = Number.parseInt(hex, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

for (const [theme, colors] of Object.entries({ light: LIGHT, dark: DARK })) {
  test(`text and marks have a contrast of at least 5:1 on background and surface, ${theme}`, () => {
    for (const name of ['fg', 'muted', 'accent', 'accent-2', 'accent-3', 'good', 'warn', 'bad']) {
      for (const ground of ['bg', 'surface']) {
        const ratio = contrast(colors[`--widget-${name}`], colors[`--widget-${ground}`]);
        assert.ok(ratio >= 5, `${name} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });
}
