// What others see: while hostile requests run, the service is live and other keys' requests succeed.

import { wait } from '../../bench/lib/processes.mjs';
import { during, ENDLESS, HONEST, percentile, spread } from '../lib/flood.mjs';
import { AT_ONCE as FEW } from './turns.mjs';

/** Hostile requests in flight, all with one key. */
const AT_ONCE = 8;

/** For how long, in milliseconds. */
const LONG = 8_000;

/** What a p99 of `/health/live` may be, in milliseconds, and that of an honest request. */
const LIVE = 100;
const HONEST_MS = 1_000;

/** Eight components at a time, each of which ends its worker. */
export function floodOfComponents(service, tally, honestKey) {
  const body = JSON.stringify({ schema: { type: 'object' }, component: ENDLESS });
  const attack = { send: () => service.post('/api/v1/widget/validate', body) };
  const honest = async () => {
    const answer = await service.validate(HONEST, honestKey);
    return answer.body.data?.componentValid === true || JSON.stringify(answer);
  };
  return flood(service, tally, [attack], honest);
}

/** Eight messages at a time: those that took longest to be answered. */
export async function floodOfData(service, tally, bodies, honestKey) {
  const widget = JSON.stringify({ key: 'honest', name: 'Honest', schema: { type: 'object' }, component: HONEST });
  await service.post('/api/v1/widget', widget, honestKey);
  const attacks = bodies.map((body) => ({
    send: () => service.post('/api/v1/conversation/attack/message', body),
    code: 'widget_data_validation_failed',
  }));
  return flood(service, tally, attacks, sendHonest(service, honestKey));
}

/** Twelve requests at a time: saves, previews and messages that each cost as much as one may. */
export function floodOfCosts(service, tally, requests, honestKey) {
  return flood(service, tally, requests, sendHonest(service, honestKey), 12);
}

function sendHonest(service, honestKey) {
  return async () => {
    const answer = await service.post('/api/v1/conversation/honest/message', '{"type":"widget","widgetKey":"honest","data":{}}', honestKey);
    return answer.status === 201 || JSON.stringify(answer);
  };
}

/** Sends the attacks in turn; `code` is what a refusal of one says. */
async function flood(service, tally, attacks, honest, clients = AT_ONCE) {
  const { times: [before] } = await during(wait(LONG / 4), [() => service.isLive()]);
  const until = performance.now() + LONG;
  const again = async (_, n) => {
    for (let turn = n; performance.now() < until; turn += clients) {
      const { send, code } = attacks[turn % attacks.length];
      const answer = await send();
      const accepted = answer.status === 201 || answer.body.data?.valid === true;
      tally.count('flood', answer, accepted, null, code);
    }
  };
  const must = async (probe, what) => {
    const found = await probe();
    if (found !== true) tally.breaks(`${what}: ${found}`);
  };
  const live = () => must(() => service.isLive(), '/health/live');
  const through = () => must(honest, 'an honest request');
  const { times } = await during(Promise.all(Array.from({ length: clients }, again)), [live, through]);
  const [alive, served] = times;
  if (alive.length < FEW || percentile(alive, 0.99) > LIVE) tally.breaks(`/health/live: ${spread(alive)}`);
  if (served.length < FEW || percentile(served, 0.99) > HONEST_MS) tally.breaks(`honest requests: ${spread(served)}`);
  return `${tally.item}, ${tally.where}: /health/live ${spread(alive)} (before the attack ${spread(before)}); honest requests ${spread(served)}`;
}
