// Detects frames that do not answer pings, and finds the frame that caused the stall.
//
// Browsers run all sandboxed frames of one service in one process, usually not the page's, so a widget that loops blocks the other
// widgets too. A frame reports that it is busy before it calls the widget's code. If exactly one frame was busy, the watchdog ends it
// and restarts the others. Otherwise it restarts all frames, one after the other, each on probation: a frame is ended if it stalls
// while no other frame can be the cause.

import type { Frame } from './frame';
import { dropSpare } from './spare';

/** Milliseconds. The watchdog counts ticks instead of time: a suspended or frozen page has none. */
const TICK_INTERVAL = 1000;
const MAX_UNANSWERED = 5;
/** Milliseconds until the process of the removed frames has ended. An earlier new frame would stall too. */
const RESTART_DELAY = 3000;
/** Milliseconds after which the next frame starts even if the previous one is not ready. */
const START_TIMEOUT = 5000;
/** Pongs that end a probation. The number doubles with each stall, to catch loops that start late. */
const MIN_PROBATION_ANSWERS = 3;
const MAX_DOUBLINGS = 3;

export interface Watched {
  readonly frame: Frame | undefined;
  /** Stalls without a known cause. */
  strikes: number;
  /** Ends the widget and shows the fallback. */
  stop(): void;
  /** Removes the frame. The returned function restarts it and resolves when it is ready or has failed. */
  suspend(): () => Promise<void>;
}

interface Waiting {
  readonly entry: Watched;
  readonly start: () => Promise<void>;
  readonly suspected: boolean;
}

const watched = new Set<Watched>();
let waiting: Waiting[] = [];
let onProbation: Watched | undefined;
let restarting = false;
/** Whether stalled frames were removed whose process may still run: the next start waits for `RESTART_DELAY`. */
let stalled = false;
let timer: number | undefined;
let ticks = 0;

export function watch(entry: Watched): () => void {
  watched.add(entry);
  timer ??= window.setInterval(tick, TICK_INTERVAL);
  return () => {
    watched.delete(entry);
    if (watched.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  ticks += 1;
  if ([...watched].some(({ frame }) => frame && frame.unanswered >= MAX_UNANSWERED)) handleStall();
  for (const { frame } of watched) frame?.ping(ticks);
}

function handleStall(): void {
  dropSpare();
  // A frame without a channel stalls too, but gets no pings.
  const silent = [...watched].filter(({ frame }) => frame && (!frame.connected || frame.unanswered >= MAX_UNANSWERED - 2));
  const culprit = findCulprit(silent);
  culprit?.stop();
  const suspects: Waiting[] = [];
  for (const entry of silent) {
    if (entry === culprit) continue;
    if (!culprit) entry.strikes += 1;
    suspects.push({ entry, start: entry.suspend(), suspected: !culprit });
  }
  // The newest frame is the likeliest cause, so it restarts first.
  const newest = ({ entry }: Waiting): number => Number(entry === onProbation);
  waiting = [...suspects.sort((a, b) => newest(b) - newest(a)), ...waiting];
  stalled = true;
  if (!restarting) void restart();
}

function findCulprit(silent: Watched[]): Watched | undefined {
  const busy = silent.filter(({ frame }) => frame?.busy);
  if (busy.length === 1) return busy[0];
  return silent.length === 1 && silent[0] === onProbation ? onProbation : undefined;
}

async function restart(): Promise<void> {
  restarting = true;
  while (waiting.length > 0) {
    if (stalled) {
      stalled = false;
      await pause(RESTART_DELAY);
      continue;
    }
    const { entry, start, suspected } = waiting.shift() as Waiting;
    if (suspected) onProbation = entry;
    await Promise.race([start(), pause(START_TIMEOUT)]);
    if (suspected) await probation(entry);
    onProbation = undefined;
  }
  restarting = false;
}

/** Waits until the entry's frame has sent enough pongs or was removed. */
async function probation(entry: Watched): Promise<void> {
  const { frame } = entry;
  const answers = MIN_PROBATION_ANSWERS << Math.min(entry.strikes - 1, MAX_DOUBLINGS);
  while (frame && entry.frame === frame && frame.answers < answers) await pause(TICK_INTERVAL / 4);
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
