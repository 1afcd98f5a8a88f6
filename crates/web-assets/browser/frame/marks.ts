// Says when the widget is let run: before its handlers and timers, and before it is rendered (see `widget.ts`).

import type { Channel } from './channel';
import { apply } from './natives';

/** Events that a widget is likely to handle, less those that come by the hundred. */
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
  window.addEventListener('pointerdown', ({ isTrusted }) => isTrusted && channel.send({ type: 'press' }), { capture: true, passive: true });
  markPorts(channel);
  for (const name of TIMERS) {
    const native = window[name] as unknown as Callback | undefined;
    if (!native) continue; // Safari has no idle callbacks
    const marked = (callback: unknown, ...rest: unknown[]): unknown => apply(native, window, [wrap(channel, callback), ...rest]);
    Object.defineProperty(window, name, { value: marked, writable: true, configurable: true });
  }
}

/** The widget's own ports: their handlers run like timers. */
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

/** Busy until the callback returns and no longer, as others may loop next. */
function wrap(channel: Channel, callback: unknown): unknown {
  if (typeof callback !== 'function') return callback; // text: the policy refuses it
  return function (this: unknown, ...given: unknown[]): unknown {
    channel.busy('event');
    try {
      return apply(callback, this, given);
    } finally {
      channel.idle();
    }
  };
}
