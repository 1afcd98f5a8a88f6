/** A bucket of permits that fills up with time. */
export class Allowance {
  readonly #burst: number;
  readonly #perSecond: number;
  #permits: number;
  #filled = 0;

  constructor(burst: number, perSecond: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#permits = burst;
  }

  /** Takes a permit if there is one. `now` is in milliseconds and never goes back. */
  take(now: number): boolean {
    const elapsed = this.#filled === 0 ? 0 : (now - this.#filled) / 1000;
    this.#filled = now;
    this.#permits = Math.min(this.#burst, this.#permits + elapsed * this.#perSecond);
    if (this.#permits < 1) return false;
    this.#permits -= 1;
    return true;
  }
}
