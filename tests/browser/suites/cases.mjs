// Components as authors write them, each with one habit that the frame must support. The service compiles them.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { ask, save } from '../lib/api.mjs';
import { openHost, press, raised, settledHeight, widgetFrame } from '../lib/host-page.mjs';
import { listenForLeaks } from '../lib/listener.mjs';
import { test } from '../lib/test.mjs';

const folder = new URL('../cases/', import.meta.url);

/** The render payload of a message that shows the component with this data. */
export async function compiled(given, name, data = {}, edit = (component) => component) {
  const component = edit(await readFile(new URL(`${name}.jsx`, folder), 'utf8'));
  const { key } = await save(given, 'cases', name, component);
  const sent = { type: 'widget', widgetKey: key, data, text: 'The text of the message' };
  const { messageId } = await ask(given, 'cases', 'conversation/cases/message', sent);
  return ask(given, 'cases', `conversation/cases/message/${messageId}/render`);
}

const heightOf = (page) => page.evaluate(() => document.querySelector('peer-widget').getBoundingClientRect().height);

/** Resolves when the condition holds. */
export async function until(condition, what) {
  for (let tries = 0; !(await condition()); tries += 1) {
    if (tries === 100) assert.fail(`not within 10 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The distance that the element extends below the frame's lower edge. */
const below = (locator) => locator.evaluate((element) => element.getBoundingClientRect().bottom - window.innerHeight);

export function casesSuite(given) {
  const show = async (name, data) => {
    const page = await openHost(given().context, given().stage, [await compiled(given(), name, data)]);
    await raised(page, 'widget-ready');
    return page;
  };

  test('a menu and a modal in a small card are fully visible, and the height shrinks when they close', async () => {
    const page = await show('fixed-modal');
    const frame = await widgetFrame(page);
    await until(async () => (await heightOf(page)) < 100, 'the card is small');
    await press(frame.locator('#menu'));
    await until(async () => (await below(frame.locator('#list'))) <= 1, 'the menu is seen whole');
    await press(frame.locator('#menu'));
    await press(frame.locator('#open'));
    await until(async () => (await below(frame.locator('#box'))) <= 1, 'the modal is seen whole');
    assert.ok((await settledHeight(page)) < 1000);
    await press(frame.locator('#yes'));
    await until(async () => (await heightOf(page)) < 100, 'the card is small again');
    await page.close();
  });

  for (const bar of ['enters', 'pulses', 'moves']) {
    test(`a bar at the bottom of the frame that ${bar} does not drive its height`, async () => {
      const page = await show('fixed-animated', { bar });
      const heights = [];
      for (let at = 0; at < 6; at += 1) {
        await new Promise((resolve) => setTimeout(resolve, 400));
        heights.push(await heightOf(page));
      }
      assert.ok(Math.max(...heights) < 250, `${heights} px`);
      await page.close();
    });
  }

  test('toasts in a small card are seen whole', async () => {
    const page = await show('fixed-animated');
    const frame = await widgetFrame(page);
    assert.ok((await heightOf(page)) < 120);
    await press(frame.locator('#toast'));
    const toasts = frame.locator('[data-sonner-toast][data-mounted=true]');
    await until(async () => (await toasts.count()) === 3, 'three toasts are shown');
    const boxes = () =>
      frame.evaluate(() => {
        const all = Array.from(document.querySelectorAll('[data-sonner-toast][data-mounted=true]'));
        return all.map((one) => one.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom - innerHeight]);
      });
    await until(async () => (await boxes()).every(([above, below]) => above >= 0 && below <= 1), 'they are within the frame');
    assert.ok((await settledHeight(page)) < 500);
    await page.close();
  });

  test('a page with min-height: 100vh and padding does not grow with its frame', async () => {
    const page = await show('vh-tailwind', { text: 'Hello' });
    const height = await settledHeight(page);
    assert.ok(height > 100 && height < 400, `${height} px`);
    await page.close();
  });

  test('defaultProps apply to function components, also to nested ones', async () => {
    const page = await show('default-props', { total: 42 });
    const frame = await widgetFrame(page);
    assert.equal(await frame.locator('h3').textContent(), 'Your bill');
    assert.equal(await frame.locator('strong').textContent(), '42 EUR');
    await page.close();
  });

  test('a <style jsx> applies to its own component, with the values of each instance', async () => {
    const page = await show('style-jsx', { price: 10 });
    const frame = await widgetFrame(page);
    const styles = (selector, ...names) =>
      frame.locator(selector).evaluate((element, names) => names.map((name) => getComputedStyle(element)[name]), names);

    // Two components call their classes and their keyframes the same.
    assert.deepEqual(await styles('#price', 'color', 'paddingLeft', 'outlineOffset'), ['rgb(200, 0, 0)', '0px', '1px']);
    assert.deepEqual(await styles('#first', 'color', 'paddingLeft', 'outlineOffset'), ['rgb(0, 0, 200)', '1px', '1px']);
    assert.deepEqual(await styles('#second', 'color', 'paddingLeft', 'outlineOffset'), ['rgb(0, 120, 0)', '2px', '2px']);
    // Another component's rule for `p`, and a rule for `b` in a badge.
    assert.deepEqual(await styles('#outer', 'textDecorationLine', 'fontStyle'), ['none', 'normal']);
    assert.deepEqual(await styles('#bold', 'letterSpacing'), ['1px']);
    assert.deepEqual(await styles('#plain', 'letterSpacing'), ['normal']);
    // Nested rules, `@media`; and a `<style jsx>` is no last child.
    assert.deepEqual(await styles('#first i', 'opacity', 'textIndent'), ['0.5', '1px']);
    assert.deepEqual(await styles('#second i', 'opacity', 'textIndent'), ['0.25', '2px']);
    assert.equal(await frame.locator('#first').evaluate((element) => element.lastElementChild.localName), 'i');

    // A value changes in one instance; styles that no element uses are removed.
    const sheets = () => frame.locator('head style').count();
    const before = await sheets();
    await press(frame.locator('#change'));
    await until(async () => (await styles('#first', 'color'))[0] === 'rgb(90, 0, 90)', 'the first badge has the new color');
    assert.deepEqual(await styles('#second', 'color'), ['rgb(0, 120, 0)']);
    assert.equal(await sheets(), before);
    await press(frame.locator('#open'));
    await until(async () => (await styles('#outer', 'fontStyle'))[0] === 'italic', 'the global style applies');
    await press(frame.locator('#open'));
    await until(async () => (await styles('#outer', 'fontStyle'))[0] === 'normal', 'the global style is removed');
    await page.close();
  });

  test('an external image is not requested, and its fallback is shown', async () => {
    const stranger = await listenForLeaks();
    const page = await show('external-image', { title: 'A blue mug', picture: `http://127.0.0.1:${stranger.port}/mug.png` });
    const frame = await widgetFrame(page);
    await frame.locator('#fallback').waitFor();
    assert.equal(await frame.locator('h3').textContent(), 'A blue mug');
    await settledHeight(page);
    assert.deepEqual(stranger.reached, []);
    // The control: a page without restrictions reaches the same address.
    const plain = await openHost(given().context, given().stage, [], {
      scripts: `<img src="http://127.0.0.1:${stranger.port}/mug.png" alt="">`,
    });
    await until(() => stranger.reached.length > 0, 'the picture is asked for');
    await plain.close();
    await page.close();
    stranger.close();
  });

  test('an external style sheet is not requested, and the text of the message is shown', async () => {
    const stranger = await listenForLeaks();
    const edit = (component) => component.replace('https://example.com', `http://127.0.0.1:${stranger.port}`);
    const payload = await compiled(given(), 'link-precedence', { text: 'Hello' }, edit);
    const page = await openHost(given().context, given().stage, [payload]);
    const fatal = () => window.raised.find(({ type, detail }) => type === 'widget-error' && detail.fatal)?.detail;
    await page.waitForFunction(fatal, undefined, { timeout: 20_000 });
    assert.equal((await page.evaluate(fatal)).kind, 'render');
    assert.match(await page.evaluate(() => document.querySelector('peer-widget').shadowRoot.textContent), /The text of the message/);
    assert.deepEqual(stranger.reached, []);
    await page.close();
    stranger.close();
  });
}
