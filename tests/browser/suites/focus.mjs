// The keyboard focus and what hangs on it. In Chromium a page that is opened takes it from all others, so these run alone.

import assert from 'node:assert/strict';

import { openHost, raised, widgetFrame } from '../lib/host-page.mjs';
import { begin, openHostile, openNaive } from '../lib/hostile.mjs';
import { test } from '../lib/test.mjs';
import { COUNTER } from './samples.mjs';

const FIELD = '<input id="field" aria-label="A field of the page">';

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const errors = (page) =>
  page.evaluate(() => raised.filter(({ type }) => type === 'widget-error').map(({ detail }) => [detail.kind, detail.fatal]));

/** Steals the focus again and again, and takes what is typed. */
const STEAL = () => {
  const input = document.createElement('input');
  document.body.append(input);
  setInterval(() => (document.activeElement === input && document.hasFocus()) || input.focus(), 200);
};

const type = async (page, text) => {
  for (const letter of text) {
    await page.keyboard.press(letter);
    await pause(60);
  }
};

export function focusSuite(given, engine) {
  test('Tab goes in and out again', async () => {
    const { context, stage } = given();
    const page = await openHost(context, stage, [stage.payload(COUNTER, { data: { label: 'Votes' } })]);
    await raised(page, 'widget-ready');
    const frame = await widgetFrame(page);
    await page.locator('#before').focus();
    await page.keyboard.press('Tab');
    assert.equal(await frame.evaluate(() => document.hasFocus() && document.activeElement.localName), 'button');
    await page.keyboard.press('Enter');
    await frame.getByText('Votes: 1').waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'after');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await frame.evaluate(() => document.hasFocus() && document.activeElement.localName), 'button');
    await page.close();
  });

  test('a widget that takes the focus from a field gives it back, and is ended when it goes on', async () => {
    const page = await openHostile(given(), STEAL, { scripts: FIELD });
    await page.locator('#field').focus();
    const isInert = engine === 'webkit'; // There a frame cannot take the focus.
    if (!isInert) await page.waitForFunction(() => raised.some(({ type, detail }) => type === 'widget-error' && detail.fatal));
    await type(page, 'secret');
    const found = await errors(page);
    assert.deepEqual(
      found.map(([, fatal]) => fatal),
      isInert ? [] : [...found.slice(1).map(() => false), true],
    );
    assert.ok(found.length <= 4 && found.every(([kind]) => kind === 'focus'), JSON.stringify(found));
    assert.equal(await page.evaluate(() => document.getElementById('field').value), 'secret');
    await page.close();
    const naive = await openNaive(given(), STEAL, { before: FIELD });
    await naive.locator('#field').focus();
    await pause(400);
    await type(naive, 'secret');
    const taken = await naive.frame.evaluate(() => document.querySelector('input').value);
    assert.equal(taken, engine === 'webkit' ? '' : 'secret', 'the attack itself works');
    await naive.close();
  });

  const THIEVES = {
    'as soon as it is given back': () => {
      const input = document.createElement('input');
      document.body.append(input);
      setInterval(() => input.focus(), 1);
    },
    'and gives it to the page in between': () => {
      const input = document.createElement('input');
      document.body.append(input);
      setInterval(() => {
        input.focus();
        setTimeout(() => {
          input.blur();
          top.focus();
        }, 60);
      }, 400);
    },
    'after Tab': () => {
      const input = document.createElement('input');
      document.body.append(input);
      addEventListener('message', () => setInterval(() => input.focus(), 200));
    },
  };
  for (const [name, attack] of Object.entries(THIEVES)) {
    test(`a widget that takes the focus ${name} does not read what is typed`, async () => {
      const page = await openHostile(given(), attack, { scripts: `${FIELD}<input id="next" aria-label="Another field">` });
      const id = name === 'after Tab' ? 'next' : 'field';
      await page.locator('#field').focus();
      if (id === 'next') {
        await page.keyboard.press('Tab');
        await begin(page);
      }
      // Until it is ended, some keys are lost.
      await type(page, 'x'.repeat(40));
      await type(page, 'secret');
      assert.match(await page.evaluate((id) => document.getElementById(id).value, id), /^x*secret$/);
      assert.equal(
        (await errors(page)).some(([, fatal]) => fatal),
        engine !== 'webkit',
      );
      await page.close();
    });
  }

  test('a page moves the focus into a widget', async () => {
    const { context, stage } = given();
    const page = await openHost(context, stage, [stage.payload(COUNTER, { data: { label: 'Votes' } })], { scripts: FIELD });
    await raised(page, 'widget-ready');
    await page.locator('#field').focus();
    await page.evaluate(() => document.querySelector('peer-widget').focus());
    await pause(500);
    assert.equal(await page.evaluate(() => document.activeElement.localName), 'peer-widget');
    assert.deepEqual(await errors(page), []);
    await page.close();
  });

  test('a reader moves the focus from a field into a widget with a press', async () => {
    const attack = () => document.body.append(Object.assign(document.createElement('input'), { id: 'inner' }));
    const page = await openHostile(given(), attack, { scripts: FIELD });
    await page.locator('#field').focus();
    const frame = await widgetFrame(page);
    await frame.locator('#inner').click();
    await pause(500);
    assert.deepEqual(await errors(page), []);
    if (engine === 'webkit') {
      // The page's active element stays the field. What is typed tells.
      await type(page, 'x');
      assert.equal(await frame.evaluate(() => document.getElementById('inner').value), 'x');
    } else {
      assert.equal(await page.evaluate(() => document.activeElement.localName), 'peer-widget');
    }
    await page.close();
  });

  test('a widget does not write to the clipboard', async () => {
    const attack = () => {
      const button = Object.assign(document.createElement('button'), { id: 'copy', textContent: 'Press' });
      button.onclick = () => {
        getSelection().selectAllChildren(button);
        button.title = String(document.execCommand('copy'));
      };
      document.body.append(button);
    };
    const copies = async (frame) => {
      await frame.locator('#copy').click();
      return frame.locator('#copy').getAttribute('title');
    };
    const page = await openHostile(given(), attack);
    assert.equal(await copies(await widgetFrame(page)), 'false');
    await page.close();
    const naive = await openNaive(given(), attack);
    assert.equal(await copies(naive.frame), 'true', 'the attack itself works');
    await naive.close();
  });
}
