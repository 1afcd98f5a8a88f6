// The render payloads of the pre-built widgets' previews.

import { ask } from './api.mjs';

/** Payloads by service, requested once each. */
const known = new Map();

function all(stage) {
  if (!known.has(stage.widgetd)) known.set(stage.widgetd, load({ widgetd: stage.widgetd, stage }));
  return known.get(stage.widgetd);
}

/** The payload of each pre-built widget with its example data, in the order of their keys. */
export const prebuiltPayloads = async (stage) => (await all(stage)).payloads;

/** The words of each pre-built widget by language, from its component. */
export async function prebuiltTables(stage) {
  const tables = (await all(stage)).widgets.map(({ key, component }) => [key, component.match(/^const WORDS = (\{.*?^\});$/ms)[1]]);
  return Object.fromEntries(tables.map(([key, table]) => [key, Function(`return ${table}`)()]));
}

async function load(given) {
  const { widgets } = await ask(given, 'previews', 'widget/prebuilt');
  const payloads = await Promise.all(widgets.map(({ id }) => ask(given, 'previews', `widget/${id}/preview`)));
  return { widgets, payloads: payloads.sort((a, b) => a.widgetKey.localeCompare(b.widgetKey)) };
}
