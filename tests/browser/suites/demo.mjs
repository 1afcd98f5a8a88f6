// The demo page, with messages that were sent through the API.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { RULES_OF_PARTS, violations } from '../lib/axe.mjs';
import { press, widgetFrame } from '../lib/host-page.mjs';

const examples = new URL('../../../docs/examples/', import.meta.url);
const example = async (name) => JSON.parse(await readFile(new URL(name, examples), 'utf8'));

/** A conversation with the reference's dashboard and a widget that raises actions, in a workspace of its own. */
async function converse({ stage, widgetd }, workspace) {
  const key = await widgetd.createKey(workspace);
  const post = async (path, body) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const response = await fetch(`${stage.origin}/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = await response.json();
    assert.ok(answer.success, JSON.stringify(answer));
    return answer.data;
  };
  await post('widget', await example('sales-dashboard.json'));
  await post('peer/peer_123/widgets', { widgetKey: 'sales-dashboard' });
  await post('widget', {
    key: 'poll',
    name: 'Poll',
    schema: { type: 'object', properties: { label: { type: 'string' } } },
    component: `export default function Poll({ data, onAction }) {
      return <button onClick={() => onAction("vote", { for: data.label })}>Vote for {data.label}</button>;
    }`,
  });
  await post('conversation/conv_789/message', await example('sales-message.json'));
  await post('conversation/conv_789/message', { type: 'widget', widgetKey: 'poll', data: { label: 'tea' }, text: 'What will it be?' });
  return key;
}

async function openDemo({ context, stage }, fragment = '') {
  const page = await context.newPage();
  const told = [];
  page.on('console', (message) => message.type() === 'error' && told.push(message.text()));
  await page.goto(`${stage.origin}/demo${fragment}`);
  return Object.assign(page, { told });
}

export function demoSuite(given) {
  test('the page shows a conversation that its fragment names, and no server sees the key', async () => {
    const key = await converse(given(), 'demo-fragment');
    const page = await openDemo(given(), `#key=${key}&conversation=conv_789`);
    const dashboard = page.locator('peer-widget').first().locator('iframe').contentFrame().locator('iframe').contentFrame();
    await dashboard.getByText('125').first().waitFor();
    const poll = page.locator('peer-widget').nth(1).locator('iframe').contentFrame().locator('iframe').contentFrame();
    await press(poll.getByRole('button', { name: 'Vote for tea' }));
    await page.getByRole('log').getByText('{"name":"vote","payload":{"for":"tea"}}').waitFor();
    assert.deepEqual(await violations(page.mainFrame()), []);
    assert.deepEqual(await violations(await widgetFrame(page), RULES_OF_PARTS), []);
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.deepEqual(await violations(page.mainFrame()), []);
    assert.deepEqual(page.told, []);
    assert.ok(!given().stage.requests.some((address) => address.includes(key)));
    await page.close();
  });

  test('without a fragment it asks', async () => {
    const key = await converse(given(), 'demo-form');
    const page = await openDemo(given());
    assert.deepEqual(await violations(page.mainFrame()), []);
    await page.getByLabel('API key').fill(key);
    await page.getByLabel('Conversation').fill('conv_789');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('What will it be?').waitFor();
    assert.equal(await page.locator('peer-widget').count(), 2);
    await page.close();
  });

  test('it says what is wrong', async () => {
    const page = await openDemo(given(), '#key=wgt_wrong&conversation=conv_789');
    await page.getByText('The API key is not valid').waitFor();
    await page.close();
    const key = await given().widgetd.createKey('demo-empty');
    const empty = await openDemo(given(), `#key=${key}&conversation=nobody`);
    await empty.getByText('This conversation has no messages yet.').waitFor();
    await empty.close();
  });
}
