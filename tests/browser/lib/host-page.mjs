// A customer's page with widgets, and helpers that inspect it.

/** The page's HTML. `window.raised` collects the events of its widgets. */
export function hostHtml(stage, payloads, { lang = 'en', style = '', attributes = '', scripts = '' } = {}) {
  const widgets = payloads.map((payload) => {
    const json = JSON.stringify(payload).replaceAll('<', '\\u003c');
    return `<peer-widget ${attributes}><script type="application/json">${json}</script></peer-widget>`;
  });
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>A customer's page</title>
<link rel="icon" href="data:,">
<style>${style}</style>
<script>
  window.raised = [];
  for (const type of ['widget-ready', 'widget-action', 'widget-error', 'widget-link', 'widget-download']) {
    addEventListener(type, (event) => raised.push({ type, detail: event.detail, at: [...document.querySelectorAll('peer-widget')].indexOf(event.target) }));
  }
</script>
<script src="${stage.origin}/embed/v1.js" defer></script></head>
<body><main><h1>A conversation</h1><button id="before">Before</button>${widgets.join('')}<button id="after">After</button></main>${scripts}</body></html>`;
}

/** Opens a page that shows the payloads. */
export async function openHost(context, stage, payloads, options = {}) {
  const page = await context.newPage();
  const logged = [];
  // WebDriver does not report console messages.
  page.on?.('console', (message) => ['error', 'warning'].includes(message.type()) && logged.push(message.text()));
  page.on?.('pageerror', (error) => logged.push(String(error)));
  await page.goto(stage.page(hostHtml(stage, payloads, options), options), { waitUntil: options.waitUntil ?? 'load' });
  return Object.assign(page, { logged });
}

/** Waits for the first event of the type that the n-th widget raises, and resolves with its detail. */
export async function raised(page, type, { at = 0, timeout = 60_000 } = {}) {
  const first = ([type, at]) => window.raised.find((event) => event.type === type && event.at === at);
  await page.waitForFunction(first, [type, at], { timeout });
  return (await page.evaluate(first, [type, at])).detail;
}

/** The frame with the n-th widget's document. */
export async function widgetFrame(page, at = 0) {
  const outer = await page.locator('peer-widget').nth(at).locator('iframe').elementHandle();
  const frame = await outer.contentFrame();
  const inner = await frame.waitForSelector('iframe');
  return inner.contentFrame();
}

/** The height of an element, by default of the first widget, once it has been stable for 400 ms. */
export async function settledHeight(page, selector = 'peer-widget') {
  const height = () => page.evaluate((selector) => document.querySelector(selector).offsetHeight, selector);
  let [last, same] = [-1, 0];
  for (let tries = 0; tries < 100 && same < 8; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const now = await height();
    [last, same] = [now, now === last ? same + 1 : 0];
  }
  return last;
}

/** Clicks in a widget by script: a frame that is still resizing may move under a mouse. */
export const press = (button) => button.evaluate((element) => element.click());

/** The path of the frame's document, read from the page's script. */
export async function framePath(stage) {
  const script = await (await fetch(`${stage.origin}/embed/v1.js`)).text();
  return script.match(/\/embed\/v1\/frame-[0-9A-Za-z]+\.html/)[0];
}
