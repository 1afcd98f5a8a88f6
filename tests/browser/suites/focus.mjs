// The keyboard focus. In Chromium a new page takes it from all others, so these tests run alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openHost, raised, widgetFrame } from '../lib/host-page.mjs';
import { openHostile, openNaive } from '../lib/hostile.mjs';
import { COUNTER } from './samples.mjs';

const FIELD = '<input id="field" aria-label="A field of the page">';

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const errors = (page) =>
  page.evaluate(() => raised.filter(({ type }) => type === 'widget-error').map(({ detail }) => [detail.kind, detail.fatal]));

/** Repeatedly steals the focus and records typed keys. */
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
  test('Tab moves the focus into a widget and out again', async () => {
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

  test('a field gets its focus back from a widget, and a widget that repeats the theft while its user types is ended', async () => {
    const page = await openHostile(given(), STEAL, { scripts: FIELD });
    const written = () => page.evaluate(() => document.getElementById('field').value);
    const isEnded = async () => (await errors(page)).some(([, fatal]) => fatal);
    await page.locator('#field').focus();
    if (engine === 'webkit') {
      // In WebKit a frame cannot take the focus.
      await type(page, 'secret');
      assert.equal(await written(), 'secret');
      assert.deepEqual(await errors(page), []);
    } else {
      // The element restores the focus any number of times while the user does not type.
      await page.waitForFunction(() => raised.filter(({ type }) => type === 'widget-error').length > 3);
      assert.equal(await isEnded(), false);
      for (let count = 0; count < 100 && !(await isEnded()); count += 1) await type(page, 'x');
      await type(page, 'secret');
      assert.match(await written(), /^x*secret$/);
      const kinds = await errors(page);
      assert.deepEqual(
        kinds.map(([kind]) => kind),
        kinds.map(() => 'focus'),
      );
      assert.deepEqual(kinds.filter(([, fatal]) => fatal).length, 1);
    }
    await page.close();
    const naive = await openNaive(given(), STEAL, { before: FIELD });
    await naive.locator('#field').focus();
    await pause(400);
    await type(naive, 'secret');
    const taken = await naive.frame.evaluate(() => document.querySelector('input').value);
    assert.equal(taken, engine === 'webkit' ? '' : 'secret', 'the attack itself works');
    await naive.close();
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
      // The page's active element stays the field, so typed keys show the focus.
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
