// What is needed of the globals that the widget's code shares, taken before it runs. A function that was taken is called with
// `apply`: looked up again, it could be one of the widget's.

export const { apply } = Reflect;
const { getOwnPropertyDescriptor, defineProperty } = Object;

type Method = (...rest: unknown[]) => unknown;

/** The native getter of a property: `apply(getter, object, [])`. */
export function getterOf(prototype: object, name: string): Method {
  return getOwnPropertyDescriptor(prototype, name)?.get as Method;
}

/** Replaces a method for good, wherever the prototype has it. */
export function replace(prototype: object | undefined, name: string, make: (native: Method) => Method): void {
  const native: unknown = prototype && getOwnPropertyDescriptor(prototype, name)?.value;
  if (typeof native !== 'function') return;
  defineProperty(prototype as object, name, { value: make(native as Method), writable: false, configurable: false });
}

/** Text in lower case, whatever the widget has made of strings. */
const { toLowerCase } = String.prototype;
export const lower = (text: string): string => apply(toLowerCase, text, []) as string;

/** The native `setTimeout`. */
export const later = window.setTimeout.bind(window);
