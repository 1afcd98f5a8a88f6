// The pre-built widgets as render payloads.

import { readdir, readFile } from 'node:fs/promises';

import { build } from 'esbuild';

const folder = new URL('../../../crates/prebuilt/widgets/', import.meta.url);

export async function prebuiltPayloads(stage) {
  const keys = (await readdir(folder)).sort();
  return Promise.all(keys.map(async (key) => {
    const read = async (name) => JSON.parse(await readFile(new URL(`${key}/${name}`, folder), 'utf8'));
    const entry = new URL(`${key}/component.jsx`, folder).pathname;
    const compiled = await build({ entryPoints: [entry], bundle: true, format: 'esm', jsx: 'automatic', write: false, external: ['react', 'react/jsx-runtime'] });
    const { name } = await read('widget.json');
    return stage.payload(compiled.outputFiles[0].text, { widgetKey: key, title: name, data: await read('example.json') });
  }));
}
