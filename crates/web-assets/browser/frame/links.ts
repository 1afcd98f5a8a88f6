// A link leads nowhere: with a key held down or by the middle button it would open in a tab outside of the sandbox.

import { apply, getterOf, replace } from './natives';

const { composedPath, preventDefault } = Event.prototype;
const localName = getterOf(Element.prototype, 'localName');
const namespaceURI = getterOf(Element.prototype, 'namespaceURI');
const MATHML = 'http://www.w3.org/1998/Math/MathML';

export function disableLinks(): void {
  // What is in a closed shadow root is in no event's path.
  replace(
    Element.prototype,
    'attachShadow',
    (native) =>
      function (this: unknown, init: unknown) {
        return apply(native, this, [{ ...(init as object), mode: 'open' }]);
      },
  );
  // Firefox connects as soon as the button is down.
  for (const type of ['mousedown', 'click', 'auxclick']) window.addEventListener(type, keep, true);
}

function keep(event: Event): void {
  const path = apply(composedPath, event, []);
  for (let at = 0; at < path.length; at += 1) {
    if (isLink(path[at])) apply(preventDefault, event, []);
  }
}

function isLink(target: unknown): boolean {
  try {
    const name = apply(localName, target, []);
    // What `use` shows is in no event's path; in MathML each element may be a link.
    return name === 'a' || name === 'area' || name === 'use' || apply(namespaceURI, target, []) === MATHML;
  } catch {
    return false; // a document, a window or a shadow root
  }
}
