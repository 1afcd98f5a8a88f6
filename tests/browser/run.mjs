// Rendering in Chromium, Firefox and WebKit: `node run.mjs <path of the widgetd binary> [part of a name, as "firefox: element"]`.

import { after, before, suite } from 'node:test';

import { start } from '../lib/widgetd.mjs';
import { ENGINES } from './lib/engines.mjs';
import { makeStage } from './lib/stage.mjs';
import { casesSuite } from './suites/cases.mjs';
import { demoSuite } from './suites/demo.mjs';
import { elementSuite } from './suites/element.mjs';
import { focusSuite } from './suites/focus.mjs';
import { intrusionSuite } from './suites/intrusion.mjs';
import { loopsSuite } from './suites/loops.mjs';
import { outwardSuite } from './suites/outward.mjs';
import { pagesSuite } from './suites/pages.mjs';
import { prebuiltSuite } from './suites/prebuilt.mjs';
import { sandboxSuite } from './suites/sandbox.mjs';
import { shownSuite } from './suites/shown.mjs';
import { widgetsSuite } from './suites/widgets.mjs';

const ALL = Object.keys(ENGINES);
/** `alone`: engines in which tabs would affect each other, since they share the focus and the process of the service's frames. */
const SUITES = {
  prebuilt: { define: prebuiltSuite, engines: ALL },
  widgets: { define: widgetsSuite, engines: ALL, alone: ['chromium'] },
  element: { define: elementSuite, engines: ALL },
  shown: { define: shownSuite, engines: ALL },
  cases: { define: casesSuite, engines: ALL },
  outward: { define: outwardSuite, engines: ALL },
  demo: { define: demoSuite, engines: ['chromium'] },
  pages: { define: pagesSuite, engines: ['chromium'] },
  sandbox: { define: sandboxSuite, engines: ALL },
  intrusion: { define: intrusionSuite, engines: ALL },
  focus: { define: focusSuite, engines: ALL, alone: ['chromium'] },
  loops: { define: loopsSuite, engines: ['chromium', 'firefox'], alone: ['chromium'] },
};

let widgetd;
let stage;
before(async () => {
  widgetd = await start();
  stage = await makeStage(widgetd);
});
after(async () => {
  await stage?.close();
  await widgetd?.stop();
});

const wanted = process.argv[3] ?? '';
for (const engine of ALL) {
  const suites = Object.entries(SUITES).filter(([name, { engines }]) => engines.includes(engine) && `${engine}: ${name}`.includes(wanted));
  if (suites.length === 0) continue;
  suite(engine, () => {
    let opened;
    before(async () => {
      opened = await ENGINES[engine]();
    });
    after(() => opened?.close());
    for (const [name, { define, alone = [] }] of suites) {
      suite(`${engine}: ${name}`, { concurrency: alone.includes(engine) ? 1 : 3 }, () =>
        define(() => ({ ...opened, stage, widgetd, engine }), engine),
      );
    }
  });
}
