// Finds frames that have stopped answering.
//
// Browsers run all sandboxed frames of one service on a page in one process, apart from the page's own. So the page never
// freezes; but a widget that loops for ever takes its neighbours' answers away too. Before a frame lets its widget run it says
// that it is busy: of the frames that stall together the busy ones are stopped, and the others begin anew.

import type { Frame } from './frame';

/** Ticks are counted instead of time: a page that sleeps or is frozen has none. */
const TICK = 1000;
const MOST_UNANSWERED = 5;

export interface Watched {
  readonly frame: Frame;
  /** It is to blame, or nobody else is. */
  stop(): void;
  /** It stalled with another. */
  restart(): void;
}

const watched = new Set<Watched>();
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
  const live = [...watched].filter(({ frame }) => frame.connected);
  if (live.some(({ frame }) => frame.unanswered >= MOST_UNANSWERED)) {
    judge(live.filter(({ frame }) => frame.unanswered >= MOST_UNANSWERED - 2));
  }
  for (const { frame } of live) {
    frame.unanswered += 1;
    frame.ping(ticks);
  }
}

function judge(stalled: Watched[]): void {
  const busy = stalled.filter(({ frame }) => frame.busy);
  const guilty = busy.length > 0 ? busy : stalled;
  for (const entry of stalled) {
    if (guilty.includes(entry)) entry.stop();
    else entry.restart();
  }
}
