// A page with one widget or more, as a customer would write it, and what a test wants to know of it.

/** The page's HTML. What widgets raise is gathered in `window.raised`. */
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
  for (const type of ['widget-ready', 'widget-action', 'widget-error']) {
    addEventListener(type, (event) => raised.push({ type, detail: event.detail, at: [...document.querySelectorAll('peer-widget')].indexOf(event.target) }));
  }
</script>
<script src="${stage.origin}/embed/v1.js" defer></script></head>
<body><main><h1>A conversation</h1><button id="before">Before</button>${widgets.join('')}<button id="after">After</button></main>${scripts}</body></html>`;
}

/** Opens a page that shows the payloads. */
export async function openHost(context, stage, payloads, options = {}) {
  const page = await context.newPage();
  const told = [];
  // WebDriver does not report what a console is told.
  page.on?.('console', (message) => ['error', 'warning'].includes(message.type()) && told.push(message.text()));
  page.on?.('pageerror', (error) => told.push(String(error)));
  await page.goto(stage.page(hostHtml(stage, payloads, options), options), { waitUntil: options.waitUntil ?? 'load' });
  return Object.assign(page, { told });
}

/** Waits for the first event of the type that the n-th widget raises, and resolves with its detail. */
export async function raised(page, type, { at = 0, timeout = 15_000 } = {}) {
  const first = ([type, at]) => window.raised.find((event) => event.type === type && event.at === at);
  await page.waitForFunction(first, [type, at], { timeout });
  return (await page.evaluate(first, [type, at])).detail;
}

/** The frame in which the n-th widget's own document is. */
export async function widgetFrame(page, at = 0) {
  const outer = await page.locator('peer-widget').nth(at).locator('iframe').elementHandle();
  const frame = await outer.contentFrame();
  const inner = await frame.waitForSelector('iframe');
  return inner.contentFrame();
}

/** Clicks in a widget without a mouse: a frame that is just being fitted to its widget may move away under one. */
export const press = (button) => button.evaluate((element) => element.click());

/** The path of the frame's document: the page's script knows its name. */
export async function framePath(stage) {
  const script = await (await fetch(`${stage.origin}/embed/v1.js`)).text();
  return script.match(/\/embed\/v1\/frame-[0-9A-Za-z]+\.html/)[0];
}
