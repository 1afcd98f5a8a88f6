// Saves native functions before the widget's code, which shares the globals, can replace them. They are called with `apply`: a method
// lookup could find a function of the widget.

export const { apply } = Reflect;
const { getOwnPropertyDescriptor, defineProperty } = Object;

type Method = (...rest: unknown[]) => unknown;

/** The native getter of a property: `apply(getter, object, [])`. */
export function getterOf(prototype: object, name: string): Method {
  return getOwnPropertyDescriptor(prototype, name)?.get as Method;
}

/** Replaces the setter of a property permanently. */
export function replaceSetter(prototype: object, name: string, make: (native: Method) => Method): void {
  const property = getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
  defineProperty(prototype, name, { ...property, set: make(property.set as Method), configurable: false });
}

/** Replaces a method permanently if the prototype has it. */
export function replace(prototype: object | undefined, name: string, make: (native: Method) => Method): void {
  const native: unknown = prototype && getOwnPropertyDescriptor(prototype, name)?.value;
  if (typeof native !== 'function') return;
  defineProperty(prototype as object, name, { value: make(native as Method), writable: false, configurable: false });
}

/** Converts to lower case even if the widget has replaced string methods. */
const { toLowerCase } = String.prototype;
export const lower = (text: string): string => apply(toLowerCase, text, []) as string;

/** The native `setTimeout`. */
export const later = window.setTimeout.bind(window);
