// Shuts what neither the sandbox nor the Content-Security-Policy shuts.
//
// Looking up a name or opening a connection ahead of time (`<link rel="preconnect">`) and WebRTC tell a stranger's server
// something, and are no requests for the policy. The header `Connection-Allowlist` stops them where it is known (Chromium from
// 152). For other browsers the means are taken away before the widget is loaded: elements that do so, and fresh documents, whose
// globals would be untouched. Text is not parsed to elements anyway: `require-trusted-types-for 'script'`.

const REFUSED = new Set(['link', 'iframe', 'frame', 'object', 'embed', 'fencedframe', 'base', 'meta']);

const GLOBALS = ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCIceTransport', 'WebTransport', 'XSLTProcessor'];

const { apply } = Reflect;
const { has } = Set.prototype;

function refuse(name: unknown): void {
  const local = String(name).toLowerCase().split(':').pop() ?? '';
  if (apply(has, REFUSED, [local])) throw new TypeError(`A widget may not make <${local}> elements`);
}

/** Replaces a method for good. */
function replace(prototype: object, name: string, make: (native: (...rest: unknown[]) => unknown) => unknown): void {
  const native: unknown = Reflect.get(prototype, name);
  if (typeof native !== 'function') return;
  const value = make(native as (...rest: unknown[]) => unknown);
  Object.defineProperty(prototype, name, { value, writable: false, configurable: false });
}

export function lockdown(): void {
  replace(Document.prototype, 'createElement', (native) => function (this: unknown, name: unknown, options: unknown) {
    const text = String(name); // once: an object could answer otherwise the second time
    refuse(text);
    return apply(native, this, [text, options]);
  });
  replace(Document.prototype, 'createElementNS', (native) => function (this: unknown, space: unknown, name: unknown, options: unknown) {
    const text = String(name);
    refuse(text);
    return apply(native, this, [space, text, options]);
  });
  // `class extends HTMLLinkElement` makes a link with `new`.
  replace(CustomElementRegistry.prototype, 'define', (native) => function (this: unknown, name: unknown, element: unknown) {
    return apply(native, this, [name, element]);
  });
  // Parse text without asking for a trusted type.
  for (const [owner, name] of [[Element.prototype, 'setHTML'], [ShadowRoot.prototype, 'setHTML'], [Document, 'parseHTML']] as const) {
    Reflect.deleteProperty(owner, name);
  }
  for (const name of GLOBALS) Reflect.deleteProperty(window, name);
  window.addEventListener('click', keep, true);
  window.addEventListener('auxclick', keep, true);
}

/** A link leads nowhere: a click with a key held down would open it in a tab of its own, outside of the sandbox. */
function keep(event: Event): void {
  const inLink = event.composedPath().some((target) => target instanceof Element && target.localName === 'a');
  if (inLink) event.preventDefault();
}
