// Modules in the compiler's output form.

export const JSX = `import { jsx } from 'react/jsx-runtime'; import { useEffect, useState } from 'react';`;

/** Counts clicks in its state. */
export const COUNTER = `${JSX}
export default function Counter({ data, unit, onAction }) {
  const [count, setCount] = useState(0);
  const click = () => { setCount(count + 1); onAction('vote', { count: count + 1, deep: [1, { a: null }] }); };
  return jsx('button', { type: 'button', onClick: click, children: \`\${data.label ?? 'Count'}: \${count} \${unit ?? ''}\` });
}`;

/** Shows its props about the page and the styles of its document. */
export const SHOWS_LOOK = `${JSX}
export default function Look({ theme, locale }) {
  const style = getComputedStyle(document.documentElement);
  const shown = [theme, document.documentElement.lang, style.getPropertyValue('--widget-accent'), style.colorScheme];
  return jsx('p', { id: 'look', 'data-locale': locale, children: JSON.stringify(shown) });
}`;

const onClick = (body) => `${JSX}
export default () => jsx('button', { type: 'button', onClick: () => { ${body} }, children: 'Break' });`;

export const THROWS = {
  fatal: {
    'when it is imported': { kind: 'import', source: `throw new Error('it broke'); export default 1;` },
    'nothing and exports nothing': { kind: 'import', source: 'export const other = 1;' },
    'since it imports what is not there': { kind: 'import', source: `import { nothing } from 'react'; export default nothing;` },
    'while it renders': { kind: 'render', source: `export default () => { throw new Error('it broke'); }` },
    'in an effect': {
      kind: 'render',
      source: `${JSX} export default () => { useEffect(() => { throw new Error('it broke'); }); return 'x'; }`,
    },
    'when its state changes': {
      kind: 'render',
      source: `${JSX} export default () => { const [bad, set] = useState(false); useEffect(() => set(true), []); if (bad) throw new Error('it broke'); return 'x'; }`,
    },
  },
  mild: {
    'in a handler': { kind: 'event', source: onClick(`throw new Error('it broke');`) },
    'in a timer': { kind: 'event', source: onClick(`setTimeout(() => { throw new Error('it broke'); });`) },
    'in a promise': { kind: 'promise', source: onClick(`Promise.reject(new Error('it broke'));`) },
  },
};

const FOREVER = 'while (true) {}';

const inEffect = (body) => `${JSX}
export default () => { useEffect(() => { ${body} }, []); return 'x'; }`;

/** Widgets that never return. */
export const LOOPS = {
  'when it is imported': { source: `${FOREVER} export default 1;` },
  'while it renders': { source: `export default () => { ${FOREVER} }` },
  'in a handler': { source: onClick(FOREVER), click: true },
  'in a timer': { source: onClick(`setTimeout(() => { ${FOREVER} }, 100);`), click: true },
  'in an effect': { source: inEffect(FOREVER) },
  'in a microtask': { source: inEffect(`const again = () => Promise.resolve().then(again); again();`) },
  'in a message handler': {
    source: inEffect(
      `const { port1, port2 } = new MessageChannel(); port1.onmessage = () => { ${FOREVER} }; setTimeout(() => port2.postMessage(1), 200);`,
    ),
  },
  // The frame does not report this code as busy.
  'in an observer': { source: inEffect(`setTimeout(() => new ResizeObserver(() => { ${FOREVER} }).observe(document.body), 500);`) },
};
