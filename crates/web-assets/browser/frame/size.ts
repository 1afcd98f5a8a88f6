import type { Channel } from './channel';
import { extent } from './extent';
import { later } from './natives';

/** Times that the widget may grow by as much as the frame before its height counts as following the frame's (`min-height: 100vh`). */
const MAX_ECHOES = 2;
/** Milliseconds to wait until the frame has the width that the page reports. */
const MAX_WIDTH_WAIT = 250;

/** Reports the height of the widget to the page. */
export class Size {
  readonly #channel: Channel;
  readonly #flow: Element;
  #reported = -1;
  /** Heights of the frame and of the widget at the previous measurement. */
  #frame = 0;
  #height = 0;
  #echoes = 0;
  #scheduled = false;
  maxHeight = Infinity;

  constructor(channel: Channel, flow: Element) {
    this.#channel = channel;
    this.#flow = flow;
  }

  /** Reports the height, now and on each change. Resolves after the first report. */
  async start(width: number | undefined): Promise<void> {
    if (width !== undefined) await isWide(width);
    this.#report();
    const schedule = (): void => this.#schedule();
    new ResizeObserver(schedule).observe(this.#flow);
    // Boxes outside the flow do not resize it.
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
    // The difference to the frame's height shows whether a widget that follows the frame has changed.
    const stays = this.#echoes > MAX_ECHOES && height - frame === this.#height - this.#frame;
    [this.#frame, this.#height] = [frame, height];
    if (stays || height === this.#reported) return;
    this.#reported = height;
    this.#channel.send({ type: 'size', height, follows: this.#echoes > 0 });
  }
}

const nextFrame = window.requestAnimationFrame.bind(window);

/** Resolves when the frame has the width. Another process lays it out, possibly after the widget's first commit. */
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
