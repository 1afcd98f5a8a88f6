// The service's API with a key for one workspace.

import assert from 'node:assert/strict';

const keys = new WeakMap();

/** A key for the workspace, created once for each service. */
function keyOf(widgetd, workspace) {
  const known = keys.get(widgetd) ?? new Map();
  keys.set(widgetd, known);
  if (!known.has(workspace)) known.set(workspace, widgetd.createKey(workspace));
  return known.get(workspace);
}

/** Sends a request to a path below `/api/v1/`, a POST if there is a body, and resolves with the answer's data. */
export async function ask({ widgetd, stage }, workspace, path, body) {
  const headers = { authorization: `Bearer ${await keyOf(widgetd, workspace)}`, 'content-type': 'application/json' };
  const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(`${stage.origin}/api/v1/${path}`, init);
    const answer = await response.json();
    if (answer.success) return answer.data;
    // The service may lack processor time while browsers start.
    if (response.status !== 503 || tries === 5) assert.fail(JSON.stringify(answer));
    await new Promise((resolve) => setTimeout(resolve, 1000 * Number(response.headers.get('retry-after') ?? 1)));
  }
}

let count = 0;

/** Saves a component as a widget. `rest` are other fields, such as `styles`. */
export function save(given, workspace, name, component, rest = {}) {
  const key = `${name}-${(count += 1)}`;
  return ask(given, workspace, 'widget', { key, name, schema: { type: 'object' }, component, ...rest });
}

/** Saves a component, and resolves with the render payload of a preview with empty data. */
export async function preview(given, workspace, name, component, rest) {
  const { id } = await save(given, workspace, name, component, rest);
  return ask(given, workspace, `widget/${id}/preview`, { data: {} });
}
