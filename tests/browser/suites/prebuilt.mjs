// Each pre-built widget with its example data in both themes.

import assert from 'node:assert/strict';

import { RULES_OF_PARTS, violations } from '../lib/axe.mjs';
import { openHost, raised, widgetFrame } from '../lib/host-page.mjs';
import { prebuiltPayloads } from '../lib/prebuilt.mjs';
import { test } from '../lib/test.mjs';

const KEYS = [
  'sales-funnel-progress',
  'shopping-cart-summary',
  'skills-comparison-radar',
  'support-ticket-overview',
  'task-kanban',
  'user-growth-line-chart',
  'weather-daily-highlight',
];

export function prebuiltSuite(given) {
  for (const [at, key] of KEYS.entries()) {
    for (const theme of ['light', 'dark']) {
      test(`${key} shows its example, ${theme}, without an error and accessibly`, async () => {
        const { context, stage } = given();
        const payload = (await prebuiltPayloads(stage))[at];
        assert.equal(payload.widgetKey, key);
        const background = theme === 'dark' ? '#0c0e13; color: white' : 'white';
        const page = await openHost(context, stage, [payload], {
          style: `:root { background: ${background} }`,
          attributes: `theme="${theme}"`,
        });
        try {
          await raised(page, 'widget-ready');
          const frame = await widgetFrame(page);
          const shown = await frame.evaluate(() => [
            document.querySelectorAll('h1, h2, h3, h4').length,
            document.body.innerText.trim().split('\n').length,
          ]);
          assert.ok(shown[0] >= 1 && shown[1] >= 3, `${shown[0]} headings, ${shown[1]} lines`);
          assert.deepEqual(await violations(frame, RULES_OF_PARTS), []);
          assert.deepEqual(await violations(page.mainFrame()), []);
          assert.deepEqual(await page.evaluate(() => raised.filter(({ type }) => type === 'widget-error')), []);
          assert.deepEqual(page.logged, []);
          const sideways = await frame.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
          assert.equal(sideways, false, 'it fits its width');
        } finally {
          await page.close();
        }
      });
    }
  }
}
