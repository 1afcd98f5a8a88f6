// Widgets that attack, and frames in which an attack succeeds.

/** A module whose component runs the function once it is shown, and then says so. */
export const hostile = (attack, to) => `import { useEffect } from 'react';
const attack = ${attack};
export default function Hostile({ onAction }) {
  useEffect(() => {
    (async () => attack(${JSON.stringify(to)}))().then(
      (value) => onAction('done', String(value)), (error) => onAction('done', String(error)));
  }, []);
  return 'A hostile widget';
}`;

/** The same in a frame that is sandboxed, and that is all. It says 'done' to its page. */
export const naiveFrame = (attack, to) => {
  const script = `(async () => (${attack})(${JSON.stringify(to)}))().catch(() => {}).then(() => parent.postMessage('done', '*'))`;
  const srcdoc = `<!doctype html><link rel="modulepreload" href="data:text/javascript,"><body><script>${script}</script>`;
  return `<iframe sandbox="allow-scripts" srcdoc="${srcdoc.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
};
