// Says when the widget is let run: before its handlers and timers, and before it is rendered (see `widget.ts`).

import type { Channel } from './channel';

/** Events that a widget is likely to handle, less those that come by the hundred. */
const EVENTS = ['pointerdown', 'pointerup', 'click', 'keydown', 'keyup', 'input', 'change', 'submit', 'toggle'];

type Callback = (...rest: unknown[]) => unknown;
const TIMERS = ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback'] as const;

const { apply } = Reflect;

export function markWork(channel: Channel): void {
  for (const name of EVENTS) {
    window.addEventListener(name, () => (channel.busy('event'), channel.idle()), { capture: true, passive: true });
  }
  window.addEventListener('pointerdown', ({ isTrusted }) => isTrusted && channel.send({ type: 'press' }), { capture: true, passive: true });
  for (const name of TIMERS) {
    const native = window[name] as unknown as Callback | undefined;
    if (!native) continue; // Safari has no idle callbacks
    const marked = (callback: unknown, ...rest: unknown[]): unknown => apply(native, window, [wrap(channel, callback), ...rest]);
    Object.defineProperty(window, name, { value: marked, writable: true, configurable: true });
  }
}

function wrap(channel: Channel, callback: unknown): unknown {
  if (typeof callback !== 'function') return callback; // text: the policy refuses it
  return (...given: unknown[]): unknown => {
    channel.busy('event');
    channel.idle();
    return apply(callback, undefined, given);
  };
}
