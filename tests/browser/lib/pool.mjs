// Browsers with one page at a time each: their pages share neither the focus nor a process, and an unresponsive page costs only its
// browser, not other tests.

import { pagesOfTest } from './test.mjs';

/**
 * A context with `newPage()`, which starts up to `count` browsers on demand and waits for a free one.
 *
 * `start` resolves with a browser: `open(release)` resolves with a page that calls `release` when it is closed, `reset` prepares the
 * browser for the next page and resolves with whether it is still usable, `stop` ends it.
 */
export function poolBrowsers(count, start) {
  const all = new Set();
  const free = [];
  const waiting = [];
  let started = 0;

  async function begin() {
    const browser = await start();
    all.add(browser);
    return browser;
  }
  function take() {
    if (free.length > 0) return free.pop();
    if (started === count) return new Promise((resolve) => waiting.push(resolve));
    started += 1;
    return begin();
  }
  async function give(browser) {
    if (await browser.reset().catch(() => false)) {
      free.push(browser);
    } else {
      all.delete(browser);
      await browser.stop();
      started -= 1;
    }
    waiting.shift()?.(take());
  }
  return {
    async newPage() {
      const open = pagesOfTest();
      const browser = await take();
      let page;
      let released = false;
      const release = async () => {
        if (released) return;
        released = true;
        open.delete(page);
        await give(browser);
      };
      try {
        page = await browser.open(release);
      } catch (error) {
        await release();
        throw error;
      }
      open.add(page);
      return page;
    },
    close: () => Promise.all([...all].map((browser) => browser.stop())),
  };
}
