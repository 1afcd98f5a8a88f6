// A height that repeatedly grows and shrinks would shift the page under its reader. After some reversals the height only grows, until
// the widget has not changed for a while.

const MAX_REVERSALS = 10;
/** Milliseconds. */
const SETTLE_TIME = 3000;

export class SteadyHeight {
  readonly #apply: (height: number) => void;
  #height = 0;
  #grew = false;
  #reversals = 0;
  #reversedAt = 0;
  #timer: number | undefined;

  constructor(apply: (height: number) => void) {
    this.#apply = apply;
  }

  /** Applies the reported height, now or when the widget has settled. */
  take(height: number): void {
    clearTimeout(this.#timer);
    if (height < this.#height && this.#grew) {
      const now = performance.now();
      if (now - this.#reversedAt > SETTLE_TIME) this.#reversals = 0;
      this.#reversedAt = now;
      this.#reversals += 1;
      if (this.#reversals > MAX_REVERSALS) {
        this.#timer = window.setTimeout(() => this.#set(height), SETTLE_TIME);
        return;
      }
    }
    this.#set(height);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #set(height: number): void {
    if (height !== this.#height) this.#grew = height > this.#height;
    this.#height = height;
    this.#apply(height);
  }
}
