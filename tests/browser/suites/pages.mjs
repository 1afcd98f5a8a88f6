// The service's pages: the start page, and the API reference, whose examples the tests run like a reader.

import assert from 'node:assert/strict';

import { violations } from '../lib/axe.mjs';
import { test } from '../lib/test.mjs';

/** Swagger UI creates a landmark with the same name for the responses of each operation. */
const RULES_OF_REFERENCE = { 'landmark-unique': { enabled: false } };

/** Each color scheme and each width once. */
const LOOKS = [
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 1280 },
];

/** Whether the page needs no horizontal scrolling. */
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

/** Lightness of the page's background, from 0 to 255. */
const lightness = (page) =>
  page.evaluate(() => Math.max(...getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).map(Number)));

async function open({ context, stage }, path, { colorScheme, width }) {
  const page = await context.newPage();
  const logged = [];
  page.on('console', (message) => message.type() === 'error' && logged.push(message.text()));
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`${stage.origin}${path}`);
  return Object.assign(page, { logged });
}

async function openReference(given, look = { colorScheme: 'light', width: 1280 }) {
  const page = await open(given, '/docs', look);
  await page.locator('.opblock').first().waitFor();
  return page;
}

/** Opens an operation of the reference. */
async function openOperation(page, id) {
  const operation = page.locator(`[id$="-${id}"].opblock`);
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Execute' }).waitFor();
  return operation;
}

/** Executes an operation unchanged, and resolves with the status of its response. */
async function execute(page, id) {
  const operation = await openOperation(page, id);
  await operation.getByRole('button', { name: 'Execute' }).click();
  const status = operation.locator('.live-responses-table tbody .response-col_status').first();
  return Number.parseInt(await status.textContent(), 10);
}

export function pagesSuite(given) {
  for (const look of LOOKS) {
    test(`the start page links the other pages, ${look.colorScheme} at ${look.width} px`, async () => {
      const page = await open(given(), '/', look);
      assert.deepEqual(await violations(page.mainFrame()), []);
      assert.ok(await fits(page));
      assert.equal((await lightness(page)) > 128, look.colorScheme === 'light');
      const icon = await page.locator('link[rel=icon]').evaluate((link) => fetch(link.href).then(({ status }) => status));
      assert.equal(icon, 200);
      for (const name of ['Demo', 'API reference']) {
        await page.getByRole('link', { name }).click();
        await page.waitForURL(/\/(demo|docs)$/);
        await page.getByRole('link', { name: 'Start' }).click();
        await page.waitForURL(/\/$/);
      }
      await page.close();
    });

    test(`the API reference is readable, ${look.colorScheme} at ${look.width} px`, async () => {
      const page = await openReference(given(), look);
      assert.equal(await page.title(), 'widgetd: API reference');
      for (const id of ['listWidgets', 'createWidget', 'updateWidget', 'deleteWidget']) await openOperation(page, id);
      assert.deepEqual(await violations(page.mainFrame(), RULES_OF_REFERENCE), []);
      assert.ok(await fits(page));
      assert.equal((await lightness(page)) > 128, look.colorScheme === 'light');
      assert.deepEqual(page.logged, []);
      await page.close();
    });
  }

  test('the examples of the API reference work, and use what earlier examples created', async () => {
    const key = await given().widgetd.createKey('reference');
    const page = await openReference(given());
    await page.locator('.btn.authorize').click();
    await page.getByLabel('Value').fill(key);
    await page.locator('.auth-btn-wrapper .authorize').click();
    await page.locator('.auth-btn-wrapper .btn-done').click();
    const steps = [
      ['listWidgets', 200],
      ['createWidget', 201],
      ['validateWidget', 200],
      ['getWidget', 200],
      ['updateWidget', 200],
      ['addPeerWidget', 201],
      ['updatePeerWidget', 200],
      ['removePeerWidget', 200],
      ['sendMessage', 201],
      ['getMessage', 200],
      ['renderMessage', 200],
      ['restoreVersion', 200],
      ['deleteWidget', 200],
    ];
    for (const [id, status] of steps) assert.equal(await execute(page, id), status, id);
    assert.deepEqual(page.logged, []);
    await page.close();
  });
}
