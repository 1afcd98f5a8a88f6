// The galleries of the kit's parts, compiled by the service and opened in the frame.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';

import { preview } from '../lib/api.mjs';
import { RULES_OF_PARTS, violations } from '../lib/axe.mjs';
import { openHost, raised, widgetFrame } from '../lib/host-page.mjs';
import { test } from '../lib/test.mjs';
import { until } from './cases.mjs';

const folder = new URL('../kit/', import.meta.url);
const names = (await readdir(folder)).map((file) => file.replace('.jsx', '')).sort();

/** The names in groups: a page and its browser take as long as several frames. */
const pagesOf = (perPage) =>
  Array.from({ length: Math.ceil(names.length / perPage) }, (_, at) => names.slice(at * perPage, (at + 1) * perPage));

/** Errors that a gallery is to raise. */
const EXPECTED = {
  // One of its pictures is on a server that no widget may load from.
  avatar: [{ kind: 'blocked', fatal: false }],
};

/** What the trigger "Open" of a gallery opens: its selector, and the key that opens it. Without a key the focus opens it. Escape closes it, unless it `stays`. */
const OVERLAYS = {
  'alert-dialog': { box: '[data-slot=alert-dialog-content]', key: 'Enter' },
  command: { box: '[data-slot=dialog-content]', key: 'Enter' },
  'context-menu': { box: '[data-slot=context-menu-content]', key: 'ContextMenu' },
  dialog: { box: '[data-slot=dialog-content]', key: 'Enter' },
  drawer: { box: '[data-slot=drawer-content]', key: 'Enter' },
  'dropdown-menu': { box: '[data-slot=dropdown-menu-content]', key: 'Enter' },
  'hover-card': { box: '[data-slot=hover-card-content]' },
  menubar: { box: '[data-slot=menubar-content]', key: 'Enter' },
  'navigation-menu': { box: '[data-slot=navigation-menu-content]', key: 'Enter' },
  popover: { box: '[data-slot=popover-content]', key: 'Enter' },
  select: { box: '[data-slot=select-content]', key: 'Enter' },
  sheet: { box: '[data-slot=sheet-content]', key: 'Enter' },
  sonner: { box: '[data-sonner-toast]', key: 'Enter', stays: true },
  toast: { box: '[data-slot=toast]', key: 'Enter' },
  tooltip: { box: '[data-slot=tooltip-content]' },
};

/** Rules that a part of Radix violates while it is open. */
const KNOWN = {
  // It hides the document from screen readers, and what it hides can have the focus.
  select: ['aria-hidden-focus'],
  // It has a focusable element that is hidden from screen readers, which passes the focus into the box.
  'navigation-menu': ['aria-hidden-focus'],
};

/** Resolves when animations have ended: colors in between have no contrast. */
const still = (frame) =>
  frame.evaluate(() => {
    const ends = (animation) => animation.effect.getComputedTiming().endTime !== Infinity;
    const ended = document
      .getAnimations()
      .filter(ends)
      .map((animation) => animation.finished.catch(() => {}));
    return Promise.race([Promise.all(ended), new Promise((resolve) => setTimeout(resolve, 1000))]).then(() => undefined);
  });

/** Changes the theme of the page, and waits until the widget has it. */
async function setTheme(page, frame, theme) {
  await page.evaluate((theme) => document.documentElement.style.setProperty('color-scheme', theme), theme);
  // A frame that was moved out of sight is not painted.
  await frame.waitForFunction((theme) => document.documentElement.dataset.theme === theme, theme, { polling: 100 });
  // Otherwise axe takes the transparent background for white.
  await frame.evaluate(() => document.documentElement.style.setProperty('background', 'Canvas'));
  await still(frame);
}

/** The violations of a gallery in both themes, without the known ones. */
async function violationsOf(page, frame, known = []) {
  const found = [];
  for (const theme of ['light', 'dark']) {
    await setTheme(page, frame, theme);
    for (const violation of await violations(frame, RULES_OF_PARTS))
      if (!known.some((rule) => violation.startsWith(`${rule}:`))) found.push(`${theme}: ${violation}`);
  }
  return found;
}

/** Whether the trigger has the focus. */
const hasFocus = (frame) =>
  frame.evaluate(() => {
    const { activeElement, body } = document;
    if (!document.hasFocus() || activeElement === body) return false;
    return activeElement.textContent.trim() === 'Open' || activeElement.ariaLabel === 'Open';
  });

/** Moves the focus to the trigger, as a reader does who has come to the widget. */
async function reachTrigger(page, at, frame) {
  await page.evaluate((at) => document.querySelectorAll('peer-widget')[at].focus(), at);
  for (let tries = 0; tries < 5 && !(await hasFocus(frame)); tries += 1) await page.keyboard.press('Tab');
  assert.ok(await hasFocus(frame), 'Tab reaches the trigger');
}

/** Begins to look whether a box is seen, and whole: all of it is within the frame, which has as much room for it as it takes. */
const watch = (frame, box) =>
  frame.evaluate((box) => {
    window.seenWhole = false;
    const timer = setInterval(() => {
      const { top, right, bottom, left, width, height } = document.querySelector(box)?.getBoundingClientRect() ?? { width: 0 };
      const isWhole = width > 0 && height > 0 && top >= 0 && left >= 0 && bottom <= innerHeight + 1 && right <= innerWidth + 1;
      if (isWhole) clearInterval(timer);
      window.seenWhole ||= isWhole;
    }, 50);
  }, box);

export function kitSuite(given, engine) {
  /** Opens a page with galleries and waits until each is ready. */
  const open = async (names) => {
    const payloads = await Promise.all(
      names.map(async (name) => preview(given(), 'kit', name, await readFile(new URL(`${name}.jsx`, folder), 'utf8'))),
    );
    const page = await openHost(given().context, given().stage, payloads);
    for (const at of names.keys()) await raised(page, 'widget-ready', { at });
    return page;
  };
  const errorsOf = async (page, at) => {
    const found = await page.evaluate(() => window.raised.filter(({ type }) => type === 'widget-error'));
    return found
      .filter((error) => error.at === at)
      .map(({ detail }) => ({ kind: detail.kind, fatal: detail.fatal, message: detail.message }));
  };

  /** Opens the overlay with the keyboard. */
  const openOverlay = async (page, at, frame, { box, key }) => {
    await reachTrigger(page, at, frame);
    await watch(frame, box);
    if (key) await page.keyboard.press(key);
    await until(() => frame.evaluate(() => window.seenWhole), `${box} is seen whole`);
  };

  // Firefox and WebKit show that each part is rendered. Keys, overlays and accessibility are tried in Chromium.
  for (const names of pagesOf(engine === 'chromium' ? 6 : 3)) {
    test(`parts of the kit: ${names.join(', ')}`, async (context) => {
      const page = await open(names);
      for (const [at, name] of names.entries()) {
        await context.test(name, async () => {
          // A browser does not paint frames out of sight.
          await page.evaluate((at) => document.querySelectorAll('peer-widget')[at].scrollIntoView(), at);
          const frame = await widgetFrame(page, at);
          const overlay = OVERLAYS[name];
          if (engine === 'chromium') assert.deepEqual(await violationsOf(page, frame, KNOWN[name]), []);
          if (overlay && engine === 'chromium') {
            await openOverlay(page, at, frame, overlay);
            assert.deepEqual(await violationsOf(page, frame, KNOWN[name]), []);
            if (!overlay.stays) {
              await page.keyboard.press('Escape');
              await frame.waitForFunction((box) => !document.querySelector(box), overlay.box, { polling: 100 });
            }
            await until(() => hasFocus(frame), 'the trigger has the focus');
          }
          const found = await errorsOf(page, at);
          const expected = (EXPECTED[name] ?? []).map((error, index) => ({ ...error, message: found[index]?.message }));
          assert.deepEqual(found, expected);
        });
      }
      await page.close();
    });
  }
}
