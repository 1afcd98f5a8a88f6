// What a reader sees: theme, direction, size, and when a widget loads.

import assert from 'node:assert/strict';

import { hostHtml, openHost, press, raised, settledHeight, widgetFrame } from '../lib/host-page.mjs';
import { prebuiltPayloads } from '../lib/prebuilt.mjs';
import { test } from '../lib/test.mjs';
import { COUNTER } from './samples.mjs';

const JSX = `import { jsx, jsxs } from 'react/jsx-runtime'; import { use, useEffect, useState } from 'react';`;

const SHOWS = `${JSX}
export default ({ theme, locale, dir }) => {
  const { colorScheme, direction, fontSize } = getComputedStyle(document.documentElement);
  return jsx('p', { id: 'look', children: [theme, locale, dir, colorScheme, direction, fontSize].join(' ') });
};`;

/** Resolves when the widget shows the expected text. */
async function shows(page, expected) {
  const frame = await widgetFrame(page);
  await frame.waitForFunction((expected) => document.getElementById('look')?.textContent === expected, expected);
}

export function shownSuite(given, engine) {
  const onPage = (name, payloads, options, body) =>
    test(name, async () => {
      const { context, stage } = given();
      const page = await openHost(context, stage, await payloads(stage), options);
      try {
        await body(page, stage);
      } finally {
        await page.close();
      }
    });
  themes(onPage);
  sizes(onPage);
  loading(onPage, given, engine);
}

function themes(onPage) {
  const look = (stage) => [stage.payload(SHOWS)];
  const LIGHT = 'light en ltr light ltr 16px';
  const DARK = 'dark en ltr dark ltr 16px';

  const CHANGES = {
    'a class of an ancestor': ['.dark { color-scheme: dark }', () => document.querySelector('main').classList.add('dark')],
    'a style of an ancestor': ['', () => document.querySelector('main').style.setProperty('color-scheme', 'dark')],
    'data-bs-theme': ['[data-bs-theme=dark] { color-scheme: dark }', () => document.documentElement.setAttribute('data-bs-theme', 'dark')],
    'data-color-mode': ['[data-color-mode=dark] { color-scheme: dark }', () => document.body.setAttribute('data-color-mode', 'dark')],
    'a style sheet that is swapped': [
      '',
      () => document.head.append(Object.assign(document.createElement('style'), { textContent: ':root { color-scheme: dark }' })),
    ],
    'a meta element': [
      '',
      () => document.head.append(Object.assign(document.createElement('meta'), { name: 'color-scheme', content: 'dark' })),
    ],
  };
  for (const [name, [style, change]] of Object.entries(CHANGES)) {
    onPage(`a widget follows the theme that is changed by ${name}`, look, { style }, async (page) => {
      await raised(page, 'widget-ready');
      await shows(page, LIGHT);
      await page.evaluate(change);
      await shows(page, DARK);
    });
  }

  const SHOWS_ACCENT = `${JSX} export default () => jsx('p', { id: 'look', children: 'x' });`;
  onPage(
    'a widget follows variables that a style sheet changes',
    (stage) => [stage.payload(SHOWS_ACCENT)],
    { style: '.blue { --widget-accent: rgb(1, 2, 3) }' },
    async (page) => {
      await raised(page, 'widget-ready');
      await page.evaluate(() => document.body.classList.add('blue'));
      const frame = await widgetFrame(page);
      await frame.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue('--widget-accent') === 'rgb(1, 2, 3)');
    },
  );

  const SHOWS_COLORS = `${JSX} export default ({ theme }) => {
  const style = getComputedStyle(document.documentElement);
  return jsx('p', { id: 'look', children: [theme, ...['bg', 'accent', 'font'].map((name) => style.getPropertyValue('--widget-' + name))].join(' ') });
}`;
  const colors = (stage) => [stage.payload(SHOWS_COLORS)];
  onPage('a variable that the page does not set has the default of the theme', colors, {}, async (page) => {
    await raised(page, 'widget-ready');
    await shows(page, 'light #ffffff #3355d1 system-ui, sans-serif');
    await page.evaluate(() => document.querySelector('peer-widget').setAttribute('theme', 'dark'));
    await shows(page, 'dark #14171f #8ea8ff system-ui, sans-serif');
  });

  const darkProps = (stage) => [stage.payload(SHOWS_COLORS, { props: { theme: 'dark' } })];
  onPage(
    'a theme among the props chooses the defaults, and the variables of the page win',
    darkProps,
    { style: ':root { --widget-accent: red }' },
    async (page) => {
      await raised(page, 'widget-ready');
      await shows(page, 'dark #14171f red system-ui, sans-serif');
    },
  );

  onPage(
    'a widget has the direction, the language and the type size of the page, and follows them',
    look,
    { style: ':root { font-size: 20px }' },
    async (page) => {
      await raised(page, 'widget-ready');
      await shows(page, 'light en ltr light ltr 20px');
      await page.evaluate(() => Object.assign(document.querySelector('main'), { dir: 'rtl', lang: 'ar' }));
      await shows(page, 'light ar rtl light rtl 20px');
      await page.evaluate(() => (document.documentElement.style.fontSize = '16px'));
      await shows(page, 'light ar rtl light rtl 16px');
    },
  );
}

/** Whether a box is within its frame. */
const isWhole = (selector) => {
  const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight && innerHeight;
};

function sizes(onPage) {
  const FULL = `${JSX} export default () => jsx('div', { style: { minHeight: '100vh', padding: '20px' }, children: 'A page in a widget' });`;
  onPage(
    'a widget that is higher than its frame does not grow without end',
    (stage) => [stage.payload(FULL, { messageId: 'full' })],
    {},
    async (page) => {
      await raised(page, 'widget-ready');
      assert.ok((await settledHeight(page)) < 400);
      // A height that followed the frame is not stored: it would grow with each view.
      const remembered = await page.evaluate(
        () => new Promise((resolve) => setTimeout(() => resolve(localStorage.getItem('widgetd-heights') ?? ''), 700)),
      );
      assert.ok(!remembered.includes('"full '), remembered);
    },
  );

  const box = (style) => `style: { ${style}, width: '200px', height: '400px', background: 'teal' }, id: 'box'`;
  const BOXES = {
    'a menu that is placed absolutely': `jsx('div', { style: { position: 'relative' }, children: jsx('div', { ${box(`position: 'absolute', top: '30px'`)} }) })`,
    'a fixed box': `jsx('div', { ${box(`position: 'fixed', top: '30px'`)} })`,
    'a modal in the middle of a backdrop': `jsx('div', { style: { position: 'fixed', inset: 0, display: 'grid', placeItems: 'center' }, children: jsx('div', { ${box(`margin: 0`)} }) })`,
    'a modal that is moved to the middle': `jsx('div', { ${box(`position: 'fixed', top: '50%', left: '50%', transform: 'translate(-50%, -50%)'`)} })`,
    'a modal that may be as high as nearly the frame': `jsx('div', { style: { position: 'fixed', inset: 0, display: 'grid', placeItems: 'center' }, children: jsx('div', { id: 'box', style: { maxHeight: '90vh', overflowY: 'auto' }, children: jsx('div', { style: { width: '200px', height: '400px' } }) }) })`,
  };
  const opens = (children) => `${JSX} export default () => {
    const [open, setOpen] = useState(false);
    return jsxs('div', { children: [jsx('button', { onClick: () => setOpen(!open), children: 'Open' }), open && ${children}] });
  };`;
  for (const [name, children] of Object.entries(BOXES)) {
    onPage(
      `${name} is seen whole, and the frame is low again without it`,
      (stage) => [stage.payload(opens(children))],
      {},
      async (page) => {
        await raised(page, 'widget-ready');
        const closed = await settledHeight(page);
        const frame = await widgetFrame(page);
        await press(frame.locator('button'));
        await frame.waitForFunction(isWhole, '#box');
        const open = await settledHeight(page);
        assert.ok(open >= 400 && open < 520 && (await frame.evaluate(isWhole, '#box')), `${open} pixels`);
        await press(frame.locator('button'));
        await page.waitForFunction((height) => document.querySelector('peer-widget').offsetHeight === height, closed);
      },
    );
  }

  const TOP_LAYER = `${JSX} export default () => jsxs('div', { children: [
    jsx('button', { onClick: () => document.getElementById('box').showModal(), children: 'Open' }),
    jsx('dialog', { id: 'box', children: jsx('div', { style: { height: '300px' }, children: 'A dialog' }) })] });`;
  const POPOVER = TOP_LAYER.replace('showModal', 'showPopover').replace(`jsx('dialog', { `, `jsx('div', { popover: 'auto', `);
  for (const [name, source] of [
    ['a <dialog>', TOP_LAYER],
    ['a popover', POPOVER],
  ]) {
    onPage(
      `${name} is seen whole`,
      (stage) => [stage.payload(source)],
      {},
      async (page) => {
        await raised(page, 'widget-ready');
        const frame = await widgetFrame(page);
        await press(frame.locator('button'));
        await frame.waitForFunction(() => {
          const box = document.getElementById('box');
          const { top, bottom, height } = box.getBoundingClientRect();
          return height > 300 && top >= 0 && bottom <= innerHeight && box.scrollHeight <= box.clientHeight;
        });
      },
    );
  }

  onPage('no pre-built widget has a scrollbar below max-height', prebuiltPayloads, {}, async (page, stage) => {
    const count = (await prebuiltPayloads(stage)).length;
    const frames = [];
    for (let at = 0; at < count; at += 1) {
      await page.evaluate((at) => document.querySelectorAll('peer-widget')[at].scrollIntoView(), at);
      await raised(page, 'widget-ready', { at });
      frames.push(await widgetFrame(page, at));
    }
    for (const width of [320, 375, 430, 480]) {
      await page.evaluate((width) => (document.querySelector('main').style.width = `${width}px`), width);
      await settledHeight(page, 'main');
      for (const [at, frame] of frames.entries()) {
        // A frame that is not in view is resized later.
        await frame.waitForFunction((width) => innerWidth === width, width);
        const client = await frame.evaluate(() => document.documentElement.clientWidth);
        assert.equal(client, width, `widget ${at}`);
      }
    }
  });
}

function loading(onPage, given, engine) {
  const NEVER = {
    'waits for a promise that never settles': `${JSX} const never = new Promise(() => {}); export default () => use(never);`,
    'waits for its module to finish': `await new Promise(() => {}); export default () => 'x';`,
  };
  onPage(
    `widgets that ${Object.keys(NEVER).join(', or ')}, are replaced by their texts`,
    (stage) => Object.values(NEVER).map((source) => stage.payload(source)),
    {},
    async (page) => {
      for (const at of Object.keys(NEVER).keys()) {
        const { kind, fatal, message } = await raised(page, 'widget-error', { at, timeout: 40_000 });
        assert.deepEqual([kind, fatal], ['render', true]);
        assert.match(message, /10 seconds/);
        const text = page.locator('peer-widget').nth(at).locator('[part=fallback]');
        assert.equal(await text.textContent(), 'The text of the message');
      }
    },
  );

  onPage(
    'a widget far from the viewport loads when it comes near',
    (stage) => Array.from({ length: 30 }, (_, at) => stage.payload(COUNTER, { messageId: `far-${at}` })),
    { style: 'peer-widget { margin-bottom: 400px }' },
    async (page) => {
      await raised(page, 'widget-ready');
      const frames = () => page.locator('peer-widget iframe').count();
      await new Promise((resolve) => setTimeout(resolve, 500));
      const before = await frames();
      assert.ok(before > 0 && before < 10, `${before} frames`);
      await page.evaluate(() => document.querySelectorAll('peer-widget')[25].scrollIntoView());
      await raised(page, 'widget-ready', { at: 25 });
    },
  );

  test('the script can be imported', async () => {
    const { context, stage } = given();
    const page = await context.newPage();
    const html = hostHtml(stage, [stage.payload(COUNTER)]).replace(/<script src="([^"]+)" defer>/, '<script>import("$1")');
    assert.ok(html.includes('import("'));
    await page.goto(stage.page(html));
    await raised(page, 'widget-ready');
    await page.close();
  });

  const ONE_REACT = `${JSX} import React, { Component, createElement } from 'react';
    const again = await import('react');
    export default ({ onAction }) => {
      useEffect(() => onAction('react', [again.useState === useState, again.default === React, React.version, createElement === React.createElement, Object.keys(again).length > 30]), []);
      return jsx('p', {});
    };`;
  onPage(
    '`react` is one instance, by its name',
    (stage) => [stage.payload(ONE_REACT)],
    {},
    async (page) => {
      const { payload } = await raised(page, 'widget-action');
      assert.match(payload[2], /^19\./);
      assert.deepEqual(payload.toSpliced(2, 1), [true, true, true, true]);
    },
  );

  // A module needs a text whose hash is in the policy.
  const TEXT = `${JSX}
    const load = (address) => import(address).then(() => 'ran', () => 'refused');
    const data = await load('data:text/javascript,export default 1');
    const blob = await load(URL.createObjectURL(new Blob(['export default 1'], { type: 'text/javascript' })));
    export default ({ onAction }) => { useEffect(() => onAction('tried', [data, blob]), []); return 'x'; };`;
  onPage(
    'no text of a widget runs as a module',
    (stage) => [stage.payload(TEXT)],
    {},
    async (page) => {
      assert.deepEqual((await raised(page, 'widget-action')).payload, ['refused', 'refused']);
    },
  );
  onPage(
    'text runs as a module without the policy',
    () => [],
    {},
    async (page) => {
      assert.equal(await page.evaluate(() => import('data:text/javascript,export default 1').then((module) => module.default)), 1);
    },
  );

  test('twenty widgets take at most 30 requests', async () => {
    const { context, stage } = given();
    const own = await stage.withHeaders(() => {});
    const page = await openHost(context, own, Array(20).fill(own.payload(COUNTER)), {
      style: 'main { display: grid; grid-template-columns: repeat(5, 1fr) }',
    });
    for (let at = 0; at < 20; at += 1) await raised(page, 'widget-ready', { at, timeout: 30_000 });
    assert.ok(own.requests.length > 2 && own.requests.length <= 30, own.requests.join(' '));
    await page.close();
    await own.close();
  });

  /** Shows another widget, and returns whether a frame moved there. */
  const showNext = async (page, payload, { remove = 'none' } = {}) => {
    await page.evaluate(
      ([payload, remove]) => {
        document.querySelectorAll(remove).forEach((element) => element.remove());
        window.moved = 0;
        window.moveBefore ??= Element.prototype.moveBefore;
        Element.prototype.moveBefore &&= function (...given) {
          window.moved += 1;
          return window.moveBefore.apply(this, given);
        };
        const next = document.createElement('peer-widget');
        document.querySelector('main').append(next);
        next.payload = payload;
      },
      [payload, remove],
    );
    await raised(page, 'widget-ready', { at: (await page.locator('peer-widget').count()) - 1 });
    return page.evaluate(() => window.moved > 0);
  };
  onPage(
    'the next widget takes the hidden spare frame, which the page may remove',
    (stage) => [stage.payload(COUNTER)],
    {},
    async (page, stage) => {
      await raised(page, 'widget-ready');
      const isSpared = await page.evaluate(() => 'moveBefore' in Element.prototype); // no frame can be moved in WebKit
      /** Waits for a spare frame. Only Playwright sees it, as it is in a closed shadow tree. */
      const spare = async (widgets) => {
        if (isSpared) await page.waitForFunction(() => document.querySelector('html > div[inert]'));
        while (isSpared && page.frames && page.frames().length <= 1 + 2 * widgets) await new Promise((resolve) => setTimeout(resolve, 50));
      };
      await spare(1);
      assert.equal(
        await page.evaluate(() => document.querySelectorAll('iframe').length + document.body.querySelectorAll('[inert]').length),
        0,
      );
      assert.equal(await showNext(page, stage.payload(COUNTER)), isSpared);
      await spare(2);
      assert.equal(await showNext(page, stage.payload(COUNTER), { remove: 'html > div' }), false);
    },
  );

  if (engine !== 'chromium') return; // No other engine measures layout shifts.
  onPage('a second view has no layout shift', prebuiltPayloads, {}, async (page, stage) => {
    const payloads = (await prebuiltPayloads(stage)).map((payload, at) => ({ ...payload, messageId: `message-${at}` }));
    const address = stage.page(hostHtml(stage, payloads, { style: 'body { max-width: 480px }' }));
    const shift = async () => {
      await page.goto(address);
      return page.evaluate(
        (count) =>
          new Promise((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value))).observe({
              type: 'layout-shift',
              buffered: true,
            });
            const ready = () => raised.filter(({ type }) => type === 'widget-ready').length;
            const scroll = setInterval(() => {
              scrollBy(0, 300);
              if (ready() === count && scrollY + innerHeight >= document.documentElement.scrollHeight - 1) {
                clearInterval(scroll);
                setTimeout(() => resolve(sum), 1500);
              }
            }, 100);
          }),
        payloads.length,
      );
    };
    const first = await shift();
    const second = await shift();
    assert.ok(first > 0.1, `a first view shifts by ${first}`);
    assert.ok(second < 0.05, `${first}, then ${second}`);
  });
}
