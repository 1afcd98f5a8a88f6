// Finds frames that have stopped answering, and the one that is to blame.
//
// Browsers run all sandboxed frames of one service on a page in one process, apart from the page's own. So the page never
// freezes; but a widget that loops for ever takes its neighbours along. Before a frame lets its widget run it says that it is
// busy. When one frame alone was busy it is stopped, and the others begin anew. When several were, all begin anew, one after the
// other, and then the one that loops is the only one that is busy.

import type { Frame } from './frame';
import { dropSpare } from './spare';

/** Ticks are counted instead of time: a page that sleeps or is frozen has none. */
const TICK = 1000;
const MOST_UNANSWERED = 5;
/** The process ends a while after its last frame is gone; a new frame before that would stall as well. */
const RESTART_AFTER = 3000;
/** When the next frame begins although the one before is not ready. */
const SLOWEST_START = 5000;
/** How often a frame may stall when nobody can be blamed. */
const MOST_STRIKES = 3;

export interface Watched {
  readonly frame: Frame | undefined;
  /** Times that it stalled and nobody was to blame. */
  strikes: number;
  /** Shows the fallback instead. */
  stop(): void;
  /** Takes the frame away, to begin anew when the function is called; that resolves when it is ready or has failed. */
  suspend(): () => Promise<void>;
}

const watched = new Set<Watched>();
const waiting: Array<() => Promise<void>> = [];
let restarting = false;
let timer: number | undefined;
let ticks = 0;

export function watch(entry: Watched): () => void {
  watched.add(entry);
  timer ??= window.setInterval(tick, TICK);
  return () => {
    watched.delete(entry);
    if (watched.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  ticks += 1;
  if ([...watched].some(({ frame }) => frame && frame.unanswered >= MOST_UNANSWERED)) judge();
  for (const { frame } of watched) frame?.ping(ticks);
}

function judge(): void {
  dropSpare();
  // A frame that has no channel yet stalls as well, though nobody could ask it.
  const stalled = [...watched].filter(({ frame }) => frame && (!frame.connected || frame.unanswered >= MOST_UNANSWERED - 2));
  const busy = stalled.filter(({ frame }) => frame?.busy);
  if (busy.length === 0) {
    for (const entry of stalled) entry.strikes += 1;
  }
  for (const entry of stalled) {
    if (entry.strikes >= MOST_STRIKES || (busy.length === 1 && entry === busy[0])) entry.stop();
    else waiting.push(entry.suspend());
  }
  if (!restarting) void restart();
}

async function restart(): Promise<void> {
  restarting = true;
  await pause(RESTART_AFTER);
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const stalls = ticks;
    await Promise.race([next(), pause(SLOWEST_START)]);
    // Others may have stalled meanwhile; their process has to end first.
    if (ticks - stalls >= MOST_UNANSWERED) await pause(RESTART_AFTER);
  }
  restarting = false;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
