// Lists the names of all globals of Chromium, Firefox and WebKit, for the component checker:
//
//   node globals.mjs > ../../crates/adapter-oxc/src/check/browser-globals.txt
//
// A name that one of them has is in the list. The page is a secure context, which has the most names.

import { createServer } from 'node:http';

import { ENGINES } from './lib/engines.mjs';

const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>globals</title>'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const names = new Set(['arguments']); // of every function
for (const open of Object.values(ENGINES)) {
  const { context, close } = await open();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const found = await page.evaluate(() => {
    const all = [];
    for (let owner = window; owner; owner = Object.getPrototypeOf(owner)) all.push(...Object.getOwnPropertyNames(owner));
    return all;
  });
  // Leaves out the names that Playwright and WebDriver add.
  for (const name of found) if (/^[a-z]\w*$/i.test(name) && !/playwright|webdriver/i.test(name)) names.add(name);
  process.stderr.write(`${found.length} names\n`);
  await close();
}
server.close();
const lines = [...names].sort().map((name) => `${name}\n`);
process.stdout.write(lines.join(''));
