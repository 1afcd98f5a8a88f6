// Measures how soon widgets are painted, and the requests for them:
//
//   node measure.mjs <path of a widgetd binary> [rounds] [path of another binary]
//
// With two binaries each round measures both, so that other load affects both. Use release builds. The time runs from setting the payload
// on a page whose script has loaded, to the paint after the widget's first commit, on loopback. Each round has a new browser context with
// an empty cache.

import { loadavg } from 'node:os';

import { start } from '../lib/widgetd.mjs';
import { launch } from './lib/chromium.mjs';
import { hostHtml } from './lib/host-page.mjs';
import { prebuiltPayloads } from './lib/prebuilt.mjs';
import { makeStage } from './lib/stage.mjs';

const ROUNDS = Number(process.argv[3] ?? 15);
const BINARIES = [process.argv[2], process.argv[4]].filter(Boolean);
/** Idle milliseconds of a page before its first message. */
const IDLE_TIME = 1000;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const sorted = (values) => [...values].sort((a, b) => a - b);
const at = (values, part) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * part))];

/** Shows widgets, and resolves with the milliseconds until the frame has been painted with the last of them. */
const show = ([payloads, columns]) =>
  new Promise((resolve) => {
    const main = document.querySelector('main');
    if (columns) main.style.cssText = `display: grid; grid-template-columns: repeat(${columns}, 1fr)`;
    const started = performance.now();
    let missing = payloads.length;
    for (const payload of payloads) {
      const element = document.createElement('peer-widget');
      element.addEventListener('widget-ready', () => {
        missing -= 1;
        // Sent from the commit; the frame's and the page's next frames paint it.
        if (missing === 0) requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - started)));
      });
      if (columns) element.setAttribute('max-height', '160');
      main.append(element);
      element.payload = payload;
    }
  });

const KINDS = {
  first: 'first widget of a new profile',
  warm: 'first widget of a page, cached',
  next: 'next widget, a second later',
  atOnce: 'next widget, at once',
  twenty: 'twenty widgets',
};

async function round({ stage, payload }, browser, timings, requests) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const open = async () => {
    const page = await context.newPage();
    await page.goto(stage.page(hostHtml(stage, [])));
    await pause(IDLE_TIME);
    return page;
  };
  const first = await open();
  timings.first.push(await first.evaluate(show, [[payload]]));
  await first.close();
  const page = await open();
  timings.warm.push(await page.evaluate(show, [[payload]]));
  timings.atOnce.push(await page.evaluate(show, [[payload]]));
  await pause(IDLE_TIME);
  timings.next.push(await page.evaluate(show, [[payload]]));
  await page.close();
  await context.close();

  const another = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const many = await another.newPage();
  stage.requests.length = 0;
  await many.goto(stage.page(hostHtml(stage, [])));
  await pause(IDLE_TIME);
  timings.twenty.push(await many.evaluate(show, [Array(20).fill(payload), 4]));
  requests.push(stage.requests.length);
  await another.close();
}

const browser = await launch();
const subjects = [];
try {
  for (const program of BINARIES) {
    const widgetd = await start({}, program);
    const stage = await makeStage(widgetd);
    const payload = (await prebuiltPayloads(stage)).find(({ widgetKey }) => widgetKey === 'user-growth-line-chart');
    const timings = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, []]));
    subjects.push({ program, widgetd, stage, payload, timings, requests: [] });
  }
  const before = loadavg()[0];
  for (let count = 0; count < ROUNDS; count += 1) {
    for (const subject of subjects) await round(subject, browser, subject.timings, subject.requests);
  }
  console.log(
    `median of ${ROUNDS}, with the lowest and the 90th percentile, in ms; load ${before.toFixed(2)} before, ${loadavg()[0].toFixed(2)} after`,
  );
  for (const [kind, label] of Object.entries(KINDS)) {
    const columns = subjects.map(
      ({ timings }) => `${at(timings[kind], 0.5).toFixed(0)} (${at(timings[kind], 0).toFixed(0)}–${at(timings[kind], 0.9).toFixed(0)})`,
    );
    console.log(`${label.padEnd(34)}${columns.map((text) => text.padEnd(20)).join('')}`);
  }
  console.log(`${'requests for twenty'.padEnd(34)}${subjects.map(({ requests }) => String(at(requests, 0.5)).padEnd(20)).join('')}`);
} finally {
  await browser.close();
  for (const { stage, widgetd } of subjects) {
    await stage.close();
    await widgetd.stop();
  }
}
