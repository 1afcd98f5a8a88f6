// Disables links: with a modifier key or the middle button they would open a tab outside the sandbox.

import { apply, getterOf, replace } from './natives';

const { composedPath, preventDefault } = Event.prototype;
const localName = getterOf(Element.prototype, 'localName');
const namespaceURI = getterOf(Element.prototype, 'namespaceURI');
const MATHML = 'http://www.w3.org/1998/Math/MathML';

export function disableLinks(): void {
  // The path of an event does not contain elements of a closed shadow root.
  replace(
    Element.prototype,
    'attachShadow',
    (native) =>
      function (this: unknown, init: unknown) {
        return apply(native, this, [{ ...(init as object), mode: 'open' }]);
      },
  );
  // Firefox connects on mousedown.
  for (const type of ['mousedown', 'click', 'auxclick']) window.addEventListener(type, preventLinks, true);
}

function preventLinks(event: Event): void {
  const path = apply(composedPath, event, []);
  for (let at = 0; at < path.length; at += 1) {
    if (isLink(path[at])) apply(preventDefault, event, []);
  }
}

function isLink(target: unknown): boolean {
  try {
    const name = apply(localName, target, []);
    // The path of an event does not contain the content of `use`; in MathML each element may be a link.
    return name === 'a' || name === 'area' || name === 'use' || apply(namespaceURI, target, []) === MATHML;
  } catch {
    return false; // not an element
  }
}
