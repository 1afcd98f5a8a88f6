// Rendering in a real Chromium: `node run.mjs <path of the widgetd binary> [part of a suite's name]`.

import { after, before, suite } from 'node:test';

import { start } from '../lib/widgetd.mjs';
import { launch } from './lib/chromium.mjs';
import { makeStage } from './lib/stage.mjs';
import { sandboxSuite } from './suites/sandbox.mjs';

const SUITES = { sandbox: sandboxSuite };

let widgetd;
let stage;
let browser;
let context;
before(async () => {
  widgetd = await start();
  stage = await makeStage(widgetd);
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 720, height: 900 } });
});
after(async () => {
  await browser?.close();
  await stage?.close();
  await widgetd?.stop();
});

const wanted = process.argv[3] ?? '';
for (const [name, define] of Object.entries(SUITES)) {
  if (name.includes(wanted)) suite(name, () => define(() => ({ browser, context, stage, widgetd })));
}
