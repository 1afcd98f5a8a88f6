// What an expensive request costs: each is sent alone, and the processor time of the service and its workers is read before
// and after.

import { HONEST } from '../lib/flood.mjs';

/** Processor time that a request may take, in milliseconds; the kernel counts in steps of ten. */
const MOST = 150 + 10;
/** Starting a worker is not counted: loading the program and linking it takes this long at most. */
const START = 30;

/** Saves a widget with each schema, previews it and sends it the data; resolves with the requests, to be sent all at once, and the code
 *  of each one's refusal. */
export async function tryCosts(service, tally, cases) {
  const requests = [];
  const alone = async (name, request, code) => {
    const [used, replaced] = [service.processorTime(), await service.workersReplaced()];
    const answer = await request();
    const cost = service.processorTime() - used;
    const most = MOST + START * (1 + (await service.workersReplaced()) - replaced);
    tally.count(name, answer, answer.status < 300, null, code);
    tally.cost = Math.max(tally.cost ?? 0, cost);
    if (cost > most) tally.breaks(`${name}: ${Math.round(cost)} ms of processor time`);
    requests.push({ send: request, code });
    return answer;
  };
  for (const [n, { name, schema, data }] of cases.entries()) {
    const key = `cost-${n}`;
    const widget = `{"key":"${key}","name":"Cost","schema":${schema},"component":${JSON.stringify(HONEST)}}`;
    const made = await alone(`${name}: saved`, () => service.post('/api/v1/widget', widget), 'widget_validation_failed');
    const validation = `{"schema":${schema},"component":${JSON.stringify(HONEST)}}`;
    requests[requests.length - 1] = { send: () => service.post('/api/v1/widget/validate', validation) };
    if (made.status !== 201) continue;
    const preview = `/api/v1/widget/${made.body.data.id}/preview`;
    for (const { text } of data) {
      const message = `{"type":"widget","widgetKey":"${key}","data":${text}}`;
      const send = () => service.post('/api/v1/conversation/attack/message', message);
      // Twice: the second time the schema is known.
      await alone(`${name}: sent`, send, 'widget_data_validation_failed');
      await alone(`${name}: sent again`, send, 'widget_data_validation_failed');
      await alone(`${name}: previewed`, () => service.get(preview));
    }
  }
  return requests;
}
