// What a widget does beyond its frame: forms, links, downloads, and the reports of what is blocked.

import assert from 'node:assert/strict';

import { violations } from '../lib/axe.mjs';
import { framePath, openHost, press, raised, widgetFrame } from '../lib/host-page.mjs';
import { listenForLeaks } from '../lib/listener.mjs';
import { test } from '../lib/test.mjs';
import { compiled, until } from './cases.mjs';
import { FORMS, HOSTILE_FRAME, LINKS, REACT, THROWS } from './outward-data.mjs';

/** Milliseconds to wait for something that must not happen. */
const WAIT_MS = 500;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const eventsOf = (page, type) => page.evaluate((type) => raised.filter((event) => event.type === type).map(({ detail }) => detail), type);
/** The confirmation that the page shows, as text; undefined without one. */
const confirmation = (page) =>
  page.evaluate(() => {
    const dialog = document.querySelector('peer-widget').shadowRoot.querySelector('dialog:modal');
    return dialog && [...dialog.querySelectorAll('h2, p, button, a')].map(({ textContent }) => textContent);
  });
const pressInPage = (page, selector) =>
  page.evaluate((selector) => document.querySelector('peer-widget').shadowRoot.querySelector(selector).click(), selector);

export function outwardSuite(given, engine) {
  /** A test with a page that shows the component or module. It closes the page and the attacker's server. */
  const onPage = (name, payload, body, options = {}) =>
    test(name, async () => {
      const stranger = await listenForLeaks();
      const to = `http://127.0.0.1:${stranger.port}/`;
      const page = await openHost(given().context, given().stage, [await payload(to)], options);
      try {
        await raised(page, 'widget-ready');
        await body(page, await widgetFrame(page), { stranger, to });
      } finally {
        await page.close();
        stranger.close();
      }
    });
  const saved = (name, data) => () => compiled(given(), name, data);

  onPage('a form is submitted to its handler', saved('form-submit'), async (page, frame) => {
    await frame.locator('input').click();
    await page.keyboard.press('a');
    await frame.locator('button').click();
    await frame.getByText('Thank you').waitFor();
    assert.deepEqual(await raised(page, 'widget-action'), { name: 'feedback', payload: { name: 'a' } });
  });

  onPage('a form with method="dialog" closes its dialog', saved('method-dialog'), async (page, frame) => {
    await press(frame.locator('#open'));
    await press(frame.locator('#yes'));
    await frame.waitForFunction(() => document.getElementById('out').textContent === 'yes');
    assert.deepEqual(await eventsOf(page, 'widget-error'), []);
  });

  onPage(
    'form actions of React run; no other form sends anything or leaves the widget',
    (to) => given().stage.payload(FORMS(to)),
    async (page, frame, { stranger }) => {
      await press(frame.locator('#action'));
      await frame.getByText('Ada').waitFor();
      await press(frame.locator('#state'));
      await frame.getByText('Count 1').waitFor();
      const forms = ['get', 'post', 'top', 'blank', 'formaction', 'bare', 'stops', 'barestops', 'immediate', 'bubble', 'script'];
      for (const id of forms) await frame.locator(`#${id}`).click();
      await stranger.wait(3 * WAIT_MS);
      assert.deepEqual(stranger.reached, []);
      const errors = await eventsOf(page, 'widget-error');
      assert.ok(
        errors.every(({ kind, directive, fatal }) => kind === 'blocked' && directive === 'form-action' && !fatal),
        JSON.stringify(errors),
      );
      assert.ok(errors.some(({ address, message }) => address.endsWith('/get') && message.includes('onAction')));
      assert.equal(await frame.locator('#bare').count(), 1);
    },
  );

  const hits = (to) => ({ hits: [{ url: `${to}page?a=1`, title: 'A result' }] });
  onPage(
    'a link asks the reader, and opens without an opener',
    (to) => compiled(given(), 'links', hits(to)),
    async (page, frame, { stranger, to }) => {
      // The time after a refusal in which nothing asks ends when the test says so.
      await page.evaluate(() => {
        const native = window.setTimeout;
        window.setTimeout = (run, delay, ...rest) => (delay === 5000 ? void (window.endQuiet = run) : native(run, delay, ...rest));
      });
      const endQuiet = () =>
        page.waitForFunction(() => {
          const end = window.endQuiet;
          delete window.endQuiet;
          end?.();
          return end !== undefined;
        });
      await frame.locator('.hit').click();
      assert.deepEqual(await raised(page, 'widget-link'), { url: `${to}page?a=1`, target: '_blank' });
      await until(() => confirmation(page), 'the confirmation is shown');
      const { host } = new URL(to);
      assert.deepEqual(await confirmation(page), ['Open this page?', host, `${to}page?a=1`, 'Cancel', 'Open']);
      assert.equal(await page.evaluate(() => document.querySelector('peer-widget').shadowRoot.activeElement.textContent), 'Cancel');
      assert.deepEqual(await violations(page), []);
      await page.keyboard.press('Escape');
      await until(async () => !(await confirmation(page)), 'Escape closes it');
      assert.deepEqual(stranger.reached, []);
      await frame.locator('.hit').click();
      await page.waitForFunction(() => raised.filter(({ type }) => type === 'widget-link').length === 2);
      await pause(200);
      assert.equal(await confirmation(page), null, 'no other one is shown soon');
      await endQuiet();

      for (const [id, url, target] of [
        ['same', `${to}page?a=1`, '_self'],
        ['mail', 'mailto:desk@example.com', '_self'],
        ['open', `${to}page?a=1`, '_blank'],
      ]) {
        await frame.locator(`#${id}`).click();
        await until(() => confirmation(page), `${id} asks`);
        assert.deepEqual((await eventsOf(page, 'widget-link')).at(-1), { url, target }, id);
        await pressInPage(page, 'dialog button');
        await until(async () => !(await confirmation(page)), 'Cancel closes it');
        await endQuiet();
      }
      assert.equal(await frame.evaluate(() => document.title), 'open:true');

      await frame.locator('.hit').click();
      await until(() => confirmation(page), 'it asks again');
      await pause(400);
      await page.locator('peer-widget dialog a').click();
      await until(() => stranger.reached.some((line) => line.startsWith('GET /page?a=1')), 'the page is opened');
      await until(async () => !(await confirmation(page)), 'it closes');
    },
  );

  onPage(
    'an in-page anchor scrolls the page to its target',
    (to) => compiled(given(), 'links', hits(to)),
    async (page, frame) => {
      await frame.evaluate(() => {
        document.getElementById('details').style.marginTop = '1500px';
      });
      await page.waitForFunction(() => document.querySelector('peer-widget').offsetHeight > 1500);
      await frame.locator('#jump').click();
      if (engine !== 'webkit') await page.waitForFunction(() => scrollY > 300);
      assert.deepEqual(await eventsOf(page, 'widget-link'), []);
    },
  );

  onPage(
    'only whole addresses of some schemes are followed, only within a gesture, and the handler of the widget decides first',
    (to) => given().stage.payload(LINKS, { data: { to } }),
    async (page, frame, { stranger, to }) => {
      await page.evaluate(() => addEventListener('widget-link', (event) => event.preventDefault()));
      for (const id of ['handled', 'relative', 'scheme', 'stopped', 'svg', 'loose']) await frame.locator(`#${id}`).click();
      await page.waitForFunction(() => raised.filter(({ type }) => type === 'widget-link').length === 3);
      assert.deepEqual(await eventsOf(page, 'widget-link'), [
        { url: `${to}stopped`, target: '_self' },
        { url: `${to}svg`, target: '_self' },
        { url: `${to}loose`, target: '_blank' },
      ]);
      const blocked = (await eventsOf(page, 'widget-error')).map(({ kind, directive, address }) => [kind, directive, address]);
      assert.deepEqual(blocked.sort(), [
        ['blocked', 'links', '/orders/1'],
        ['blocked', 'links', 'ftp://example.com/'],
        ['blocked', 'links', `${to}effect`],
        ['blocked', 'links', `${to}opened`],
      ]);
      assert.equal(await confirmation(page), null, 'the page has handled them');
      assert.deepEqual(stranger.reached, []);
    },
  );

  onPage(
    'links="open" opens at once, and links="none" opens nothing',
    (to) => compiled(given(), 'links', hits(to)),
    async (page, frame, { stranger }) => {
      await frame.locator('.hit').click();
      await raised(page, 'widget-link');
      await pause(WAIT_MS);
      assert.deepEqual([await confirmation(page), stranger.reached], [null, []]);
      await page.evaluate(() => document.querySelector('peer-widget').setAttribute('links', 'open'));
      await frame.locator('.hit').click();
      await stranger.wait(5000);
      assert.ok(stranger.reached.length > 0);
      assert.equal(await confirmation(page), null);
    },
    { attributes: 'links="none"' },
  );

  test('a hostile frame raises no link without a gesture, and few with one', async () => {
    const stage = await given().stage.withHeaders();
    try {
      stage.page(HOSTILE_FRAME, { at: stage.origin, path: await framePath(stage) });
      const page = await openHost(given().context, stage, [stage.payload('export default 1')]);
      // Under Playwright a script of the test counts as a gesture, so none runs until the frame has sent its requests.
      await pause(6 * WAIT_MS);
      assert.deepEqual([await eventsOf(page, 'widget-link'), (await eventsOf(page, 'widget-ready')).length], [[], 1]);
      await page.locator('peer-widget iframe').contentFrame().locator('p').click();
      await until(() => confirmation(page), 'one confirmation is shown');
      await pause(WAIT_MS);
      const links = await eventsOf(page, 'widget-link');
      assert.ok(links.length <= 10 && links.every(({ url }) => url.startsWith('https:')), JSON.stringify(links));
      assert.equal(await page.evaluate(() => document.querySelector('peer-widget').shadowRoot.querySelectorAll('dialog').length), 1);
      await page.close();
    } finally {
      await stage.close();
    }
  });

  onPage(
    'a download becomes a file of the page',
    saved('download-csv', {
      rows: [
        ['a', 1],
        ['b', 2],
      ],
    }),
    async (page, frame) => {
      await page.evaluate(() => {
        window.files = [];
        addEventListener('widget-download', async ({ detail: { name, type, blob } }) => files.push([name, type, await blob.text()]));
      });
      const downloads = [];
      page.on?.('download', (download) => downloads.push(download.suggestedFilename()));
      await frame.locator('#save').click();
      await until(() => confirmation(page), 'it asks');
      assert.deepEqual(await confirmation(page), ['Save this file?', 'report.csv', 'text/csv · 7 B', 'Cancel', 'Save']);
      await pause(400);
      await page.locator('peer-widget dialog a').click();
      await until(async () => !(await confirmation(page)), 'it closes');
      if (engine === 'chromium') await until(() => downloads.includes('report.csv'), 'it is saved');
      await frame.locator('#dl').click();
      await until(() => confirmation(page), 'it asks');
      assert.deepEqual(await page.evaluate(() => files), [
        ['report.csv', 'text/csv', 'a,1\nb,2'],
        ['x.txt', 'text/plain', 'hello'],
      ]);
      assert.equal(await frame.locator('output').textContent(), 'Saved');
      await pause(400);
      await page.locator('peer-widget dialog a').click();
      await until(async () => !(await confirmation(page)), 'it closes');
      await frame.locator('#loose').click();
      await until(() => confirmation(page), 'it asks for a link that is not in the document');
      assert.deepEqual(await confirmation(page), ['Save this file?', 'loose.csv', '1 B', 'Cancel', 'Save'], 'the type is no text');
      assert.equal(await page.evaluate(() => files.length), 3);
    },
  );

  onPage(
    'pictures and fonts that the policy blocks and those that fail are reported, once each',
    (to) => compiled(given(), 'external-image', { title: 'A blue mug', picture: `${to}mug.png` }),
    async (page, frame, { stranger, to }) => {
      await frame.evaluate(() => {
        for (const src of ['data:image/png;base64,AAAA', 'data:image/png;base64,AAAA']) {
          document.body.append(Object.assign(new Image(), { src }));
        }
      });
      // WebKit has no event for a font that it cannot read.
      const broken = engine === 'webkit' ? [] : [['Broken', 'data:font/woff2;base64,AAAA']];
      for (const [family, address] of [...broken, ['Far', `${to}font.woff2`]]) {
        await frame.evaluate(
          ([family, address]) => {
            const font = new FontFace(family, `url(${address})`);
            document.fonts.add(font);
            return font.load().catch(() => {});
          },
          [family, address],
        );
        await page.waitForFunction(() => raised.some(({ detail }) => detail.directive === 'font-src'));
      }
      const addresses = ['mug.png', 'mug.png?2', 'mug.png?3', 'mug.png?4'].map((name) => to + name);
      await page.waitForFunction(() => raised.filter(({ type }) => type === 'widget-error').length >= 6);
      await pause(WAIT_MS);
      const errors = await eventsOf(page, 'widget-error');
      const images = ['data:image/png;base64,AAAA', ...addresses].map((address) => `img-src ${address}`);
      const expected = [...broken.map(([family]) => `font-src ${family}`), `font-src ${to}font.woff2`, ...images];
      assert.deepEqual(errors.map(({ directive, address }) => `${directive} ${address}`).sort(), expected);
      assert.ok(errors.every(({ kind, fatal }) => kind === 'blocked' && !fatal));
      assert.deepEqual(stranger.reached, []);
    },
  );

  const throwing = { owner: { name: 'Ada', id: 7 } };
  onPage(
    'errors have the line and column of the source, and those of React are in words',
    () => compiled(given(), 'default-props', throwing, () => THROWS),
    async (page, frame) => {
      await press(frame.locator('#fail'));
      if (engine !== 'webkit') {
        assert.deepEqual(await raised(page, 'widget-error'), {
          kind: 'event',
          message: 'Error: no total',
          line: 4,
          column: 30,
          fatal: false,
        });
      }
      // The frame is removed before the browser has answered.
      await press(frame.locator('#more')).catch(() => {});
      await page.waitForFunction(() => raised.some(({ detail }) => detail.fatal));
      const { kind, message, line } = (await eventsOf(page, 'widget-error')).at(-1);
      assert.equal(kind, 'render');
      assert.match(message, /^React error 31: an object cannot be shown as text \(object with keys \{name, id\}\)/);
      assert.ok([13, 14].includes(line), `line ${line}`);
    },
  );

  onPage('drag and drop, file inputs, canvas, media and long tables work', saved('habits', { rows: 2000 }), async (page, frame) => {
    const shown = () => frame.locator('output').textContent();
    await until(async () => (await shown()).includes('picture'), 'the picture of the canvas');
    await until(async () => (await shown()).includes('sound'), 'the sound');
    await frame.evaluate(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['a,b'], 'a.csv'));
      const input = document.querySelector('input');
      input.files = transfer.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await until(async () => (await shown()).includes('file a,b'), 'the file');
    if (engine === 'chromium') {
      await frame.locator('#card').dragTo(frame.locator('#column'));
      await until(async () => (await shown()).includes('drop card'), 'the card');
    }
    assert.equal(await frame.locator('tr').count(), 2000);
    assert.equal((await page.locator('peer-widget').boundingBox()).height, 2000, 'it scrolls');
    assert.deepEqual(await eventsOf(page, 'widget-error'), []);
  });

  onPage('a component that copies works on, and its reader can copy', saved('clipboard', { code: 'SAVE-10' }), async (page, frame) => {
    const says = (text) => frame.waitForFunction((text) => document.querySelector('output').textContent.startsWith(text), text);
    await frame.locator('#guarded').click();
    // Chromium refuses, as the policy asks; Firefox copies.
    await frame.waitForFunction(() => /^(no: |copied)/.test(document.querySelector('output').textContent));
    await frame.locator('#old').click();
    await says('execCommand false');
    await frame.evaluate(() => {
      document.addEventListener('copy', () => (document.title = String(getSelection())));
      getSelection().selectAllChildren(document.querySelector('code'));
    });
    await page.keyboard.press('Control+c');
    await frame.waitForFunction(() => document.title === 'SAVE-10');
  });

  onPage(
    'the parts of React that the bundler leaves in work together',
    () => given().stage.payload(REACT),
    async (page, frame) => {
      await frame.getByText('lazy').waitFor();
      await frame.getByText('used').waitFor();
      assert.equal(await frame.evaluate(() => getComputedStyle(document.getElementById('out')).color), 'rgb(1, 2, 3)');
      await press(frame.locator('#go'));
      await frame.getByText('0 pending 0 5').waitFor();
      await frame.getByText('1 idle 1 1').waitFor();
      assert.equal(await frame.evaluate(() => getComputedStyle(document.getElementById('part')).display), 'none');
      assert.deepEqual(await eventsOf(page, 'widget-error'), []);
    },
  );
}
