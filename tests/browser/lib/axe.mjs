// axe-core, run in one document at a time.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules that do not apply to a part of a page: the page has the landmarks and the first heading. */
export const RULES_OF_PARTS = Object.fromEntries(
  ['landmark-one-main', 'page-has-heading-one', 'region'].map((rule) => [rule, { enabled: false }]),
);

/** The violations that axe finds in a document, one line each. */
export async function violations(frame, rules = {}) {
  // The debugger evaluates it, since the frame's policy forbids scripts from text.
  await frame.evaluate(axe);
  // Without `preload`: it would request style sheets, which the policy forbids too.
  const options = { iframes: false, preload: false, resultTypes: ['violations'], rules };
  const found = await frame.evaluate((options) => window.axe.run(document, options), options);
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
}
