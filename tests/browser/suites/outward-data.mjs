// Widgets that reach beyond their frame, and a frame that attacks its page.

/** Forms that React handles, that nothing handles, and that a script submits. */
export const FORMS = (to) => `import { jsx } from 'react/jsx-runtime'; import { useActionState, useState } from 'react';
  function ByAction() {
    const [sent, set] = useState('');
    return jsx('form', { action: (form) => set(form.get('name')), children: [
      jsx('input', { name: 'name', defaultValue: 'Ada' }, 1), jsx('button', { id: 'action', children: sent || 'Send' }, 2)] });
  }
  function ByState() {
    const [count, act] = useActionState(async (count) => count + 1, 0);
    return jsx('form', { action: act, children: jsx('button', { id: 'state', children: 'Count ' + count }) });
  }
  const plain = (id, attributes, more) => jsx('form', { ...attributes, children: jsx('button', { id, name: 'secret', value: 'x', ...more, children: id }) }, id);
  export default () => jsx('div', { children: [jsx(ByAction, {}, 'a'), jsx(ByState, {}, 's'),
    plain('get', { action: '${to}get' }), plain('post', { action: '${to}post', method: 'post' }),
    plain('top', { action: '${to}top', target: '_top' }), plain('blank', { action: '${to}blank', target: '_blank' }),
    plain('formaction', {}, { formAction: '${to}formaction', formMethod: 'post' }),
    plain('bare', {}), plain('stops', { action: '${to}stops', onSubmit: (event) => event.stopPropagation() }),
    plain('barestops', { onSubmit: (event) => event.stopPropagation() }),
    plain('immediate', { onSubmit: ({ nativeEvent }) => nativeEvent.stopImmediatePropagation() }),
    plain('bubble', { onSubmit: ({ nativeEvent }) => { nativeEvent.cancelBubble = true; } }),
    jsx('button', { id: 'script', onClick: () => { const form = document.createElement('form'); form.action = '${to}script'; document.body.append(form); form.submit(); HTMLFormElement.prototype.submit.call(form); form.requestSubmit(); }, children: 'script' }, 'script'),
  ] });`;

export const LINKS = `import { jsx } from 'react/jsx-runtime'; import { useEffect } from 'react';
  const link = (id, href, more) => jsx('a', { id, href, ...more, children: id }, id);
  export default ({ data }) => {
    useEffect(() => {
      Object.defineProperty(UserActivation.prototype, 'isActive', { get: () => true });
      Object.defineProperty(navigator, 'userActivation', { value: { isActive: true } });
      const made = Object.assign(document.createElement('a'), { href: data.to + 'effect' });
      document.body.append(made); made.click(); made.remove();
      window.open(data.to + 'opened');
    }, []);
    return jsx('p', { children: [
      link('handled', data.to, { onClick: (event) => event.preventDefault() }), ' ',
      jsx('button', { id: 'loose', children: 'loose', onClick: () => {
        const made = Object.assign(document.createElement('a'), { href: data.to + 'loose', target: '_blank' });
        made.dispatchEvent(new MouseEvent('click', { cancelable: true }));
      } }), ' ',
      link('stopped', data.to + 'stopped', { onClick: (event) => event.stopPropagation() }), ' ',
      link('relative', '/orders/1'), ' ', link('scheme', 'ftp://example.com/'), ' ',
      jsx('svg', { width: 60, height: 20, children: jsx('a', { href: data.to + 'svg', children: jsx('rect', { id: 'svg', width: 60, height: 20 }) }) }, 'svg'),
    ] });
  };`;

/** A frame that sends requests itself: at once, and at each click. */
export const HOSTILE_FRAME = `<!doctype html><p>Press</p><script>
  onmessage = ({ ports: [port] }) => {
    if (!port) return;
    const flood = () => {
      for (let at = 0; at < 50; at += 1) port.postMessage({ type: 'link', url: 'https://example.com/' + at, target: '_blank' });
      port.postMessage({ type: 'link', url: 'javascript:alert(1)', target: '_self' });
    };
    port.onmessage = ({ data }) => data.type === 'ping' && port.postMessage({ type: 'pong', number: data.number });
    port.postMessage({ type: 'size', height: 200, follows: false });
    port.postMessage({ type: 'ready' });
    flood();
    onclick = flood;
  };
  parent.postMessage({ widgetd: 1, type: 'hello' }, '*');
</script>`;

/** Suspends, loads a component, hides a part, and shows a transition and an optimistic state. */
export const REACT = `import { jsx, jsxs } from 'react/jsx-runtime';
  import { Activity, lazy, Suspense, use, useDeferredValue, useOptimistic, useState, useTransition } from 'react';
  const after = (milliseconds, value) => new Promise((resolve) => setTimeout(() => resolve(value), milliseconds));
  const Lazy = lazy(() => after(100, { default: () => jsx('b', { children: 'lazy' }) }));
  const later = after(150, 'used');
  const Used = () => jsx('i', { children: use(later) });
  export default () => {
    const [count, setCount] = useState(0);
    const [isPending, start] = useTransition();
    const [shown, add] = useOptimistic(count, (count, more) => count + more);
    const act = () => start(async () => { add(5); await after(300); setCount((count) => count + 1); });
    return jsxs('div', { children: [
      jsx('title', { children: 'A title' }), jsx('style', { href: 'a', precedence: 'x', children: '#out { color: rgb(1, 2, 3) }' }),
      jsxs(Suspense, { fallback: 'wait', children: [jsx(Lazy, {}, 1), jsx(Used, {}, 2)] }),
      jsx(Activity, { mode: count ? 'hidden' : 'visible', children: jsx('u', { id: 'part', children: 'part' }) }),
      jsx('button', { id: 'go', onClick: act, children: 'Go' }),
      jsx('p', { id: 'out', children: [count, isPending ? 'pending' : 'idle', useDeferredValue(count), shown].join(' ') }),
    ] });
  };`;

export const THROWS = `import { useState } from 'react';
export default function Card({ data }) {
  const [more, setMore] = useState(false);
  const fail = () => { throw new Error('no total'); };
  return (
    <div>
      <button id="fail" onClick={fail}>Fail</button>
      <button id="more" onClick={() => setMore(true)}>More</button>
      {more && <Owner owner={data.owner} />}
    </div>
  );
}
function Owner({ owner }) {
  return <p>{owner}</p>;
}`;
