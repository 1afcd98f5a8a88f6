// A browser that WebDriver commands. Its commands run one after the other.

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
  #broken = false;

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
        this.#broken = true;
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
  /** A page, which is the window that the browser has. */
  open(release) {
    return new Page(this, release);
  }
  /** Leaves the last page and closes the windows that it opened. */
  async reset() {
    await this.use(async (send) => {
      await send('POST', '/frame', { id: null });
      await send('POST', '/url', { url: 'about:blank' });
      const [kept, ...others] = await send('GET', '/window/handles');
      for (const handle of others) {
        await send('POST', '/window', { handle, name: handle });
        await send('DELETE', '/window');
        await send('POST', '/window', { handle: kept, name: kept });
      }
    });
    return !this.#broken;
  }
  stop() {
    return this.#browser.stop();
  }
}

/** Starts a browser for a pool. */
export const startSession = async (engine) => new Session(await START[engine](CAPABILITIES));
