// Behavior of the pre-built widgets: languages, actions, tooltips, long and impossible data, focus.

import assert from 'node:assert/strict';

import { RULES_OF_PARTS, violations } from '../lib/axe.mjs';
import { openHost, press, raised, widgetFrame } from '../lib/host-page.mjs';
import { prebuiltPayloads, prebuiltTables } from '../lib/prebuilt.mjs';
import { test } from '../lib/test.mjs';
import { EMPTY, FLAWED, LONG, MANY } from './widgets-data.mjs';

const LANGUAGES = ['en', 'de', 'es', 'fr', 'tr', 'ar'];
const KEYS = Object.keys(LONG);
/** The narrow width is a phone's 320 pixels minus margins. */
const WIDTHS = [296, 456];

export function widgetsSuite(given) {
  /** Runs the body on a page with widgets, each with its data, or else with its example's. */
  async function onPage(body, { data = {}, keys = Object.keys(data), locale = 'en', width = 456 }) {
    const { context, stage } = given();
    const payloads = (await prebuiltPayloads(stage)).filter(({ widgetKey }) => keys.includes(widgetKey));
    const shown = payloads.map((payload) => ({ ...payload, data: data[payload.widgetKey] ?? payload.data }));
    const page = await openHost(context, stage, shown, { attributes: `locale="${locale}" style="width: ${width}px"` });
    try {
      const frames = [];
      for (const at of shown.keys()) {
        // Widgets far from the viewport load when they come near.
        await page
          .locator('peer-widget')
          .nth(at)
          .evaluate((element) => element.scrollIntoView());
        await raised(page, 'widget-ready', { at });
        frames.push(await widgetFrame(page, at));
      }
      await body({ page, frames, frame: frames[0], keys: shown.map(({ widgetKey }) => widgetKey) });
      assert.deepEqual(await page.evaluate(() => raised.filter(({ type }) => type === 'widget-error')), []);
      assert.deepEqual(page.logged, []);
    } finally {
      await page.close();
    }
  }
  const on = (key, body, { data, ...options } = {}) => onPage(body, { keys: [key], data: { [key]: data }, ...options });
  const action = (page) => raised(page, 'widget-action');
  const text = (frame) => frame.evaluate(() => document.body.innerText);
  const waitFor = (frame, words) => frame.waitForFunction((words) => document.body.innerText.includes(words), words);
  /** Clicks first: WebKit sends no keys to a frame that only a script has focused. */
  async function focusOn(frame, css) {
    await frame.locator('h2').first().click();
    await frame.evaluate((css) => document.querySelector(css).focus(), css);
  }

  // Languages

  test('each widget has the same words, with the same gaps, in six languages', async () => {
    const gaps = (words) => (words.match(/\{\w+\}/g) ?? []).sort();
    for (const [key, table] of Object.entries(await prebuiltTables(given().stage))) {
      assert.deepEqual(Object.keys(table), LANGUAGES, key);
      for (const language of LANGUAGES) {
        assert.deepEqual(Object.keys(table[language]), Object.keys(table.en), `${key} in ${language}`);
        for (const [name, words] of Object.entries(table[language])) {
          assert.ok(words.length > 0, `${key}: ${language}.${name}`);
          assert.deepEqual(gaps(words), gaps(table.en[name]), `${key}: ${language}.${name}`);
        }
      }
    }
  });

  for (const language of LANGUAGES) {
    test(`the widgets speak ${language}`, async () => {
      const tables = await prebuiltTables(given().stage);
      await onPage(
        async ({ frames, keys }) => {
          for (const [at, frame] of frames.entries()) {
            const { title, empty, noHours } = tables[keys[at]][language];
            const found = await text(frame);
            assert.ok(found.includes(empty ?? noHours), found);
            assert.ok(keys[at].startsWith('weather') || found.includes(title), found);
            const direction = await frame.evaluate(() => getComputedStyle(document.querySelector('section')).direction);
            assert.equal(direction, language === 'ar' ? 'rtl' : 'ltr', keys[at]);
            assert.deepEqual(await violations(frame, RULES_OF_PARTS), []);
          }
        },
        { data: EMPTY, locale: language },
      );
    });
  }

  test('numbers, dates and times have the form of the language', async () => {
    const data = { 'user-growth-line-chart': { points: [{ date: '2025-03-09', users: 1234567 }] } };
    const weather = 'weather-daily-highlight';
    const written = {
      'de-DE': ['1.234.567', '09.03.2025', '18:52'],
      'fr-FR': ['1\u202f234\u202f567', '9 mars 2025', '18:52'],
      'en-US': ['1,234,567', 'Mar 9, 2025', '6:52'],
      'ar-EG': ['١٬٢٣٤٬٥٦٧', '٠٩/٠٣/٢٠٢٥', '٦:٥٢'],
    };
    for (const [locale, [users, date, time]] of Object.entries(written)) {
      await onPage(
        async ({ frames }) => {
          const [growth, day] = [await text(frames[0]), await text(frames[1])];
          const plain = (words) => words.replace(/[\u200f\u2066-\u2069]/g, '');
          assert.ok(plain(growth).includes(users) && plain(growth).includes(date), growth);
          assert.ok(day.includes(time), day);
        },
        { data, keys: ['user-growth-line-chart', weather], locale },
      );
    }
  });

  test('an invalid locale, or one without words, is no failure', async () => {
    for (const locale of ['not_a_locale', 'ja']) {
      await onPage(async ({ frames }) => assert.ok((await text(frames[0])).includes('Your cart is empty.')), {
        data: { 'shopping-cart-summary': EMPTY['shopping-cart-summary'] },
        locale,
      });
    }
  });

  // Actions

  const BOARD = {
    columns: [
      { name: 'A', tasks: [{ title: 'one' }, { title: 'two' }] },
      { name: 'B', tasks: [{ title: 'three' }] },
    ],
  };
  const FROM = { column: 'A', columnIndex: 0, index: 0 };
  const cards = (frame) =>
    frame.evaluate(() =>
      [...document.querySelectorAll('[data-column]')].map((column) =>
        [...column.querySelectorAll('[data-task] p:first-child')].map((card) => card.textContent),
      ),
    );

  test('the keys move a card, and the host is notified of where it was dropped', async () => {
    await on(
      'task-kanban',
      async ({ page, frame }) => {
        await focusOn(frame, '[data-task="0-0"] button');
        for (const key of ['Enter', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
        assert.deepEqual(await cards(frame), [['two'], ['three', 'one']]);
        await page.keyboard.press('Enter');
        assert.deepEqual(await action(page), {
          name: 'card-moved',
          payload: { task: 'one', from: FROM, to: { column: 'B', columnIndex: 1, index: 1 } },
        });
        const focused = await frame.evaluate(() => document.activeElement.closest('[data-task]').dataset.task);
        assert.equal(focused, '0-0', 'the focus stays on the card');
      },
      { data: BOARD },
    );
  });

  test('Escape puts a card back without an action', async () => {
    await on(
      'task-kanban',
      async ({ page, frame }) => {
        await focusOn(frame, '[data-task="0-0"] button');
        for (const key of ['Enter', 'ArrowRight', 'Escape']) await page.keyboard.press(key);
        await waitFor(frame, 'Put back.');
        assert.deepEqual(await cards(frame), [['one', 'two'], ['three']]);
        assert.deepEqual(await page.evaluate(() => raised.filter(({ type }) => type === 'widget-action')), []);
      },
      { data: BOARD },
    );
  });

  test('arrow keys follow the direction of the board', async () => {
    await on(
      'task-kanban',
      async ({ page, frame }) => {
        await focusOn(frame, '[data-task="0-0"] button');
        for (const key of ['Enter', 'ArrowLeft']) await page.keyboard.press(key);
        assert.deepEqual(await cards(frame), [['two'], ['one', 'three']]);
      },
      { data: BOARD, locale: 'ar' },
    );
  });

  test('a click on a handle and one on a column move a card', async () => {
    await on(
      'task-kanban',
      async ({ page, frame }) => {
        await frame.locator('[data-task="0-0"] button').click();
        await frame.locator('[data-column="1"] h3').click();
        const { name, payload } = await action(page);
        assert.deepEqual([name, payload.to], ['card-moved', { column: 'B', columnIndex: 1, index: 0 }]);
        assert.deepEqual(await cards(frame), [['two'], ['one', 'three']]);
      },
      { data: BOARD },
    );
  });

  test('a mouse drags a card to another place', async (run) => {
    await on(
      'task-kanban',
      async ({ page, frame }) => {
        if (!page.mouse) return run.skip('WebDriver has no mouse here');
        const [card, column] = [
          await frame.locator('[data-task="0-0"]').boundingBox(),
          await frame.locator('[data-column="1"]').boundingBox(),
        ];
        await page.mouse.move(card.x + 20, card.y + 15);
        await page.mouse.down();
        await page.mouse.move(column.x + 40, column.y + column.height - 6, { steps: 6 });
        await page.mouse.up();
        const { name, payload } = await action(page);
        assert.deepEqual([name, payload], ['card-moved', { task: 'one', from: FROM, to: { column: 'B', columnIndex: 1, index: 1 } }]);
        assert.deepEqual(await cards(frame), [['two'], ['three', 'one']]);
      },
      { data: BOARD },
    );
  });

  test('the cart changes quantities and sends the purchase', async () => {
    const data = {
      currency: 'EUR',
      items: [
        { name: 'Cup', quantity: 1, unitPrice: 10.1 },
        { name: 'Plate', quantity: 2, unitPrice: 5 },
      ],
      shipping: 3,
    };
    await on(
      'shopping-cart-summary',
      async ({ page, frame }) => {
        for (const at of [1, 1, 2, 2, 2]) await press(frame.locator('li button').nth(at)); // Two cups more; no plate, once too often.
        await waitFor(frame, '€33.30');
        assert.match(await text(frame), /before your changes/);
        for (const _ of [1, 2]) await press(frame.locator('.wgt-cart-checkout'));
        const payload = { currency: 'EUR', items: [{ name: 'Cup', quantity: 3, unitPrice: 10.1 }], total: 33.3 };
        assert.deepEqual(await action(page), { name: 'checkout', payload });
        await waitFor(frame, 'Checkout requested');
        assert.equal(await page.evaluate(() => raised.filter(({ type }) => type === 'widget-action').length), 1, 'once');
      },
      { data },
    );
  });

  test('a ticket is answered and closed', async () => {
    await on('support-ticket-overview', async ({ page, frame }) => {
      await frame.locator('li button').nth(0).click();
      assert.equal(await frame.evaluate(() => document.activeElement.tagName), 'TEXTAREA');
      await page.keyboard.press('h');
      await page.keyboard.press('i');
      await press(frame.locator('li button').nth(0));
      assert.deepEqual(await action(page), { name: 'ticket-reply', payload: { id: 'SUP-4182', text: 'hi' } });
      await waitFor(frame, 'Reply sent');
      await press(frame.locator('li button').nth(1));
      await waitFor(frame, 'Closing requested');
      const last = await page.evaluate(() => raised.at(-1).detail);
      assert.deepEqual(last, { name: 'ticket-close', payload: { id: 'SUP-4182' } });
    });
  });

  test('new data replaces the changes of the reader', async () => {
    await on(
      'task-kanban',
      async ({ page, frame }) => {
        await focusOn(frame, '[data-task="0-0"] button');
        for (const key of ['Enter', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
        assert.deepEqual(await cards(frame), [['two'], ['one', 'three']]);
        await page.evaluate(
          (columns) => {
            const element = document.querySelector('peer-widget');
            element.payload = { ...JSON.parse(element.querySelector('script').textContent), data: { columns } };
          },
          [{ name: 'A', tasks: [{ title: 'new' }] }],
        );
        await waitFor(frame, 'new');
        assert.deepEqual(await cards(frame), [['new']]);
      },
      { data: BOARD },
    );
  });

  // Tooltips

  const CHARTS = {
    'sales-funnel-progress': {
      stop: '.wgt-funnel-bar',
      key: 'ArrowDown',
      first: ['1,500 · $150,000'],
      next: ['Qualified', '42% of Leads'],
    },
    'skills-comparison-radar': {
      stop: '.wgt-radar-plot',
      key: 'ArrowRight',
      first: ['Communication', 'Ada Moreau: 9'],
      next: ['React', 'Kenji Sato: 9.5'],
    },
    'user-growth-line-chart': {
      stop: '.wgt-growth-plot',
      key: 'ArrowLeft',
      first: ['Oct 1, 2025', 'Users: 10,935'],
      next: ['Sep 1, 2025', 'Active users: 6,233'],
    },
  };
  for (const [key, { stop, key: arrow, first, next }] of Object.entries(CHARTS)) {
    test(`${key} has a tooltip for pointer and keyboard`, async () => {
      await on(key, async ({ page, frame }) => {
        const tip = () => frame.evaluate(() => document.querySelector('.wgt-tip')?.innerText ?? '');
        const shows = async (words) => {
          await frame.waitForFunction(
            (words) => words.every((word) => document.querySelector('.wgt-tip')?.innerText.includes(word)),
            words,
          );
        };
        assert.equal(await tip(), '');
        await focusOn(frame, stop);
        await shows(first);
        await page.keyboard.press(arrow);
        await shows(next);
        await page.keyboard.press('Escape');
        await frame.waitForFunction(() => !document.querySelector('.wgt-tip'));
        await frame.evaluate(() => document.activeElement.blur());
        await frame.locator(stop).first().click();
        await frame.waitForFunction(() => document.querySelector('.wgt-tip') !== null);
        assert.deepEqual(await violations(frame, RULES_OF_PARTS), []);
      });
    });
  }

  // Data

  test('a button shows more than 20 items', async () => {
    await onPage(
      async ({ frames, keys }) => {
        for (const [at, frame] of frames.entries()) {
          const { items, all } = MANY[keys[at]];
          const count = () => frame.evaluate((items) => document.querySelectorAll(items).length, items);
          assert.equal(await count(), 20, keys[at]);
          await press(frame.locator('.wgt-more').first());
          await frame.waitForFunction(([items, all]) => document.querySelectorAll(items).length === all, [items, all]);
          assert.equal(await frame.locator('.wgt-more').first().getAttribute('aria-expanded'), 'true', 'and can be hidden again');
        }
      },
      { data: Object.fromEntries(Object.entries(MANY).map(([key, { data }]) => [key, data])) },
    );
  });

  for (const [name, { key, data, says, never }] of Object.entries(FLAWED)) {
    test(`impossible data is marked: ${name}`, async () => {
      await on(
        key,
        async ({ frame }) => {
          const found = await text(frame);
          for (const words of says) assert.ok(found.includes(words), `${words}: ${found}`);
          assert.ok(!never || !found.includes(never), found);
        },
        { data },
      );
    });
  }

  test('unsorted points are drawn by date', async () => {
    const points = [
      { date: '2025-03-01', users: 30 },
      { date: '2025-01-01', users: 10 },
      { date: '2025-02-01', users: 20 },
    ];
    await on(
      'user-growth-line-chart',
      async ({ frame }) => {
        const path = await frame.evaluate(() => document.querySelector('.wgt-growth-stroke[d^="M0 "]').getAttribute('d'));
        const xs = [...path.matchAll(/[ML]([\d.]+) /g)].map(([, x]) => Number(x));
        assert.deepEqual(
          xs,
          xs.toSorted((a, b) => a - b),
        );
        assert.match(await text(frame), /30 users.*up 200%.*since Jan 1, 2025/s);
      },
      { data: { points } },
    );
  });

  // Room

  for (const width of WIDTHS) {
    test(`long words and numbers are never truncated at ${width} pixels`, async () => {
      await onPage(
        async ({ frames, keys }) => {
          for (const [at, frame] of frames.entries()) {
            const cut = await frame.evaluate(() => {
              const section = document.querySelector('section');
              const inside = section.getBoundingClientRect();
              const isOut = ({ left, right }) => left < inside.left - 1 || right > inside.right + 1;
              const texts = [...section.querySelectorAll('h2, h3, p, li, dt, dd, th, td, button, text, bdi')].filter(
                (element) => !element.matches('.wgt-unseen') && element.checkVisibility(),
              );
              return texts
                .filter((element) => isOut(element.getBoundingClientRect()) || getComputedStyle(element).textOverflow === 'ellipsis')
                .map((element) => element.outerHTML.slice(0, 200));
            });
            assert.deepEqual(cut, [], keys[at]);
          }
          const names = LONG['skills-comparison-radar'].skills;
          const radar = await text(frames[keys.indexOf('skills-comparison-radar')]);
          for (const name of names) assert.ok(radar.includes(name), name);
        },
        { data: LONG, width },
      );
    });

    test(`no cell is alone in the last row at ${width} pixels`, async () => {
      await onPage(
        async ({ frames, keys }) => {
          for (const [at, frame] of frames.entries()) {
            const rows = await frame.evaluate(() =>
              [...document.querySelectorAll('.wgt-cells')].map((list) => {
                const tops = [...list.children].map((cell) => Math.round(cell.getBoundingClientRect().top));
                const counts = [...new Set(tops)].map((top) => tops.filter((other) => other === top).length);
                return counts;
              }),
            );
            for (const counts of rows) assert.ok(Math.max(...counts) === 1 || counts.at(-1) > 1, `${keys[at]}: ${counts}`);
          }
        },
        { keys: KEYS, width },
      );
    });
  }

  test('each tab stop shows that it has the focus', async () => {
    await onPage(
      async ({ page, frames, keys }) => {
        for (const [at, frame] of frames.entries()) {
          const stops = await frame.evaluate(() => document.querySelectorAll('button, input, summary, [tabindex="0"]').length);
          const seen = new Set();
          await page
            .locator('peer-widget')
            .nth(at)
            .evaluate((element) => element.scrollIntoView());
          await frame.locator('h2').first().click(); // Tab continues from there.
          for (let stop = 0; stop < stops; stop += 1) {
            await page.keyboard.press('Tab');
            const [id, isShown] = await frame.evaluate(() => {
              const element = document.activeElement;
              const { outlineStyle, outlineWidth } = getComputedStyle(element);
              return [
                [...document.querySelectorAll('*')].indexOf(element),
                outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
              ];
            });
            assert.ok(isShown, `${keys[at]}: stop ${stop}`);
            seen.add(id);
          }
          assert.equal(seen.size, stops, keys[at]);
        }
      },
      { keys: KEYS },
    );
  });
}
