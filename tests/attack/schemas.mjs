// Schemas and data: a widget is made with each schema, and each piece of data is sent as its message.

import { HONEST } from '../lib/flood.mjs';
import { inTurns } from './turns.mjs';

/** Tries `cases` (of the example attack_schemas); resolves with the message that took longest to be answered. */
export async function trySchemas(service, tally, cases) {
  const keys = new Map();
  let slowest = { took: 0 };
  await inTurns(cases, async ({ item, name, schema, taken, data }, n) => {
    const widget = keys.get(schema) ?? `${item}-${n}`;
    if (!keys.has(schema)) {
      keys.set(schema, widget); // one widget a schema, however much data there is for it
      const body = `{"key":"${widget}","name":"Attack","schema":${schema},"component":${JSON.stringify(HONEST)}}`;
      const made = await service.post('/api/v1/widget', body);
      tally.count(`${name}: schema`, made, made.status === 201, taken, 'widget_validation_failed');
    }
    if (!taken) return;
    for (const { text, fits } of data) {
      const body = `{"type":"widget","widgetKey":"${widget}","data":${text}}`;
      const sent = await service.post('/api/v1/conversation/attack/message', body);
      tally.count(`${name}: data`, sent, sent.status === 201, fits, 'widget_data_validation_failed');
      if (sent.took > slowest.took) slowest = { took: sent.took, body, name };
    }
  }, ({ schema }) => schema);
  return slowest;
}
