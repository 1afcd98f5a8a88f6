// The demo page with messages sent through the API.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { RULES_OF_PARTS, violations } from '../lib/axe.mjs';
import { press, widgetFrame } from '../lib/host-page.mjs';
import { test } from '../lib/test.mjs';

const examples = new URL('../../../docs/examples/', import.meta.url);
const example = async (name) => JSON.parse(await readFile(new URL(name, examples), 'utf8'));

/** A conversation in a new workspace, with the reference's dashboard and a widget that raises actions. */
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
  const logged = [];
  page.on('console', (message) => message.type() === 'error' && logged.push(message.text()));
  await page.goto(`${stage.origin}/demo${fragment}`);
  return Object.assign(page, { logged });
}

export function demoSuite(given) {
  test('the page shows the conversation in its fragment, and no server receives the key', async () => {
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
    assert.deepEqual(page.logged, []);
    assert.ok(!given().stage.requests.some((address) => address.includes(key)));
    await page.close();
  });

  test('without a fragment the page asks for key and conversation', async () => {
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

  const HTML = { status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' };
  const BUSY = { status: 503, headers: { 'retry-after': '2' }, json: { success: false, error: 'Busy', code: 'unavailable' } };
  const PROBLEMS = {
    'a text that is no key': { key: 'hello', shows: [/not an API key/, /begins with wgt_/, /widgetd key create/] },
    'a key with letters that no header can hold': { key: 'wgt_\u043f', shows: [/not an API key/] },
    'a key that the service does not know': { key: 'wgt_wrong', shows: [/API key is not valid/, /no such key/, /widgetd key create/] },
    'a key without the permission': { permissions: 'WIDGETS_MANAGE', shows: [/lacks a permission/, /--permissions WIDGETS_USE_BASIC/] },
    'a name that no conversation can have': { conversation: 'a\u0001b', shows: [/name of the conversation is not valid/, /1 to 256/] },
    'a service that is down': { route: (route) => route.abort(), shows: [/does not answer/, /may have stopped/], button: 'Try again' },
    'a proxy that answers itself': {
      route: (route) => route.fulfill(HTML),
      shows: [/not come from the service/, /502/, /proxy/],
      button: 'Try again',
    },
    'a service that is not ready': {
      route: (route) => route.fulfill(BUSY),
      shows: [/busy or not ready/, /again in 2 s/],
      button: 'Try again',
    },
  };
  for (const [name, { key, conversation = 'conv_789', permissions, route, shows, button }] of Object.entries(PROBLEMS)) {
    test(`the page shows what is wrong, why, and the remedy: ${name}`, async () => {
      const { context, stage, widgetd } = given();
      const page = await context.newPage();
      if (route) await page.route('**/api/v1/**', route, { times: 1 });
      const used = key ?? (await widgetd.createKey(`demo-${name.replaceAll(' ', '-')}`, permissions));
      await page.goto(`${stage.origin}/demo#key=${encodeURIComponent(used)}&conversation=${encodeURIComponent(conversation)}`);
      const problem = page.getByRole('alert');
      for (const text of shows) await problem.filter({ hasText: text }).waitFor();
      assert.deepEqual(await violations(page.mainFrame()), []);
      if (button) {
        await page.getByRole('button', { name: button }).click();
        await problem.filter({ hasText: 'This conversation has no messages' }).waitFor();
      }
      await page.close();
    });
  }

  test('the page names an empty conversation, and an example message fills it', async () => {
    const key = await given().widgetd.createKey('demo-empty');
    const name = 'conversation_with_a_name_that_is_one_very_long_word_'.repeat(2);
    const page = await openDemo(given(), `#key=${key}&conversation=${name}`);
    await page.setViewportSize({ width: 390, height: 800 });
    await page
      .getByRole('alert')
      .filter({ hasText: `No message was sent to “${name}”` })
      .waitFor();
    assert.ok(
      await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
      'nothing is cut at the side',
    );
    await page.getByRole('button', { name: 'Send an example message' }).click();
    const funnel = page.locator('peer-widget').locator('iframe').contentFrame().locator('iframe').contentFrame();
    await funnel.getByText('Trials').first().waitFor();
    assert.equal(await page.getByRole('alert').count(), 0, 'the problem is solved');
    assert.deepEqual(page.logged, []);
    await page.close();
  });

  test('the page says that a widget failed, and why', async () => {
    const key = await given().widgetd.createKey('demo-failing');
    const post = (path, body) =>
      fetch(`${given().stage.origin}/api/v1/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const component = 'export default function Broken({ data }) { return <p>{data.absent.name}</p>; }';
    assert.equal((await post('widget', { key: 'broken', name: 'Broken', schema: { type: 'object' }, component })).status, 201);
    assert.equal((await post('conversation/c/message', { type: 'widget', widgetKey: 'broken', data: {}, text: 'Its text' })).status, 201);
    const page = await openDemo(given(), `#key=${key}&conversation=c`);
    await page
      .getByText(/The widget was ended \(render\): .*absent|undefined/)
      .first()
      .waitFor();
    await page.getByText('Its text').last().waitFor();
    await page.close();
  });
}
