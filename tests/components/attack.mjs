// While one key keeps the component checker busy with sources that end it, the service lives and other keys are served.
//
//   node attack.mjs <path of the widgetd binary>

import assert from 'node:assert/strict';
import test from 'node:test';

import { during, ENDLESS, HONEST, percentile, spread } from '../lib/flood.mjs';
import { start } from '../lib/widgetd.mjs';

/** Sources that end a worker, at a time. */
const AT_ONCE = 8;

/** How often they are sent again. */
const ROUNDS = 3;

test('one key\'s hostile components delay no other key', async (t) => {
  const widgetd = await start();
  try {
    const honestKey = await widgetd.createKey('honest');
    const validate = async (key, component) => {
      const begun = performance.now();
      const response = await fetch(`${widgetd.origin}/api/v1/widget/validate`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ schema: { type: 'object' }, component }),
      });
      const body = await response.json();
      return { status: response.status, body, took: performance.now() - begun };
    };
    const attack = Promise.all(Array.from({ length: AT_ONCE }, async () => {
      const answers = [];
      for (let round = 0; round < ROUNDS; round += 1) answers.push(await validate(widgetd.key, ENDLESS));
      return answers;
    }));
    const probe = async () => {
      const { status } = await fetch(`${widgetd.origin}/health/live`);
      assert.equal(status, 200);
    };
    const work = async () => {
      const { status, body } = await validate(honestKey, HONEST);
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal(body.data.componentValid, true);
    };
    const { answers: rounds, times: [alive, honest] } = await during(attack, [probe, work]);

    const answers = rounds.flat();
    const checked = answers.filter(({ status }) => status === 200);
    for (const { status, body, took } of answers) {
      assert.ok(took < 3500, `an answer took ${took} ms`);
      if (status === 200) assert.deepEqual(body.data.errors.map((error) => error.message.slice(0, 21)), ['Component too complex']);
      else assert.equal(status, 503);
    }
    assert.ok(checked.length >= 3 && honest.length >= 20 && alive.length >= 20);
    t.diagnostic(`${answers.length} hostile: ${checked.length} too complex, ${answers.length - checked.length} times 503; slowest ${percentile(answers.map(({ took }) => took), 1).toFixed(1)} ms`);
    t.diagnostic(`${alive.length} times alive: ${spread(alive)}`);
    t.diagnostic(`${honest.length} honest: ${spread(honest)}`);
    // Measured, p99 is 20 and 35 milliseconds; what is asserted leaves room for a busy machine.
    assert.ok(percentile(alive, 0.99) < 1000 && percentile(honest, 0.99) < 2000);
  } finally {
    await widgetd.stop();
  }
});
