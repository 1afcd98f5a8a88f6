// Tests that close their pages when they end, also when they fail. A page that stays open would keep its browser from other tests.

import { AsyncLocalStorage } from 'node:async_hooks';
import { test as define } from 'node:test';

const pages = new AsyncLocalStorage();

/** The open pages of the running test. */
export const pagesOfTest = () => pages.getStore() ?? new Set();

/** As `test` of `node:test`: a name, options if there are any, and the test. */
export function test(name, ...rest) {
  const body = rest.pop();
  define(name, ...rest, async (context) => {
    const open = new Set();
    try {
      await pages.run(open, () => body(context));
    } finally {
      await Promise.all([...open].map((page) => page.close()));
    }
  });
}
