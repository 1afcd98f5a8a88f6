// Widgets that loop next to widgets that do not.

import assert from 'node:assert/strict';

import { openHost, press, raised, widgetFrame } from '../lib/host-page.mjs';
import { test } from '../lib/test.mjs';
import { COUNTER, LOOPS } from './samples.mjs';

/** Milliseconds for which the page's script may be blocked. A frame in the page's process would block it permanently. */
const LONGEST_GAP = 2000;

const watchGaps = () => {
  window.gap = 0;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    window.gap = Math.max(window.gap, now - last);
    last = now;
  }, 20);
};

/** Loops to test by page. Firefox runs frames of the page's site in its process, WebKit all frames. */
const CASES = {
  chromium: { elsewhere: Object.keys(LOOPS), origin: ['while it renders', 'in a handler'] },
  firefox: { elsewhere: ['in a handler', 'in an observer'] },
};

/** Loops some time after its first commit, in code that the frame does not track. */
const LATE_LOOP = `import { useEffect } from 'react';
export default function Late() {
  useEffect(() => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => { for (;;); });
    port1.start();
    setTimeout(() => port2.postMessage(1), 1500);
  }, []);
  return 'Late';
}`;
const SLOW_MODULE = 'await new Promise((resolve) => setTimeout(resolve, 4000)); export default function Slow() { return "Slow"; }';

export function loopsSuite(given, engine) {
  test('a widget whose module loads slowly is not ended for the loop of another', async () => {
    const { context, stage } = given();
    const payloads = [stage.payload(LATE_LOOP), stage.payload(SLOW_MODULE)];
    const page = await openHost(context, stage, payloads, { at: stage.elsewhere, waitUntil: 'commit' });
    assert.equal((await raised(page, 'widget-error', { at: 0, timeout: 90_000 })).kind, 'hang');
    await raised(page, 'widget-ready', { at: 1, timeout: 60_000 });
    assert.deepEqual(await page.evaluate(() => raised.filter(({ type, at }) => type === 'widget-error' && at === 1)), []);
    await page.close();
  });

  for (const [place, names] of Object.entries(CASES[engine])) {
    const where = place === 'origin' ? "the service's own origin" : 'another site';
    for (const name of names) {
      const { source, click } = LOOPS[name];
      test(`on a page of ${where}, a widget that loops ${name} is ended, and its neighbors restart`, async () => {
        const { context, stage } = given();
        const neighbor = (text) => stage.payload(`${COUNTER}//${text}`, { data: { label: text } });
        const payloads = [neighbor('Left'), stage.payload(source), neighbor('Right')];
        const scripts = `<script>(${watchGaps})()</script>`;
        const page = await openHost(context, stage, payloads, { at: stage[place], scripts, waitUntil: 'commit' });
        if (click) {
          await raised(page, 'widget-ready', { at: 1 });
          // The click never returns, so it is not awaited.
          const frame = await widgetFrame(page, 1);
          await frame.evaluate(() => void setTimeout(() => document.querySelector('button').click(), 50));
        }
        const { kind, fatal } = await raised(page, 'widget-error', { at: 1, timeout: 90_000 });
        assert.deepEqual([kind, fatal], ['hang', true]);
        assert.equal(await page.locator('peer-widget').nth(1).locator('[part=fallback]').textContent(), 'The text of the message');
        for (const at of [0, 2]) {
          const frame = await (async () => {
            await page
              .locator('peer-widget')
              .nth(at)
              .locator('iframe')
              .contentFrame()
              .locator('iframe')
              .contentFrame()
              .locator('button')
              .waitFor({ timeout: 60_000 });
            return widgetFrame(page, at);
          })();
          await press(frame.locator('button'));
          await frame.getByText(': 1').waitFor();
        }
        const errors = await page.evaluate(() => raised.filter(({ type, at }) => type === 'widget-error' && at !== 1));
        assert.deepEqual(errors, []);
        const gap = await page.evaluate(() => window.gap);
        assert.ok(gap < LONGEST_GAP, `the page stood still for ${Math.round(gap)} ms`);
        await page.close();
      });
    }
  }
}
