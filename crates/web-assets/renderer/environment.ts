// Stand-ins for what components commonly read of a browser while they render. They hold plausible values, and do nothing: effects do not
// run, timers never fire, and no element has a size. Storage is absent, as in the frame.

import { document, ElementStandIn, nothing, Target } from './document';

const WIDTH = 480;
const HEIGHT = 640;

let timers = 0;
/** Timers, frames and idle callbacks get a number and never fire. */
const timer = (): number => (timers += 1);

class Observer {
  observe = nothing;
  unobserve = nothing;
  disconnect = nothing;
  takeRecords = (): [] => [];
}

class EventStandIn {
  readonly type: string;
  readonly detail: unknown;
  readonly defaultPrevented = false;
  readonly preventDefault = nothing;
  readonly stopPropagation = nothing;

  constructor(type: string, options: { detail?: unknown } = {}) {
    this.type = type;
    this.detail = options.detail ?? null;
  }
}

class Signal extends Target {
  aborted = false;
  reason: unknown;
  throwIfAborted = nothing;
}

class Abort {
  readonly signal = new Signal();

  abort(reason?: unknown): void {
    Object.assign(this.signal, { aborted: true, reason });
  }
}

/** Media queries match as in a light, narrow window of a device with a mouse. */
const matchMedia = (media: string) => ({
  ...new Target(),
  media,
  matches: false,
  onchange: null,
  addListener: nothing,
  removeListener: nothing,
});

const navigator = {
  userAgent: 'Mozilla/5.0 (widgetd render test)',
  platform: '',
  vendor: '',
  language: 'en-US',
  languages: ['en-US', 'en'],
  onLine: true,
  maxTouchPoints: 0,
  hardwareConcurrency: 4,
};

const style = { getPropertyValue: () => '' };

const fill = (values: Uint8Array): Uint8Array => values.map((_, at) => (values[at] = Math.floor(Math.random() * 256)));
const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Random numbers that are good enough for ids. */
const crypto = {
  getRandomValues: <T extends ArrayBufferView>(values: T): T => {
    fill(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return values;
  },
  randomUUID: (): string => {
    const digits = hex(fill(new Uint8Array(16)));
    const [a, b, c, d, e] = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(13, 16), digits.slice(17, 20), digits.slice(20)];
    return `${a}-${b}-4${c}-8${d}-${e}`;
  },
};

/** A copy of what JSON can hold, dates, maps and sets. */
function structuredClone(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return new Date(value);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [structuredClone(key), structuredClone(item)]));
  if (value instanceof Set) return new Set([...value].map(structuredClone));
  if (Array.isArray(value)) return value.map(structuredClone);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, structuredClone(item)]));
}

const methods = 'error warn log info debug trace table group groupCollapsed groupEnd time timeEnd timeLog count dir assert clear';

/** What a window has and QuickJS lacks. */
const globals = {
  ...new Target(),
  window: globalThis,
  self: globalThis,
  document,
  navigator,
  matchMedia,
  crypto,
  structuredClone,
  console: Object.fromEntries(methods.split(' ').map((name) => [name, nothing])),
  innerWidth: WIDTH,
  innerHeight: HEIGHT,
  outerWidth: WIDTH,
  outerHeight: HEIGHT,
  devicePixelRatio: 1,
  scrollX: 0,
  scrollY: 0,
  pageXOffset: 0,
  pageYOffset: 0,
  screen: {
    width: WIDTH,
    height: HEIGHT,
    availWidth: WIDTH,
    availHeight: HEIGHT,
    orientation: { ...new Target(), type: 'portrait-primary' },
  },
  getComputedStyle: () => style,
  getSelection: () => null,
  scrollTo: nothing,
  fetch: () => new Promise(nothing),
  setTimeout: timer,
  setInterval: timer,
  requestAnimationFrame: timer,
  requestIdleCallback: timer,
  clearTimeout: nothing,
  clearInterval: nothing,
  cancelAnimationFrame: nothing,
  cancelIdleCallback: nothing,
  CSS: { supports: () => false, escape: (text: string) => text.replace(/[^\w-]/g, (character) => `\\${character}`) },
  EventTarget: Target,
  Node: ElementStandIn,
  Element: ElementStandIn,
  HTMLElement: ElementStandIn,
  SVGElement: ElementStandIn,
  Event: EventStandIn,
  CustomEvent: EventStandIn,
  AbortController: Abort,
  AbortSignal: Signal,
  ResizeObserver: Observer,
  IntersectionObserver: Observer,
  MutationObserver: Observer,
};

for (const [name, value] of Object.entries(globals)) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
