import { MAX_ACTION_BURST, MAX_ACTION_TEXT_BURST, MAX_ACTION_TEXT_PER_SECOND, MAX_ACTIONS_PER_SECOND } from './limits';

/** A bucket of permits that fills up with time. */
export class TokenBucket {
  readonly #burst: number;
  readonly #perSecond: number;
  #permits: number;
  #filled = 0;

  constructor(burst: number, perSecond: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#permits = burst;
  }

  /** Takes permits if there are enough. `now` is in milliseconds and never goes back. */
  take(now: number, permits = 1): boolean {
    const elapsed = this.#filled === 0 ? 0 : (now - this.#filled) / 1000;
    this.#filled = now;
    this.#permits = Math.min(this.#burst, this.#permits + elapsed * this.#perSecond);
    if (this.#permits < permits) return false;
    this.#permits -= permits;
    return true;
  }
}

/** The actions that a widget may raise, by their number and by the length of their payloads. */
export class ActionLimiter {
  readonly #actions = new TokenBucket(MAX_ACTION_BURST, MAX_ACTIONS_PER_SECOND);
  readonly #text = new TokenBucket(MAX_ACTION_TEXT_BURST, MAX_ACTION_TEXT_PER_SECOND);

  take(now: number, payload: string): boolean {
    return this.#actions.take(now) && this.#text.take(now, payload.length);
  }
}
