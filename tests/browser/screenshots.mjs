// Takes screenshots of the pre-built widgets in both themes for the documentation:
//
//   node screenshots.mjs <path of the widgetd binary> <folder>

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import UPNG from 'upng-js';

import { start } from '../lib/widgetd.mjs';
import { launch } from './lib/chromium.mjs';
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

const widgetd = await start();
const stage = await makeStage(widgetd);
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
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      const { height } = await page.locator('peer-widget').boundingBox();
      const picture = await page.screenshot({ clip: { x: 0, y: 0, width, height: height + 24 } });
      await writeFile(join(folder, `${payload.widgetKey}-${theme}.png`), withPalette(picture));
      await page.close();
    }
    await context.close();
  }
} finally {
  await browser.close();
  await stage.close();
  await widgetd.stop();
}
