// Takes screenshots of the pre-built widgets, of a conversation with two of them, and of the examples, in both themes for the documentation:
//
//   node screenshots.mjs <path of the widgetd binary> <folder>

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import UPNG from 'upng-js';

import { start } from '../lib/widgetd.mjs';
import { launch } from './lib/chromium.mjs';
import { examplePayloads } from './lib/examples.mjs';
import { openHost, raised } from './lib/host-page.mjs';
import { prebuiltPayloads } from './lib/prebuilt.mjs';
import { makeStage } from './lib/stage.mjs';

const folder = process.argv[3] ?? new URL('../../docs/images/', import.meta.url).pathname;
/** CSS pixels; the board has four columns. */
const WIDTHS = { 'task-kanban': 800 };
const WIDTH = 480;
const PAGES = { light: '#f4f6fa', dark: '#0c0e13' };

/** Encodes the picture with a palette, which is a third of the size: widgets have few colors. */
function withPalette(picture) {
  const image = UPNG.decode(picture);
  return Buffer.from(UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, 128));
}

/** What the conversation consists of: the user's text, the agent's text and its widget. */
const TURNS = [
  ['How did we grow this year?', 'Users more than doubled since January:', 'user-growth-line-chart'],
  ['And what is the team working on?', 'Here is the board. Drag a card to move it:', 'task-kanban'],
];
const CONVERSATION_STYLE = `
:root { background: light-dark(#fff, #0f1218); color: light-dark(#1b2130, #e6e9f0); font: 15px/1.5 system-ui, sans-serif; }
body { box-sizing: border-box; width: 720px; margin: 0; padding: 28px 24px; display: grid; gap: 16px; }
p { margin: 0; }
.user { justify-self: end; padding: 8px 14px; border-radius: 16px 16px 4px 16px; background: light-dark(#e7ebf5, #232a38); }
.agent { display: grid; gap: 10px; }
.composer { padding: 10px 16px; border: 1px solid light-dark(#dde2ec, #2a3140); border-radius: 24px; color: light-dark(#5b6474, #98a1b3); }`;

/** A page with a conversation. */
function conversationHtml(payloads, theme) {
  const turns = TURNS.map(([question, answer, key]) => {
    const json = JSON.stringify(payloads.find(({ widgetKey }) => widgetKey === key)).replaceAll('<', '\\u003c');
    return `<p class="user">${question}</p>
      <div class="agent"><p>${answer}</p><peer-widget><script type="application/json">${json}</script></peer-widget></div>`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A conversation</title>
    <style>:root { color-scheme: ${theme} } ${CONVERSATION_STYLE}</style>
    <script>window.ready = 0; addEventListener('widget-ready', () => (ready += 1));</script>
    <script src="${stage.origin}/embed/v1.js" defer></script></head>
    <body>${turns.join('')}<div class="composer">Message</div></body></html>`;
}

/** The examples: the form at the right, the others at the left, one below the other. */
const GALLERY_WIDTH = 1080;
const GALLERY_STYLE = `
body { box-sizing: border-box; width: ${GALLERY_WIDTH}px; margin: 0; padding: 20px; }
main { display: grid; grid: auto auto / 580px 440px; gap: 20px; justify-items: stretch; align-items: start; }
h1, #before, #after { display: none }
peer-widget:nth-of-type(1) { grid-area: 2 / 1; inline-size: 448px; justify-self: center; }
peer-widget:nth-of-type(2) { grid-area: 1 / 2 / span 2; }
peer-widget:nth-of-type(3) { grid-area: 1 / 1; }`;

const painted = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

async function takeGallery(context, theme, background) {
  const style = `:root { color-scheme: ${theme}; background: ${background} } ${GALLERY_STYLE}`;
  const page = await openHost(context, stage, examples, { style });
  await page.setViewportSize({ width: GALLERY_WIDTH, height: 1400 });
  for (const at of examples.keys()) await raised(page, 'widget-ready', { at });
  await page.waitForTimeout(1500); // the heights are final, and nothing moves any more
  const { height } = await page.locator('main').boundingBox();
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: GALLERY_WIDTH, height: height + 40 } });
  await writeFile(join(folder, `examples-${theme}.png`), withPalette(picture));
  await page.close();
}

const widgetd = await start();
const stage = await makeStage(widgetd);
const examples = await examplePayloads(stage);
const browser = await launch(['--force-color-profile=srgb', '--font-render-hinting=none']);
try {
  for (const [theme, background] of Object.entries(PAGES)) {
    const context = await browser.newContext({
      viewport: { width: WIDTH, height: 1400 },
      deviceScaleFactor: 1.5,
      locale: 'en-US',
      colorScheme: theme,
    });
    for (const payload of await prebuiltPayloads(stage)) {
      const style = `:root { color-scheme: ${theme}; background: ${background} } body { margin: 12px } h1, #before, #after { display: none }`;
      const width = WIDTHS[payload.widgetKey] ?? WIDTH;
      const page = await openHost(context, stage, [payload], { style });
      await page.setViewportSize({ width, height: 1400 });
      await raised(page, 'widget-ready');
      // After two animation frames the reported height is laid out and painted.
      await painted(page);
      const { height } = await page.locator('peer-widget').boundingBox();
      const picture = await page.screenshot({ clip: { x: 0, y: 0, width, height: height + 24 } });
      await writeFile(join(folder, `${payload.widgetKey}-${theme}.png`), withPalette(picture));
      await page.close();
    }
    const page = await context.newPage();
    await page.setViewportSize({ width: 720, height: 1400 });
    await page.goto(stage.page(conversationHtml(await prebuiltPayloads(stage), theme)));
    await page.waitForFunction((count) => window.ready === count, TURNS.length);
    await page.waitForTimeout(1000); // the heights are final
    const { height } = await page.locator('body').boundingBox();
    const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 720, height } });
    await writeFile(join(folder, `conversation-${theme}.png`), withPalette(picture));
    await page.close();
    await takeGallery(context, theme, background);
    await context.close();
  }
} finally {
  await browser.close();
  await stage.close();
  await widgetd.stop();
}
