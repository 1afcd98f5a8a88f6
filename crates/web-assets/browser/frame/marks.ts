// Reports to the page when widget code runs: its handlers, timers and ports. `widget.ts` reports imports and renders.

import type { Channel } from './channel';
import { apply } from './natives';

/** Events that widgets often handle, except frequent ones such as `pointermove`. */
const EVENTS = ['pointerdown', 'pointerup', 'click', 'keydown', 'keyup', 'input', 'change', 'submit', 'toggle'];

type Callback = (...rest: unknown[]) => unknown;
const TIMERS = ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback'] as const;

export function markWork(channel: Channel): void {
  for (const name of EVENTS) {
    const mark = (): void => {
      channel.busy('event');
      channel.idleSoon();
    };
    window.addEventListener(name, mark, { capture: true, passive: true });
  }
  // An assistive technology may press without a pointer.
  for (const name of ['pointerdown', 'mousedown']) {
    window.addEventListener(name, ({ isTrusted }) => isTrusted && channel.send({ type: 'press' }), { capture: true, passive: true });
  }
  markPorts(channel);
  for (const name of TIMERS) {
    const native = window[name] as unknown as Callback | undefined;
    if (!native) continue; // Safari has no idle callbacks
    const marked = (callback: unknown, ...rest: unknown[]): unknown => apply(native, window, [wrap(channel, callback), ...rest]);
    Object.defineProperty(window, name, { value: marked, writable: true, configurable: true });
  }
}

/** Handlers of the widget's own ports run like timers. */
function markPorts(channel: Channel): void {
  const { get, set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage') as { get: Callback; set: Callback };
  const handlers = new WeakMap<object, unknown>();
  Object.defineProperty(MessagePort.prototype, 'onmessage', {
    configurable: true,
    get(this: object) {
      return handlers.get(this) ?? apply(get, this, []);
    },
    set(this: object, handler: unknown) {
      handlers.set(this, handler);
      apply(set, this, [wrap(channel, handler)]);
    },
  });
}

/** Reports `busy` only until the callback returns: another frame may stall next. */
function wrap(channel: Channel, callback: unknown): unknown {
  if (typeof callback !== 'function') return callback; // text, which the policy blocks
  return function (this: unknown, ...given: unknown[]): unknown {
    channel.busy('event');
    try {
      return apply(callback, this, given);
    } finally {
      channel.idle();
    }
  };
}
