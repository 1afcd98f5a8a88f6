// While one key keeps the component checker busy with sources that end it, the service lives and other keys are served.
//
//   node attack.mjs <path of the widgetd binary>

import assert from 'node:assert/strict';
import test from 'node:test';

import { start } from '../lib/widgetd.mjs';

const HONEST = 'export default function Widget({ data }) { return <p>{data.title}</p>; }';

/** At every parenthesis the parser looks ahead for an arrow, and each look ahead contains the others. */
const ENDLESS = '(a=(a='.repeat(40_000);

/** Sources that end a worker, at a time. */
const AT_ONCE = 8;

/** How often they are sent again. */
const ROUNDS = 3;

const ms = (times, part) => times.sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(1);

test('one key\'s hostile components keep nobody else waiting', async (t) => {
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
    let over = false;
    attack.finally(() => { over = true; });

    const alive = [];
    const honest = [];
    const probe = async () => {
      while (!over) {
        const begun = performance.now();
        const { status } = await fetch(`${widgetd.origin}/health/live`);
        assert.equal(status, 200);
        alive.push(performance.now() - begun);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    const work = async () => {
      while (!over) {
        const { status, body, took } = await validate(honestKey, HONEST);
        assert.equal(status, 200, JSON.stringify(body));
        assert.equal(body.data.componentValid, true);
        honest.push(took);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    await Promise.all([probe(), work()]);

    const answers = (await attack).flat();
    const verdicts = answers.filter(({ status }) => status === 200);
    for (const { status, body, took } of answers) {
      assert.ok(took < 3500, `an answer took ${took} ms`);
      if (status === 200) assert.deepEqual(body.data.errors.map((error) => error.message.slice(0, 21)), ['Component too complex']);
      else assert.equal(status, 503);
    }
    assert.ok(verdicts.length >= 3 && honest.length >= 20 && alive.length >= 20);
    t.diagnostic(`${answers.length} hostile: ${verdicts.length} too complex, ${answers.length - verdicts.length} times 503; slowest ${ms(answers.map(({ took }) => took), 1)} ms`);
    t.diagnostic(`${alive.length} times alive: p50 ${ms(alive, 0.5)}, p99 ${ms(alive, 0.99)}, most ${ms(alive, 1)} ms`);
    t.diagnostic(`${honest.length} honest: p50 ${ms(honest, 0.5)}, p99 ${ms(honest, 0.99)}, most ${ms(honest, 1)} ms`);
    // Measured, p99 is 20 and 35 milliseconds; what is asserted leaves room for a busy machine.
    assert.ok(ms(alive, 0.99) < 1000 && ms(honest, 0.99) < 2000);
  } finally {
    await widgetd.stop();
  }
});
