import type { Channel } from './channel';
import { extent } from './extent';
import { later } from './natives';

/** How often the widget may grow by as much as the frame just did, before that counts as following it (`min-height: 100vh`). */
const MAX_ECHOES = 2;
/** How long to wait for the frame to be as wide as the page says. */
const MAX_WIDTH_WAIT = 250;

/** Reports the height of what is shown to the page. */
export class Size {
  readonly #channel: Channel;
  readonly #flow: Element;
  #reported = -1;
  /** At the measurement before: the frame's height and the widget's. */
  #frame = 0;
  #height = 0;
  #echoes = 0;
  #scheduled = false;
  maxHeight = Infinity;

  constructor(channel: Channel, flow: Element) {
    this.#channel = channel;
    this.#flow = flow;
  }

  /** Reports the height at once and whenever it changes. Resolves after the first time. */
  async start(width: number | undefined): Promise<void> {
    if (width !== undefined) await isWide(width);
    this.#report();
    const schedule = (): void => this.#schedule();
    new ResizeObserver(schedule).observe(this.#flow);
    // Boxes outside of the flow change without it.
    new MutationObserver(schedule).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    for (const event of ['resize', 'toggle', 'transitionend', 'animationend', 'load', 'input']) {
      window.addEventListener(event, schedule, { capture: true, passive: true });
    }
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    nextFrame(() => {
      this.#scheduled = false;
      this.#report();
    });
  }

  #report(): void {
    const height = extent(this.#flow);
    const frame = window.innerHeight;
    document.documentElement.toggleAttribute('data-scrolls', height > this.maxHeight);
    const grown = frame - this.#frame;
    const isEcho = this.#reported >= 0 && grown > 0 && height - this.#height >= grown - 1;
    if (grown !== 0) this.#echoes = isEcho ? this.#echoes + 1 : 0;
    // A widget that follows the frame has changed by itself only if what it needs beyond the frame has changed.
    const stays = this.#echoes > MAX_ECHOES && height - frame === this.#height - this.#frame;
    [this.#frame, this.#height] = [frame, height];
    if (stays || height === this.#reported) return;
    this.#reported = height;
    this.#channel.send({ type: 'size', height, follows: this.#echoes > 0 });
  }
}

const nextFrame = window.requestAnimationFrame.bind(window);

/** Resolves when the frame has the width. It is laid out by another process, which may come to it after the widget's first commit. */
function isWide(width: number): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (Math.abs(window.innerWidth - width) >= 1) return;
      window.removeEventListener('resize', look);
      resolve();
    };
    window.addEventListener('resize', look);
    later(() => {
      window.removeEventListener('resize', look);
      resolve();
    }, MAX_WIDTH_WAIT);
    look();
  });
}
