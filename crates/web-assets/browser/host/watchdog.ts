// Finds frames that do not answer pings, and the frame that caused it.
//
// Browsers run all sandboxed frames of one service in one process, mostly not the page's, so a widget that loops blocks the other
// widgets too. A frame reports that it is busy before it calls the widget's code. When exactly one frame was busy, that frame is
// ended and the others restart. Otherwise all restart, one after the other, and each is on probation for a while: a frame is ended
// when it stalls while no other frame can be the cause.

import type { Frame } from './frame';
import { dropSpare } from './spare';

/** Ticks are counted instead of time: a page that sleeps or is frozen has none. */
const TICK_INTERVAL = 1000;
const MAX_UNANSWERED = 5;
/** The process ends a while after its last frame was removed; a new frame before that would stall as well. */
const RESTART_DELAY = 3000;
/** When the next frame begins although the one before is not ready. */
const START_TIMEOUT = 5000;
/** Answers that end a probation. They double with each stall, for a loop that begins late. */
const MIN_PROBATION_ANSWERS = 3;
const MAX_DOUBLINGS = 3;

export interface Watched {
  readonly frame: Frame | undefined;
  /** Times that it stalled and no frame was known to be the cause. */
  strikes: number;
  /** Shows the fallback instead. */
  stop(): void;
  /** Takes the frame away, to begin again when the function is called; that resolves when it is ready or has failed. */
  suspend(): () => Promise<void>;
}

interface Waiting {
  readonly entry: Watched;
  readonly begin: () => Promise<void>;
  readonly suspected: boolean;
}

const watched = new Set<Watched>();
let waiting: Waiting[] = [];
let onProbation: Watched | undefined;
let restarting = false;
/** Whether a process has yet to end. */
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
  if ([...watched].some(({ frame }) => frame && frame.unanswered >= MAX_UNANSWERED)) judge();
  for (const { frame } of watched) frame?.ping(ticks);
}

function judge(): void {
  dropSpare();
  // A frame that has no channel yet stalls as well, though it cannot be asked.
  const silent = [...watched].filter(({ frame }) => frame && (!frame.connected || frame.unanswered >= MAX_UNANSWERED - 2));
  const culprit = findCulprit(silent);
  culprit?.stop();
  const suspects: Waiting[] = [];
  for (const entry of silent) {
    if (entry === culprit) continue;
    if (!culprit) entry.strikes += 1;
    suspects.push({ entry, begin: entry.suspend(), suspected: !culprit });
  }
  // The newest is the likeliest, and begins alone.
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
    const { entry, begin, suspected } = waiting.shift() as Waiting;
    if (suspected) onProbation = entry;
    await Promise.race([begin(), pause(START_TIMEOUT)]);
    if (suspected) await probation(entry);
    onProbation = undefined;
  }
  restarting = false;
}

/** Waits until the entry's frame has answered for a while, or is no more. */
async function probation(entry: Watched): Promise<void> {
  const { frame } = entry;
  const answers = MIN_PROBATION_ANSWERS << Math.min(entry.strikes - 1, MAX_DOUBLINGS);
  while (frame && entry.frame === frame && frame.answers < answers) await pause(TICK_INTERVAL / 4);
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
