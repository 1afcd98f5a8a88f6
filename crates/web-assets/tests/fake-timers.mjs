// Replaces the timers and the clock of the process until it ends, as newer versions of Node.js can do themselves.

import { mock } from 'node:test';

export function fakeTimers() {
  let now = 0;
  let timers = [];
  mock.method(performance, 'now', () => now);
  mock.method(globalThis, 'setTimeout', (callback, delay = 0) => {
    const timer = { callback, at: now + delay };
    timers.push(timer);
    return timer;
  });
  mock.method(globalThis, 'clearTimeout', (timer) => {
    timers = timers.filter((other) => other !== timer);
  });
  return {
    tick(milliseconds) {
      now += milliseconds;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { callback } of due) callback();
    },
  };
}
