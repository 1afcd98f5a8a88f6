// How soon a widget is painted, and how much is loaded for it: `node measure.mjs <path of the widgetd binary> [rounds]`.
//
// From the moment that a page gives <peer-widget> its payload to the paint that follows the widget's first commit, on loopback.
// Cold: an empty cache and a new browser context each time. Warm: the same page again. A release build, please.

import { start } from '../lib/widgetd.mjs';
import { launch } from './lib/chromium.mjs';
import { hostHtml } from './lib/host-page.mjs';
import { prebuiltPayloads } from './lib/prebuilt.mjs';
import { makeStage } from './lib/stage.mjs';

const ROUNDS = Number(process.argv[3] ?? 21);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const high = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.9)];
const milliseconds = (values) => `${median(values).toFixed(0)} ms (90 % within ${high(values).toFixed(0)} ms)`;

/** Gives the payload, and resolves with the milliseconds until the frame has been painted with the widget. */
const show = (payload) =>
  new Promise((resolve) => {
    const element = document.createElement('peer-widget');
    const started = performance.now();
    element.addEventListener('widget-ready', () => {
      // Sent from the commit; the frame's and the page's next frames paint it.
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - started)));
    });
    document.querySelector('main').append(element);
    element.payload = payload;
  });

const widgetd = await start();
const stage = await makeStage(widgetd);
const browser = await launch();
try {
  const payload = (await prebuiltPayloads(stage)).find(({ widgetKey }) => widgetKey === 'user-growth-line-chart');
  const address = stage.page(hostHtml(stage, []));
  const times = { cold: [], warm: [], another: [] };
  const loaded = new Map();
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext();
    for (const kind of ['cold', 'warm']) {
      const page = await context.newPage();
      if (kind === 'cold') {
        page.on('response', async (response) => {
          const { responseBodySize } = await response.request().sizes().catch(() => ({}));
          if (response.url().startsWith(stage.origin)) loaded.set(new URL(response.url()).pathname, responseBodySize);
        });
      }
      await page.goto(address);
      times[kind].push(await page.evaluate(show, payload));
      if (kind === 'warm') times.another.push(await page.evaluate(show, payload));
      await page.close();
    }
    await context.close();
  }
  console.log(`cold            ${milliseconds(times.cold)}`);
  console.log(`warm            ${milliseconds(times.warm)}`);
  console.log(`another of them ${milliseconds(times.another)}`);
  for (const [path, size] of loaded) console.log(`${String(size).padStart(7)} bytes ${path}`);
  console.log(`${String([...loaded.values()].reduce((sum, size) => sum + size, 0)).padStart(7)} bytes in ${loaded.size} requests`);
} finally {
  await browser.close();
  await stage.close();
  await widgetd.stop();
}
