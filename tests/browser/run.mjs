// Rendering in Chromium, Firefox and WebKit: `node run.mjs <path of the widgetd binary> [part of a name, as "firefox: element"]`.

import { after, before, suite } from 'node:test';

import { start } from '../lib/widgetd.mjs';
import { openEngine } from './lib/engines.mjs';
import { makeStage } from './lib/stage.mjs';
import { casesSuite } from './suites/cases.mjs';
import { demoSuite } from './suites/demo.mjs';
import { elementSuite } from './suites/element.mjs';
import { focusSuite } from './suites/focus.mjs';
import { intrusionSuite } from './suites/intrusion.mjs';
import { kitSuite } from './suites/kit.mjs';
import { librariesSuite } from './suites/libraries.mjs';
import { loopsSuite } from './suites/loops.mjs';
import { originsSuite } from './suites/origins.mjs';
import { outwardSuite } from './suites/outward.mjs';
import { pagesSuite } from './suites/pages.mjs';
import { pinnedSuite } from './suites/pinned.mjs';
import { prebuiltSuite } from './suites/prebuilt.mjs';
import { sandboxSuite } from './suites/sandbox.mjs';
import { shownSuite } from './suites/shown.mjs';
import { stylesSuite } from './suites/styles.mjs';
import { tailwindSuite } from './suites/tailwind.mjs';
import { widgetsSuite } from './suites/widgets.mjs';

const EVERYWHERE = {
  shown: shownSuite,
  styles: stylesSuite,
  libraries: librariesSuite,
  kit: kitSuite,
  tailwind: tailwindSuite,
  cases: casesSuite,
  outward: outwardSuite,
  prebuilt: prebuiltSuite,
  widgets: widgetsSuite,
  element: elementSuite,
  sandbox: sandboxSuite,
  intrusion: intrusionSuite,
  focus: focusSuite,
};

/**
 * Two queues, which run at the same time and take about as long: the engines of each run one after the other. All tests of an engine
 * start together and wait for one of its browsers, so their durations include that. The longest come first.
 */
const QUEUES = {
  'first queue': [
    { engine: 'chromium', suites: { pages: pagesSuite, pinned: pinnedSuite, demo: demoSuite, origins: originsSuite, ...EVERYWHERE } },
    { engine: 'webkit', suites: EVERYWHERE },
  ],
  'second queue': [
    // A widget that loops takes a whole processor.
    { engine: 'chromium', suites: { loops: loopsSuite }, browsers: 1 },
    { engine: 'firefox', suites: { loops: loopsSuite, origins: originsSuite, ...EVERYWHERE } },
  ],
};

let widgetd;
let stage;
before(async () => {
  widgetd = await start({ WIDGETD_RATE_LIMIT_WRITE: 'off' });
  stage = await makeStage(widgetd);
});
after(async () => {
  await stage?.close();
  await widgetd?.stop();
  // What a failed test has left open does not keep the process.
  setTimeout(() => process.exit(), 10_000).unref();
});

const wanted = process.argv[3] ?? '';

/** Defines the wanted suites of an engine. `browsers` is the number of pages that are open at the same time. */
function defineEngine({ engine, suites, browsers = 2 }) {
  const chosen = Object.entries(suites).filter(([name]) => `${engine}: ${name}`.includes(wanted));
  if (chosen.length === 0) return;
  suite(engine, { concurrency: true }, () => {
    let context;
    before(() => {
      context = openEngine(engine, browsers);
    });
    after(() => context?.close());
    for (const [name, define] of chosen) {
      suite(`${engine}: ${name}`, { concurrency: true }, () => define(() => ({ context, stage, widgetd, engine }), engine));
    }
  });
}

suite('browsers', { concurrency: 2 }, () => {
  for (const [name, engines] of Object.entries(QUEUES)) suite(name, { concurrency: 1 }, () => engines.forEach(defineEngine));
});
