// Rendering in a real Chromium: `node run.mjs <path of the widgetd binary> [part of a suite's name]`.

import { after, before, suite } from 'node:test';

import { start } from '../lib/widgetd.mjs';
import { launch } from './lib/chromium.mjs';
import { makeStage } from './lib/stage.mjs';
import { demoSuite } from './suites/demo.mjs';
import { elementSuite } from './suites/element.mjs';
import { loopsSuite } from './suites/loops.mjs';
import { prebuiltSuite } from './suites/prebuilt.mjs';
import { sandboxSuite } from './suites/sandbox.mjs';

// Frames of the service may share a process across tabs, so a widget that loops in one test would disturb the others.
const ONE_BY_ONE = ['loops'];
const SUITES = { prebuilt: prebuiltSuite, element: elementSuite, demo: demoSuite, sandbox: sandboxSuite, loops: loopsSuite };

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
  if (name.includes(wanted)) suite(name, { concurrency: ONE_BY_ONE.includes(name) ? 1 : 3 }, () => define(() => ({ browser, context, stage, widgetd })));
}
