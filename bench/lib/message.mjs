// The message that everybody sends, and its widget.

import { readFile } from 'node:fs/promises';

const read = async (path) => JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'));

export const message = await read('../message.json');
export const widget = await read('../../docs/examples/sales-dashboard.json');

/** As it goes over the wire, and its data as it is to be stored. */
export const body = JSON.stringify(message);
export const data = JSON.stringify(message.data);

/** Both scripts, for wrk and for pgbench, draw from conv_0 … conv_999. */
export const CONVERSATIONS = 1_000;

/** Sends once; resolves with the status. */
export async function send(origin, key, sent = body) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const response = await fetch(`${origin}/api/v1/conversation/conv_0/message`, { method: 'POST', headers, body: sent });
  await response.arrayBuffer();
  return response.status;
}

/** Checks that a contender does all the work: it must refuse wrong messages. */
export async function checkService(origin, key) {
  const wrong = JSON.stringify({ ...message, data: { ...message.data, revenue: 'much' } });
  const unknown = JSON.stringify({ ...message, widgetKey: 'unknown' });
  const answers = [
    await send(origin, key),
    await send(origin, key, wrong),
    await send(origin, key, unknown),
    await send(origin, `${key.slice(0, -1)}!`),
  ];
  if (answers.join() !== '201,400,404,401') throw new Error(`a service answers ${answers} instead of 201,400,404,401`);
}
