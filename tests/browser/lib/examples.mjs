// The render payloads of the widgets in the folder `examples`, as the service makes them.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER = new URL('../../../examples/', import.meta.url).pathname;

const json = async (...path) => JSON.parse(await readFile(join(FOLDER, ...path), 'utf8'));

/** Creates the widgets of the examples, and resolves with a payload of each with its example data, in the order of their names. */
export async function examplePayloads({ widgetd, origin }) {
  const headers = { authorization: `Bearer ${await widgetd.createKey('examples')}`, 'content-type': 'application/json' };
  const post = async (path, body) => {
    const response = await fetch(`${origin}/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = await response.json();
    if (!answer.success) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer.data;
  };
  const payloads = [];
  for (const name of (await readdir(FOLDER)).sort()) {
    const component = await readFile(join(FOLDER, name, 'component.tsx'), 'utf8');
    const { id } = await post('widget', { ...(await json(name, 'widget.json')), schema: await json(name, 'schema.json'), component });
    payloads.push(await post(`widget/${id}/preview`, { data: await json(name, 'example.json') }));
  }
  return payloads;
}
