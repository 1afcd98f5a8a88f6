// Widgets that attack, and plain sandboxed frames in which the attacks succeed.

import { openHost, raised } from './host-page.mjs';

/** A module whose component runs the function in an effect, and then raises the action `done`. */
export const hostile = (attack, to) => `import { useEffect } from 'react';
const attack = ${attack};
export default function Hostile({ onAction }) {
  useEffect(() => {
    (async () => attack(${JSON.stringify(to)}))().then(
      (value) => onAction('done', String(value)), (error) => onAction('done', String(error)));
  }, []);
  return 'A hostile widget';
}`;

/** A frame with only the `sandbox` attribute of the widget's frame that runs the function, and then sends 'done' to its page. */
export const naiveFrame = (attack, to) => {
  const script = `(async () => (${attack})(${JSON.stringify(to)}))().catch(() => {}).then(() => parent.postMessage('done', '*'))`;
  const srcdoc = `<!doctype html><link rel="modulepreload" href="data:text/javascript,"><body><script>${script}</script>`;
  return `<iframe sandbox="allow-scripts allow-forms" srcdoc="${srcdoc.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
};

/** Opens a page with a naive frame that runs the attack; `page.frame` is the frame. */
export async function openNaive({ context, stage }, attack, { before = '', style = '', to } = {}) {
  const page = await context.newPage();
  const html = `<!doctype html><title>Naive</title><style>${style}</style><script>addEventListener('message', ({ data }) => data === 'done' && (window.attacked = true))</script>${before}${naiveFrame(attack, to)}`;
  await page.goto(stage.page(html));
  /** Resolves when the attack has run: an attack that navigates its document never does. */
  page.attacked = () => page.waitForFunction(() => window.attacked);
  page.frame = await (await page.waitForSelector('iframe')).contentFrame();
  return page;
}

/** Opens a page with a widget that runs the attack, and waits for this event of it. */
export async function openHostile({ context, stage }, attack, { to, until = 'widget-ready', ...options } = {}) {
  const page = await openHost(context, stage, [stage.payload(hostile(attack, to))], options);
  await raised(page, until);
  page.attacked = () => raised(page, 'widget-action');
  return page;
}

/** Starts the attack of a page's frame, which waits for a message. */
export const begin = (page) =>
  page.evaluate(() => {
    const outer = document.querySelector('peer-widget')?.shadowRoot.querySelector('iframe').contentWindow;
    (outer ? outer[0] : frames[0]).postMessage('begin', '*');
  });
