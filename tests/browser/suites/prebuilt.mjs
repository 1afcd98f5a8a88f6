// Each pre-built widget, with its example data, in both themes.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RULES_OF_PARTS, violations } from '../lib/axe.mjs';
import { openHost, raised, widgetFrame } from '../lib/host-page.mjs';
import { prebuiltPayloads } from '../lib/prebuilt.mjs';

const KEYS = [
  'sales-funnel-progress', 'shopping-cart-summary', 'skills-comparison-radar', 'support-ticket-overview', 'task-kanban',
  'user-growth-line-chart', 'weather-daily-highlight',
];

export function prebuiltSuite(given) {
  for (const [at, key] of KEYS.entries()) {
    for (const theme of ['light', 'dark']) {
      test(`${key} shows its example, ${theme}, without an error and for everyone`, async () => {
        const { context, stage } = given();
        const payload = (await prebuiltPayloads(stage))[at];
        assert.equal(payload.widgetKey, key);
        const background = theme === 'dark' ? '#0c0e13; color: white' : 'white';
        const page = await openHost(context, stage, [payload], { style: `:root { background: ${background} }`, attributes: `theme="${theme}"` });
        await raised(page, 'widget-ready');
        const frame = await widgetFrame(page);
        const tree = await frame.locator('body').ariaSnapshot();
        assert.ok(tree.split('\n').length >= 4, tree);
        assert.match(tree, /heading/);
        assert.deepEqual(await violations(frame, RULES_OF_PARTS), []);
        assert.deepEqual(await violations(page.mainFrame()), []);
        assert.deepEqual(await page.evaluate(() => raised.filter(({ type }) => type === 'widget-error')), []);
        assert.deepEqual(page.told, []);
        const sideways = await frame.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
        assert.equal(sideways, false, 'it fits its width');
        await page.close();
      });
    }
  }
}
