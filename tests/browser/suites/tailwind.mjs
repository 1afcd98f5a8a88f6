// Style sheets of components with Tailwind's classes, compiled by the service and applied in the frame.

import assert from 'node:assert/strict';

import { preview } from '../lib/api.mjs';
import { openHost, raised, widgetFrame } from '../lib/host-page.mjs';
import { test } from '../lib/test.mjs';

const CARD = `import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
export default function Card() {
  return (
    <section id="card" className="rounded-lg bg-white p-6 dark:bg-slate-900">
      <h1 id="title" className="text-muted-foreground">Title</h1>
      <p id="box" className="mt-4 w-32 bg-primary text-primary-foreground hover:bg-red-500">Text</p>
      <p id="own">Text</p>
      <style>{'#own { color: rgb(1, 2, 3) }'}</style>
      <Button className="h-20 bg-red-500">Wide</Button>
      <Button>Plain</Button>
      <Badge className="px-10">New</Badge>
    </section>
  );
}`;

const PLAIN = `export default () => <main id="card"><h1 id="title">Title</h1><p id="box" className="note">Text</p></main>`;

const STYLE = `:root { --widget-bg: rgb(250, 250, 240); --widget-fg: rgb(10, 20, 30); --widget-accent: rgb(10, 80, 10); --widget-muted: rgb(90, 90, 80); --widget-radius: 20px }`;

/** What a browser computes for these properties of an element. */
const computed = (frame, selector, ...names) =>
  frame.evaluate(
    ([selector, names]) => names.map((name) => getComputedStyle(document.querySelector(selector)).getPropertyValue(name)),
    [selector, names],
  );

/** A color as the browser computes it, in whatever form Tailwind writes it. */
const color = (frame, value) =>
  frame.evaluate((value) => {
    const element = document.body.appendChild(document.createElement('i'));
    element.style.color = value;
    const computed = getComputedStyle(element).color;
    element.remove();
    return computed;
  }, value);

export function tailwindSuite(given, engine) {
  const open = async (component, { styles, ...options } = {}) => {
    const payload = await preview(given(), 'tailwind', 'styled', component, styles && { styles });
    const page = await openHost(given().context, given().stage, [payload], options);
    await raised(page, 'widget-ready');
    assert.deepEqual(await page.evaluate(() => window.raised.filter(({ type }) => type === 'widget-error')), []);
    return { page, payload, frame: await widgetFrame(page) };
  };

  test('utilities apply, with a rem of 16 pixels, over the parts of the kit and under the styles of the widget', async () => {
    const { frame, payload } = await open(CARD);
    assert.match(payload.styles, /^\/assets\/widget\/[0-9a-f]{64}\.css$/);
    assert.deepEqual(await computed(frame, 'html', 'font-size'), ['16px']);
    assert.deepEqual(await computed(frame, '#card', 'padding-top', 'background-color'), ['24px', 'rgb(255, 255, 255)']);
    assert.deepEqual(await computed(frame, '#box', 'margin-top', 'width'), ['16px', '128px']);
    const red = await color(frame, 'var(--color-red-500)');
    assert.deepEqual(await computed(frame, 'button', 'height', 'background-color'), ['80px', red]);
    assert.notDeepEqual(await computed(frame, 'button + button', 'height', 'background-color'), ['80px', red]);
    assert.deepEqual(await computed(frame, '[data-slot=badge]', 'padding-left'), ['40px']);
    assert.deepEqual(await computed(frame, '#own', 'color'), ['rgb(1, 2, 3)']);
  });
  if (engine !== 'chromium') return;

  test('hover: and dark: follow the pointer and the theme of the page', async () => {
    const { page, frame } = await open(CARD, { attributes: 'theme="light"' });
    const before = await computed(frame, '#box', 'background-color');
    await frame.locator('#box').hover();
    assert.deepEqual(await computed(frame, '#box', 'background-color'), [await color(frame, 'var(--color-red-500)')]);
    assert.notDeepEqual(await computed(frame, '#box', 'background-color'), before);
    await page.evaluate(() => document.querySelector('peer-widget').setAttribute('theme', 'dark'));
    await frame.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    assert.deepEqual(await computed(frame, '#card', 'background-color'), [await color(frame, 'var(--color-slate-900)')]);
  });

  test('the names of shadcn/ui are the variables of the page', async () => {
    const { frame } = await open(CARD, { style: STYLE });
    assert.deepEqual(await computed(frame, '#box', 'background-color', 'color'), ['rgb(10, 80, 10)', 'rgb(250, 250, 240)']);
    assert.deepEqual(await computed(frame, '#title', 'color'), ['rgb(90, 90, 80)']);
    assert.deepEqual(await computed(frame, '#card', 'border-top-left-radius'), ['20px']);
    const names = ['background', 'foreground', 'primary', 'muted-foreground'];
    const values = ['rgb(250, 250, 240)', 'rgb(10, 20, 30)', 'rgb(10, 80, 10)', 'rgb(90, 90, 80)'];
    assert.deepEqual(await Promise.all(names.map((name) => color(frame, `var(--${name})`))), values);
  });

  test('the reset comes with Tailwind, and with it alone', async () => {
    const { page, frame } = await open(CARD);
    assert.deepEqual(await computed(frame, '#title', 'margin-top', 'font-size'), ['0px', '16px']);
    await page.close();
    for (const [component, styles] of [
      [PLAIN, undefined],
      [CARD, 'none'],
    ]) {
      const { page, frame, payload } = await open(component, { styles });
      assert.equal(payload.styles ?? null, null);
      assert.equal(await frame.evaluate(() => document.querySelectorAll('link[rel=stylesheet]').length), 0);
      const [margin, size] = await computed(frame, '#title', 'margin-top', 'font-size');
      assert.ok(parseFloat(margin) > 0, `the first heading has a margin of ${margin}`);
      assert.notEqual(size, '16px');
      assert.deepEqual(await computed(frame, '#card', 'padding-top'), ['0px']);
      await page.close();
    }
  });

  test('styles: "tailwind" gives a plain component the reset', async () => {
    const { frame } = await open(PLAIN, { styles: 'tailwind' });
    assert.deepEqual(await computed(frame, '#title', 'margin-top', 'font-size'), ['0px', '16px']);
  });
}
