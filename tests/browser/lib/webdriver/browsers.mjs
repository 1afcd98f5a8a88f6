// Browsers with one page at a time each. An unresponsive page only costs its browser, not other tests.

import { startFirefox } from './firefox.mjs';
import { Page } from './page.mjs';
import { startWebKit } from './webkit.mjs';

const START = { firefox: startFirefox, webkit: startWebKit };

const CAPABILITIES = {
  acceptInsecureCerts: true,
  // Otherwise WebKit waits before each command until the page has loaded, which may never happen.
  pageLoadStrategy: 'none',
  timeouts: { script: 30_000, pageLoad: 30_000, implicit: 0 },
};
/** Milliseconds after which a command fails and its browser is killed. */
const LONGEST = 45_000;

class Session {
  #browser;
  #last = Promise.resolve();
  #release;
  broken = false;

  constructor(browser) {
    this.#browser = browser;
  }
  /** Runs the function with exclusive use of `send`. */
  use(body) {
    const turn = this.#last.then(() => this.#guard(body((...rest) => this.#browser.send(...rest))));
    this.#last = turn.catch(() => {});
    return turn;
  }
  async #guard(promise) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => {
        this.broken = true;
        reject(new Error(`the page did not answer for ${LONGEST / 1000} seconds`));
        void this.#browser.stop();
      }, LONGEST);
    });
    try {
      return await Promise.race([promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }
  lend(release) {
    this.#release = release;
    return new Page(this);
  }
  release() {
    return this.#release();
  }
  stop() {
    return this.#browser.stop();
  }
}

/** A context with `newPage()`, which starts up to `count` browsers on demand. */
export function openBrowsers(engine, count) {
  const all = new Set();
  const free = [];
  const waiting = [];
  let started = 0;

  async function start() {
    started += 1;
    const session = new Session(await START[engine](CAPABILITIES));
    all.add(session);
    return session;
  }
  async function take() {
    if (free.length > 0) return free.pop();
    if (started < count) return start();
    return new Promise((resolve) => waiting.push(resolve));
  }
  async function give(session) {
    await session
      .use(async (send) => {
        await send('POST', '/frame', { id: null });
        await send('POST', '/url', { url: 'about:blank' });
        const [kept, ...others] = await send('GET', '/window/handles');
        for (const handle of others) {
          await send('POST', '/window', { handle, name: handle });
          await send('DELETE', '/window');
          await send('POST', '/window', { handle: kept, name: kept });
        }
      })
      .catch(() => {
        session.broken = true;
      });
    if (session.broken) {
      all.delete(session);
      await session.stop();
      session = await start();
      started -= 1;
    }
    const next = waiting.shift();
    if (next) next(session);
    else free.push(session);
  }
  return {
    async newPage() {
      const session = await take();
      return session.lend(() => give(session));
    },
    close: () => Promise.all([...all].map((session) => session.stop())),
  };
}
