// A height that goes up and down again and again would move the page under its reader. After some turns it only grows, until the
// widget has been still for a while.

const MAX_REVERSALS = 10;
/** Milliseconds. */
const SETTLE_TIME = 3000;

export class SteadyHeight {
  readonly #apply: (height: number) => void;
  #height = 0;
  #grew = false;
  #turns = 0;
  #turnedAt = 0;
  #timer: number | undefined;

  constructor(apply: (height: number) => void) {
    this.#apply = apply;
  }

  /** Applies the height that the widget asks for, now or when it is still. */
  take(height: number): void {
    clearTimeout(this.#timer);
    if (height < this.#height && this.#grew) {
      const now = performance.now();
      if (now - this.#turnedAt > SETTLE_TIME) this.#turns = 0;
      this.#turnedAt = now;
      this.#turns += 1;
      if (this.#turns > MAX_REVERSALS) {
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
