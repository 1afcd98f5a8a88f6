// The browsers for the suites. Each has `context.newPage()` with Playwright's interface, or the part of it that the suites use.

import { launch } from './chromium.mjs';
import { openBrowsers } from './webdriver/browsers.mjs';

/** Concurrent pages over WebDriver, each in a separate browser. */
const BROWSERS = 3;

async function openChromium() {
  const browser = await launch();
  const context = await browser.newContext({ viewport: { width: 720, height: 900 }, ignoreHTTPSErrors: true });
  return { browser, context, close: () => browser.close() };
}

async function openOver(engine) {
  const context = openBrowsers(engine, BROWSERS);
  return { context, close: () => context.close() };
}

export const ENGINES = {
  chromium: openChromium,
  firefox: () => openOver('firefox'),
  webkit: () => openOver('webkit'),
};
