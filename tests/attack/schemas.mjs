// Schemas and data: a widget is made with each schema, and each piece of data is sent as its message.

import { HONEST } from '../lib/flood.mjs';
import { inTurns } from './turns.mjs';

/** How many of the slowest messages are sent again, all at once. */
const SLOW = 8;

/** Tries `cases` (of the example attack_schemas); resolves with the messages that took longest to be answered. */
export async function trySchemas(service, tally, cases) {
  const keys = new Map();
  const sentBodies = [];
  await inTurns(cases, async ({ item, name, schema, taken, data }, n) => {
    const widget = keys.get(schema)?.widget ?? `${item}-${n}`;
    if (!keys.has(schema)) { // one widget a schema, however much data there is for it
      const body = `{"key":"${widget}","name":"Attack","schema":${schema},"component":${JSON.stringify(HONEST)}}`;
      const made = await service.post('/api/v1/widget', body);
      tally.count(`${name}: schema`, made, made.status === 201, taken, 'widget_validation_failed');
      keys.set(schema, { widget, isMade: made.status === 201 });
    }
    if (!keys.get(schema).isMade) return;
    for (const { text, fits } of data) {
      const body = `{"type":"widget","widgetKey":"${widget}","data":${text}}`;
      const sent = await service.post('/api/v1/conversation/attack/message', body);
      tally.count(`${name}: data`, sent, sent.status === 201, fits, 'widget_data_validation_failed');
      sentBodies.push({ took: sent.took, body });
    }
  }, ({ schema }) => schema);
  return sentBodies.sort((a, b) => b.took - a.took).slice(0, SLOW).map(({ body }) => body);
}
