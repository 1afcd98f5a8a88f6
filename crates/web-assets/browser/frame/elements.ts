// Prevents a widget from creating elements that connect, look up names or start another document.
//
// `<link rel="preconnect">` connects to any server, and the policy does not treat it as a request. The document holds no such element
// when the widget starts, so a widget can neither clone nor change one, and every way to create one throws.

import { apply, lower, replace } from './natives';

const REFUSED = new Set(['link', 'iframe', 'frame', 'object', 'embed', 'fencedframe', 'base', 'meta', 'portal']);

/** Members with HTML in their names that stay. The others, such as `setHTML`, parse text without a trusted type in some browser. */
const ALLOWED_HTML_MEMBERS = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'getHTML'];

/** Setters and methods that parse text. Browsers with trusted types block them by `require-trusted-types-for`. */
const SINKS: ReadonlyArray<readonly [object, readonly string[]]> = [
  [Element.prototype, ['innerHTML', 'outerHTML', 'insertAdjacentHTML']],
  [ShadowRoot.prototype, ['innerHTML']],
  [Document.prototype, ['write', 'writeln']],
  [Range.prototype, ['createContextualFragment']],
  [DOMParser.prototype, ['parseFromString']],
];

const { has } = Set.prototype;
const { lastIndexOf, slice } = String.prototype;

let watchLink = (_: EventTarget): void => {};

/** Calls `watch` with each link that the widget creates. */
export function onLink(watch: (link: EventTarget) => void): void {
  watchLink = watch;
}

/** Returns the local name. */
function refuse(name: string): string {
  const from = (apply(lastIndexOf, name, [':']) as number) + 1;
  const local = lower(apply(slice, name, [from]) as string);
  if (apply(has, REFUSED, [local])) throw new TypeError(`A widget may not create <${local}> elements`);
  return local;
}

/** Replaces a method whose argument at `position` names an element. Reads the argument once: an object may convert to another name later. */
function refuseAt(prototype: object, method: string, position: number): void {
  replace(
    prototype,
    method,
    (native) =>
      function (this: unknown, first: unknown, second: unknown, third: unknown) {
        const given = [first, second, third];
        given[position] = `${given[position] as string}`;
        const name = refuse(given[position] as string);
        const created = apply(native, this, given);
        if (name === 'a') watchLink(created as EventTarget);
        return created;
      },
  );
}

export function refuseElements(): void {
  for (const element of document.querySelectorAll('link, meta, base, script')) element.remove();
  refuseAt(Document.prototype, 'createElement', 0);
  refuseAt(Document.prototype, 'createElementNS', 1);
  refuseAt(DOMImplementation.prototype, 'createDocument', 1);
  // `class extends HTMLLinkElement` creates a link with `new`, so `extends` is dropped.
  replace(
    CustomElementRegistry.prototype,
    'define',
    (native) =>
      function (this: unknown, name: unknown, element: unknown) {
        return apply(native, this, [name, element]);
      },
  );
  for (const owner of [Element.prototype, ShadowRoot.prototype, Document]) {
    for (const name of Object.getOwnPropertyNames(owner)) {
      if (name.includes('HTML') && !ALLOWED_HTML_MEMBERS.includes(name)) Reflect.deleteProperty(owner, name);
    }
  }
  if (!('trustedTypes' in window)) closeSinks();
}

function closeSinks(): void {
  const refused = (): never => {
    throw new TypeError('A widget may not create elements from text');
  };
  for (const [owner, names] of SINKS) {
    for (const name of names) {
      if (!(name in owner)) continue;
      const closed = name.endsWith('erHTML') ? { set: refused } : { value: refused };
      Object.defineProperty(owner, name, { ...closed, configurable: false });
    }
  }
}
