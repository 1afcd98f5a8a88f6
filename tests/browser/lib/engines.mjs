// The browsers for the suites: contexts with `newPage()`. Pages have Playwright's interface, or the part of it that the suites use.

import { launch } from './chromium.mjs';
import { poolBrowsers } from './pool.mjs';
import { startSession } from './webdriver/session.mjs';

async function startChromium() {
  const browser = await launch();
  const context = await browser.newContext({ viewport: { width: 720, height: 900 }, ignoreHTTPSErrors: true });
  // Keeps the window open: a new window takes more processor time than most pages.
  const kept = await context.newPage();
  return {
    async open(release) {
      const page = await context.newPage();
      return page.once('close', release);
    },
    /** Closes the windows that the last page opened. */
    async reset() {
      for (const page of context.pages()) if (page !== kept) await page.close();
      return browser.isConnected();
    },
    stop: () => browser.close(),
  };
}

const START = {
  chromium: startChromium,
  firefox: () => startSession('firefox'),
  webkit: () => startSession('webkit'),
};

/** A context of up to `count` browsers, which are started on demand. */
export const openEngine = (engine, count) => poolBrowsers(count, START[engine]);
