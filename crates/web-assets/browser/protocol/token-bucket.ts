import { MAX_ACTION_BURST, MAX_ACTION_TEXT_BURST, MAX_ACTION_TEXT_PER_SECOND, MAX_ACTIONS_PER_SECOND } from './limits';

/** A token bucket: it starts full with `burst` tokens and gains `perSecond` tokens a second. */
export class TokenBucket {
  readonly #burst: number;
  readonly #perSecond: number;
  #tokens: number;
  #filledAt = 0;

  constructor(burst: number, perSecond: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#tokens = burst;
  }

  /** Takes the tokens if the bucket holds enough, and returns whether it did. `now` is in milliseconds and never decreases. */
  take(now: number, tokens = 1): boolean {
    const elapsed = this.#filledAt === 0 ? 0 : (now - this.#filledAt) / 1000;
    this.#filledAt = now;
    this.#tokens = Math.min(this.#burst, this.#tokens + elapsed * this.#perSecond);
    if (this.#tokens < tokens) return false;
    this.#tokens -= tokens;
    return true;
  }
}

/** Limits the actions of a widget by their number and by the length of their payloads. */
export class ActionLimiter {
  readonly #actions = new TokenBucket(MAX_ACTION_BURST, MAX_ACTIONS_PER_SECOND);
  readonly #text = new TokenBucket(MAX_ACTION_TEXT_BURST, MAX_ACTION_TEXT_PER_SECOND);

  take(now: number, payload: string): boolean {
    return this.#actions.take(now) && this.#text.take(now, payload.length);
  }
}
