// <peer-widget> in a page of another site.

import assert from 'node:assert/strict';

import { framePath, hostHtml, openHost, press, raised, widgetFrame } from '../lib/host-page.mjs';
import { test } from '../lib/test.mjs';
import { COUNTER, JSX, SHOWS_LOOK, THROWS } from './samples.mjs';

/** Sets the payload of the n-th widget. */
const setPayload = (page, payload, at = 0) =>
  page.evaluate(([payload, at]) => (document.querySelectorAll('peer-widget')[at].payload = payload), [payload, at]);

export function elementSuite(given, engine) {
  /** A test with a page that shows the payloads. It always closes the page. */
  const onPage = (name, payloads, options, body) =>
    test(name, { skip: options.only && !options.only.includes(engine) && `${options.only} only: ${options.because}` }, async () => {
      const { context, stage } = given();
      const page = await openHost(context, stage, payloads(stage), typeof options === 'function' ? options(stage) : options);
      try {
        await body(page, stage);
      } finally {
        await page.close();
      }
    });
  const counter = (stage) => [stage.payload(COUNTER, { data: { label: 'Votes' }, props: { unit: 'points' } })];

  onPage('a page of another site shows a widget with one script', counter, {}, async (page, stage) => {
    await raised(page, 'widget-ready');
    assert.notEqual(new URL(await page.url()).hostname, new URL(stage.origin).hostname);
    const frame = await widgetFrame(page);
    assert.equal(await frame.locator('button').textContent(), 'Votes: 0 points');
    assert.equal(await frame.evaluate(() => self.origin), 'null');
    assert.deepEqual(page.logged, []);
  });

  const strict = (stage) => ({
    headers: {
      'content-security-policy': `default-src 'none'; script-src ${stage.origin} 'nonce-test'; frame-src ${stage.origin}; require-trusted-types-for 'script'; trusted-types 'none'`,
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    },
  });
  test('a page whose policy allows only scripts and frames of the service shows widgets', async () => {
    const { context, stage } = given();
    const page = await context.newPage();
    const logged = [];
    page.on?.('console', (message) => logged.push(message.text()));
    const html = hostHtml(stage, [stage.payload(COUNTER)])
      .replaceAll('<script>', '<script nonce="test">')
      .replace(/<(style|link rel="icon").*\n?/, '');
    await page.goto(stage.page(html, strict(stage)));
    await raised(page, 'widget-ready');
    assert.equal(await (await widgetFrame(page)).locator('button').count(), 1);
    assert.deepEqual(
      logged.filter((text) => !text.includes('data:,') && !text.includes('inline style')),
      [],
    );
    await page.close();
  });

  onPage('the script adds no global and may be included twice', counter, {}, async (page, stage) => {
    await raised(page, 'widget-ready');
    const added = await page.evaluate(async (address) => {
      const before = new Set(Object.getOwnPropertyNames(window));
      for (const type of ['text/javascript', 'module']) {
        const script = Object.assign(document.createElement('script'), { src: `${address}?${type}`, type });
        await new Promise((resolve, reject) => document.head.append(Object.assign(script, { onload: resolve, onerror: reject })));
      }
      return Object.getOwnPropertyNames(window).filter((name) => !before.has(name));
    }, `${stage.origin}/embed/v1.js`);
    assert.deepEqual(added, []);
    assert.deepEqual(page.logged, []);
  });

  onPage('new data keeps the state of the widget; another module does not', counter, {}, async (page, stage) => {
    await raised(page, 'widget-ready');
    const frame = await widgetFrame(page);
    await frame.locator('button').click({ clickCount: 2 });
    await frame.getByText('Votes: 2 points').waitFor();
    await setPayload(page, stage.payload(COUNTER, { data: { label: 'Voices' }, props: { unit: 'p' } }));
    await frame.getByText('Voices: 2 p').waitFor();
    await setPayload(page, stage.payload(`${COUNTER}// another`, { data: { label: 'Fresh' } }));
    await page.waitForFunction(() => raised.filter(({ type }) => type === 'widget-ready').length === 2);
    assert.match(await (await widgetFrame(page)).locator('button').textContent(), /^Fresh: 0/);
  });

  onPage(
    'the payload may be the whole response of the service, and may be set before the script loads',
    () => [],
    {},
    async (page, stage) => {
      const address = `${stage.origin}/embed/v1.js`;
      await page.goto(
        stage.page(
          '<!doctype html><title>Late</title><script>window.raised = []; addEventListener("widget-ready", (event) => raised.push({ type: event.type, at: 0, detail: {} }))</script><peer-widget></peer-widget>',
        ),
      );
      await setPayload(page, { success: true, data: stage.payload(COUNTER) });
      await page.evaluate((src) => void document.head.append(Object.assign(document.createElement('script'), { src })), address);
      await raised(page, 'widget-ready');
    },
  );

  onPage('an action reaches the page as an event with a JSON payload', counter, {}, async (page) => {
    await raised(page, 'widget-ready');
    await press((await widgetFrame(page)).locator('button'));
    assert.deepEqual(await raised(page, 'widget-action'), { name: 'vote', payload: { count: 1, deep: [1, { a: null }] } });
  });

  const REFUSED = `import { useEffect } from 'react';
    const circle = {}; circle.circle = circle;
    const tries = [['', 1], ['x'.repeat(65), 1], [{}, 1], ['f', () => 1], ['circle', circle], ['big', 'x'.repeat(300 * 1024)]];
    export default function W({ onAction }) {
      useEffect(() => {
        const threw = tries.map(([name, payload]) => { try { onAction(name, payload); return 'sent'; } catch (error) { return error.name; } });
        onAction('tried', threw);
      }, []);
      return 'x';
    }`;
  onPage(
    'onAction throws for an invalid name or payload',
    (stage) => [stage.payload(REFUSED)],
    {},
    async (page) => {
      const { name, payload } = await raised(page, 'widget-action');
      assert.deepEqual([name, payload], ['tried', Array(6).fill('TypeError')]);
    },
  );

  const FLOOD = `import { useEffect } from 'react';
    export default function W({ onAction }) {
      useEffect(() => { for (let i = 0; i < 5000; i += 1) onAction('flood', i); }, []);
      return 'x';
    }`;
  onPage(
    'a flood of actions is limited and reported',
    (stage) => [stage.payload(FLOOD)],
    {},
    async (page) => {
      await page.waitForFunction(() => raised.some(({ type, detail }) => type === 'widget-error' && detail.kind === 'flood'));
      const [actions, seconds] = await page.evaluate(() => [
        raised.filter(({ type }) => type === 'widget-action').length,
        performance.now() / 1000,
      ]);
      assert.ok(actions >= 1 && actions <= 20 + 10 * seconds, `${actions} actions in ${seconds} s`);
    },
  );

  for (const [name, { source, kind }] of Object.entries(THROWS.fatal)) {
    onPage(
      `a widget that throws ${name} is replaced by its text`,
      (stage) => [stage.payload(source)],
      {},
      async (page) => {
        const detail = await raised(page, 'widget-error');
        assert.deepEqual([detail.kind, detail.fatal], [kind, true]);
        assert.match(detail.message, /it broke|SyntaxError|exports no component/);
        assert.equal(await page.locator('peer-widget [part=fallback]').textContent(), 'The text of the message');
        assert.equal(await page.locator('peer-widget iframe').count(), 0);
      },
    );
  }
  for (const [name, { source, kind }] of Object.entries(THROWS.mild)) {
    onPage(
      `a widget that throws ${name} stays, and the error is reported`,
      (stage) => [stage.payload(source)],
      {},
      async (page) => {
        await raised(page, 'widget-ready');
        await press((await widgetFrame(page)).locator('button'));
        const detail = await raised(page, 'widget-error');
        // WebKit hides error messages of documents with an opaque origin.
        const message = engine === 'webkit' && kind === 'event' ? 'Script error.' : 'Error: it broke';
        assert.deepEqual([detail.kind, detail.fatal, detail.message], [kind, false, message]);
        assert.equal(await (await widgetFrame(page)).locator('button').count(), 1);
      },
    );
  }

  onPage(
    'without a text, the content of the element is shown',
    () => [],
    {},
    async (page, stage) => {
      await page.goto(
        stage.page(
          hostHtml(stage, [stage.payload(THROWS.fatal['while it renders'].source, { text: null })]).replace(
            '</peer-widget>',
            'Sorry.</peer-widget>',
          ),
        ),
      );
      await raised(page, 'widget-error');
      await page.getByText('Sorry.').waitFor();
    },
  );

  const GIANT = `import { jsx } from 'react/jsx-runtime';
    export default () => jsx('div', { style: { height: '90000px' }, children: 'top' });`;
  onPage(
    'a very high widget is limited to max-height and scrolls',
    (stage) => [stage.payload(GIANT), stage.payload(`${GIANT}//`)],
    {},
    async (page) => {
      const box = (at) => page.locator('peer-widget').nth(at).boundingBox();
      await raised(page, 'widget-ready');
      await raised(page, 'widget-ready', { at: 1 });
      assert.equal((await box(0)).height, 2000);
      await page.evaluate(() => document.querySelector('peer-widget').setAttribute('max-height', '300'));
      assert.equal((await box(0)).height, 300);
      const frame = await widgetFrame(page);
      assert.ok(await frame.evaluate(() => document.documentElement.scrollHeight > 80_000));
    },
  );

  const TALL = `import { jsx } from 'react/jsx-runtime';
    export default ({ data }) => jsx('div', { style: { height: data.height + 'px', margin: '10px' } });`;
  const tall = (stage, height) => stage.payload(TALL, { widgetKey: 'tall', data: { height } });
  onPage(
    'the element is as high as its widget, and starts with that height for the next widget of the key',
    (stage) => [tall(stage, 333)],
    {},
    async (page, stage) => {
      const height = () =>
        page
          .locator('peer-widget')
          .last()
          .boundingBox()
          .then((box) => box.height);
      const grown = (height) =>
        page.waitForFunction((height) => [...document.querySelectorAll('peer-widget')].at(-1).offsetHeight === height, height);
      await raised(page, 'widget-ready');
      assert.equal(await height(), 353);
      await setPayload(page, tall(stage, 500));
      await grown(520);
      await setPayload(page, tall(stage, 40));
      await grown(60);
      const reserved = await page.evaluate(
        (payload) => {
          const next = document.createElement('peer-widget');
          document.querySelector('main').append(next);
          next.payload = payload;
          return next.offsetHeight;
        },
        tall(stage, 40),
      );
      assert.equal(reserved, 60);
    },
  );

  const FLAPS = `${JSX}
    export default () => {
      const [turns, set] = useState(0);
      useEffect(() => { const timer = setInterval(() => set((turns) => turns + 1), 60); return () => clearInterval(timer); }, []);
      return jsx('div', { id: 'flaps', 'data-turns': turns, style: { height: turns % 2 ? '400px' : '100px' } });
    }`;
  onPage(
    'a widget whose height alternates does not shift the page for long',
    (stage) => [stage.payload(FLAPS)],
    {},
    async (page) => {
      await raised(page, 'widget-ready');
      await page.evaluate(() => {
        window.shrinks = 0;
        let height = 0;
        new ResizeObserver(([{ contentRect }]) => {
          if (contentRect.height < height) window.shrinks += 1;
          ({ height } = contentRect);
        }).observe(document.querySelector('peer-widget'));
      });
      const frame = await widgetFrame(page);
      await frame.waitForFunction(() => document.getElementById('flaps').dataset.turns > 80, null, { timeout: 60_000 });
      const shrinks = await page.evaluate(() => window.shrinks);
      assert.ok(shrinks <= 10, `it shrank ${shrinks} times`);
    },
  );

  const named = { only: ['chromium'], because: 'the other two resolve no made-up names' };
  for (const [host, warns] of Object.entries({ 'app.example.test': true, 'app.another.test': false })) {
    onPage(
      `a page on ${host} with a service on widgets.example.test ${warns ? 'is' : 'is not'} warned of one site`,
      () => [],
      named,
      async (page, stage) => {
        const service = stage.origin.replace('127.0.0.1', 'widgets.example.test');
        const address = stage.page(hostHtml({ ...stage, origin: service }, [stage.payload(COUNTER)]));
        await page.goto(address.replace('localhost', host));
        await raised(page, 'widget-ready');
        assert.equal(
          page.logged.some((text) => text.includes('seems to belong to the same site')),
          warns,
          page.logged.join(),
        );
      },
    );
  }

  onPage('removing the element ends its frame, and adding it again shows the widget again', counter, {}, async (page) => {
    await raised(page, 'widget-ready');
    await page.evaluate(() => (window.kept = document.querySelector('peer-widget')).remove());
    await page.waitForFunction(() => window.length === 0);
    await page.evaluate(() => document.querySelector('main').prepend(kept));
    await page.waitForFunction(() => raised.filter(({ type }) => type === 'widget-ready').length === 2);
    assert.match(await (await widgetFrame(page)).locator('button').textContent(), /^Votes: 0/);
  });

  onPage(
    'an element moved by moveBefore keeps its state',
    counter,
    { only: ['chromium'], because: 'Firefox loads the frame again, WebKit has no moveBefore' },
    async (page) => {
      await raised(page, 'widget-ready');
      const frame = await widgetFrame(page);
      await press(frame.locator('button'));
      await frame.getByText('Votes: 1').waitFor();
      await page.evaluate(() =>
        document.querySelector('main').moveBefore(document.querySelector('peer-widget'), document.querySelector('main').firstChild),
      );
      assert.match(await frame.locator('button').textContent(), /^Votes: 1/);
    },
  );

  onPage('both frames have the title', counter, {}, async (page) => {
    await raised(page, 'widget-ready');
    const outer = page.locator('peer-widget iframe');
    assert.equal(await outer.getAttribute('title'), 'A widget under test');
    assert.equal(await outer.contentFrame().locator('iframe').getAttribute('title'), 'A widget under test');
    await page.evaluate(() => document.querySelector('peer-widget').setAttribute('title', 'Votes of the team'));
    await page.locator('peer-widget iframe[title="Votes of the team"]').waitFor();
    await outer.contentFrame().locator('iframe[title="Votes of the team"]').waitFor();
  });

  const look = (stage) => [stage.payload(SHOWS_LOOK)];
  const shown = async (page) => JSON.parse(await (await widgetFrame(page)).locator('#look').textContent());
  const until = async (page, expected) => {
    const frame = await widgetFrame(page);
    await frame.waitForFunction((expected) => document.getElementById('look').textContent === expected, JSON.stringify(expected));
  };
  onPage(
    'theme, language and variables of the page reach the widget, and so do their changes',
    look,
    { lang: 'de-CH', style: ':root { --widget-accent: rgb(1, 2, 3) }' },
    async (page) => {
      await raised(page, 'widget-ready');
      assert.deepEqual(await shown(page), ['light', 'de-CH', 'rgb(1, 2, 3)', 'light']);
      await page.evaluate(() => document.querySelector('peer-widget').setAttribute('theme', 'light'));
      await until(page, ['light', 'de-CH', 'rgb(1, 2, 3)', 'light']);
      await page.evaluate(() => document.documentElement.style.setProperty('--widget-accent', 'red'));
      await until(page, ['light', 'de-CH', 'red', 'light']);
      await page.evaluate(() => document.querySelector('peer-widget').setAttribute('locale', 'fr'));
      await until(page, ['light', 'fr', 'red', 'light']);
    },
  );
  const preference = {
    only: ['chromium'],
    because: 'WebDriver cannot set what a reader prefers',
    style: ':root { color-scheme: light dark }',
  };
  onPage('the preference of the reader and its changes reach the widget', look, preference, async (page) => {
    await raised(page, 'widget-ready');
    assert.equal((await shown(page))[0], 'light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await until(page, ['dark', 'en', '#8ea8ff', 'dark']);
  });
  onPage(
    'a page that is dark whatever its reader prefers has dark widgets',
    look,
    { style: ':root { color-scheme: dark }' },
    async (page) => {
      await raised(page, 'widget-ready');
      assert.equal((await shown(page))[0], 'dark');
    },
  );

  for (const [name, payload] of Object.entries({
    'no object': 7,
    'no module': { data: {} },
    'a module of elsewhere': { module: 'https://example.com/x.js' },
    'a module by another path': { module: `/assets/widget/../../${'a'.repeat(64)}.js` },
    'props that are a list': { module: `/assets/widget/${'a'.repeat(64)}.js`, props: [] },
  })) {
    onPage(
      `a payload with ${name} is refused`,
      () => [payload],
      {},
      async (page) => {
        const { kind, fatal } = await raised(page, 'widget-error');
        assert.deepEqual([kind, fatal, await page.locator('peer-widget iframe').count()], ['payload', true, 0]);
      },
    );
  }

  onPage(
    'a service without a frame is reported, and the text is shown',
    () => [],
    {},
    async (page, stage) => {
      const without = await stage.withHeaders();
      try {
        without.page('{}', { at: without.origin, path: await framePath(without), status: 503 });
        await page.goto(stage.page(hostHtml(without, [without.payload(COUNTER)])));
        assert.equal((await raised(page, 'widget-error')).kind, 'load');
        assert.equal(await page.locator('[part=fallback]').textContent(), 'The text of the message');
      } finally {
        await without.close();
      }
    },
  );
}
