// A page over WebDriver with the part of Playwright's interface that the suites use.

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
/** Interval and timeout of polling, in milliseconds. */
const INTERVAL = 40;
const TIMEOUT = 60_000;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function poll(what, timeout, ask) {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await ask().catch((error) => {
      // A frame or an element that was just replaced.
      if (!/stale|no such (frame|element|window)|detached|javascript error/.test(`${error.code} ${error.message}`)) throw error;
      return undefined;
    });
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${timeout} ms: ${what}`);
    await pause(INTERVAL);
  }
}

/** Runs in the page: calls the function and returns JSON, or the error. */
const SCRIPT = (body) => `const done = arguments[arguments.length - 1]; const given = arguments;
  Promise.resolve().then(() => ${body}).then((value) => done({ value: JSON.stringify(value) ?? null }), (error) => done({ error: String(error) }));`;

const text = (what) => (typeof what === 'function' ? `(${what})` : what);

/** Elements of a frame: by a selector that goes through open shadow roots, or by the text of the innermost. */
const FIND = (({ css, words, at, one }) => {
  const all = (root, selector) =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      ...(element.matches(selector) ? [element] : []),
      ...(element.shadowRoot ? all(element.shadowRoot, selector) : []),
    ]);
  const [first, ...rest] = css.split(/ +(?![^[]*\])/);
  let found = all(document, first);
  for (const part of rest)
    found = found.flatMap((element) => [...all(element, part), ...(element.shadowRoot ? all(element.shadowRoot, part) : [])]);
  if (words !== undefined)
    found = found.filter(
      (element) => element.textContent.includes(words) && ![...element.children].some((child) => child.textContent.includes(words)),
    );
  found = [...new Set(found)];
  if (at !== undefined) found = [found.at(at)].filter(Boolean);
  return one ? found[0] : found;
}).toString();

class Locator {
  constructor(frame, query) {
    this.frame = frame;
    this.query = query;
  }
  nth(at) {
    return new Locator(this.frame, { ...this.query, at });
  }
  first() {
    return this.nth(0);
  }
  last() {
    return this.nth(-1);
  }
  locator(css) {
    return new Locator(this.frame, { ...this.query, inner: css });
  }
  contentFrame() {
    return new Frame(this.frame.page, [...this.frame.path, this.query]);
  }
  /** Calls the function with the current elements. */
  #all(body, given) {
    return this.frame.call(`(${body})(${expression(this.query)}, given[0])`, given);
  }
  async #one(body, given, timeout = TIMEOUT) {
    const what = () => this.#all(`(found, given) => found[0] ? { value: (${body})(found[0], given) } : undefined`, given);
    return (await poll(JSON.stringify(this.query), timeout, what)).value;
  }
  async elementHandle() {
    await this.waitFor();
    return this;
  }
  count() {
    return this.#all('(found) => found.length');
  }
  waitFor({ timeout } = {}) {
    return this.#one('() => true', undefined, timeout);
  }
  evaluate(body, given) {
    return this.#one(text(body), given);
  }
  textContent() {
    return this.#one('(element) => element.textContent');
  }
  getAttribute(name) {
    return this.#one('(element, name) => element.getAttribute(name)', name);
  }
  boundingBox() {
    return this.#one('(element) => { const { x, y, width, height } = element.getBoundingClientRect(); return { x, y, width, height }; }');
  }
  focus() {
    return this.#one('(element) => element.focus()');
  }
  /** Waits, as Playwright does before a click, until the element stays where it is in a frame that keeps its size. */
  async #settle() {
    const place = '(element) => JSON.stringify([element.getBoundingClientRect(), innerWidth, innerHeight])';
    for (let [last, tries] = ['', 0]; tries < 50; tries += 1) {
      const now = await this.#one(place);
      if (now === last) return;
      last = now;
      await pause(INTERVAL);
    }
  }
  /** Clicks with a real pointer. */
  async click({ button = 'left', modifiers = [], clickCount = 1 } = {}) {
    await this.#settle();
    const keys = modifiers.map((name) => KEYS[name]);
    await this.frame.act(this.query, (element) => {
      const number = ['left', 'middle', 'right'].indexOf(button);
      const clicks = Array.from({ length: clickCount }, () => [
        { type: 'pointerDown', button: number },
        { type: 'pointerUp', button: number },
      ]).flat();
      const pointer = [{ type: 'pointerMove', x: 0, y: 0, origin: element }, ...keys.map(() => ({ type: 'pause' })), ...clicks];
      const held = [
        { type: 'pause' },
        ...keys.map((value) => ({ type: 'keyDown', value })),
        ...clicks.map(() => ({ type: 'pause' })),
        ...keys.map((value) => ({ type: 'keyUp', value })),
      ];
      return [
        { type: 'key', id: 'keys', actions: held },
        { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: pointer },
      ];
    });
  }
}

const expression = ({ inner, ...query }) => {
  const found = `(${FIND})(${JSON.stringify(query)})`;
  if (!inner) return found;
  return `${found}.flatMap((element) => [element, element.shadowRoot].filter(Boolean).flatMap((root) => [...root.querySelectorAll(${JSON.stringify(inner)})]))`;
};

class Frame {
  constructor(page, path) {
    this.page = page;
    this.path = path;
  }
  /** A function is called; text is a script. */
  evaluate(body, given) {
    return this.call(typeof body === 'function' ? `(${body})(given[0])` : `{ ${body}\n; }`, given);
  }
  call(expression, given) {
    return this.page.session.use(async (send) => {
      await this.#enter(send);
      return run(send, expression, given);
    });
  }
  async #enter(send) {
    await send('POST', '/frame', { id: null });
    for (const query of this.path) await send('POST', '/frame', { id: await element(send, query) });
  }
  /** Performs WebDriver actions that begin at an element. */
  act(query, actions) {
    return this.page.session.use(async (send) => {
      await this.#enter(send);
      await send('POST', '/actions', { actions: actions(query && (await element(send, query))) });
    });
  }
  async waitForFunction(body, given, { timeout = TIMEOUT } = {}) {
    await poll(String(body), timeout, () => this.evaluate(body, given));
  }
  locator(css) {
    return new Locator(this, { css });
  }
  getByText(words) {
    return new Locator(this, { css: 'body *', words });
  }
  waitForSelector(css) {
    return this.locator(css).elementHandle();
  }
}

async function run(send, call, given) {
  const { value, error } = await send('POST', '/execute/async', { script: SCRIPT(call), args: [given ?? null] });
  if (error !== undefined) throw new Error(error);
  return value === null ? undefined : JSON.parse(value);
}

async function element(send, query) {
  const script = `arguments[arguments.length - 1](${expression(query)}[0] ?? null)`;
  const found = await send('POST', '/execute/async', { script, args: [] });
  if (!found) throw Object.assign(new Error(JSON.stringify(query)), { code: 'no such element' });
  return { [ELEMENT]: found[ELEMENT] };
}

const KEYS = {
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Escape: '\uE00C',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};

export class Page extends Frame {
  #release;
  constructor(session, release) {
    super(undefined, []);
    this.page = this;
    this.session = session;
    this.#release = release;
  }
  /** Resolves once the document is parsed. */
  async goto(address) {
    await this.session.use((send) => send('POST', '/url', { url: address }));
    const arrived = (address) => location.href === address && document.readyState !== 'loading';
    await this.waitForFunction(arrived, new URL(address).href, { timeout: 30_000 });
  }
  mainFrame() {
    return this;
  }
  url() {
    return this.evaluate(() => location.href);
  }
  keyboard = {
    press: (chord) => {
      const keys = chord.split('+').map((name) => KEYS[name] ?? name);
      const actions = [
        ...keys.map((value) => ({ type: 'keyDown', value })),
        ...[...keys].reverse().map((value) => ({ type: 'keyUp', value })),
      ];
      return this.session.use((send) => send('POST', '/actions', { actions: [{ type: 'key', id: 'keys', actions }] }));
    },
  };
  /** Other windows that the page has opened. */
  async popups() {
    return (await this.session.use((send) => send('GET', '/window/handles'))).length - 1;
  }
  async screenshot() {
    return Buffer.from(await this.session.use((send) => send('GET', '/screenshot')), 'base64');
  }
  close() {
    return this.#release();
  }
}
