// Reports what the frame did not load, open or send: its author sees a missing picture, but not the reason.

import { MAX_ERROR_MESSAGE_LENGTH } from '../protocol/limits';
import type { Channel } from './channel';
import { later } from './natives';

/** Reports that are kept to send each once. A widget has few; one that makes up addresses is stopped here. */
const MAX_REPORTS = 100;
/** Milliseconds between the report of a font that the policy blocked and the event that it failed: at most before, and after. */
const MAX_FONT_LEAD = 100;
const MAX_FONT_DELAY = 1000;
const now = performance.now.bind(performance);

export class Blocked {
  readonly #channel: Channel;
  readonly #reported = new Set<string>();

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** Reports it unless it was reported before. */
  report(directive: string, address: string, reason: string): void {
    const shown = address.slice(0, address.startsWith('data:') ? 60 : MAX_ERROR_MESSAGE_LENGTH);
    const key = `${directive} ${shown}`.trim();
    if (this.#reported.has(key) || this.#reported.size === MAX_REPORTS) return;
    this.#reported.add(key);
    this.#channel.fail('blocked', `${key}: ${reason}`, { directive, address: shown });
  }

  /** Reports what the policy blocks, and images and fonts that fail. */
  watch(): void {
    let fontBlockedAt = -Infinity;
    window.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      if (effectiveDirective === 'font-src') fontBlockedAt = now();
      this.report(effectiveDirective, blockedURI, 'the policy of the frame does not allow it');
    });
    const failed = ({ target }: Event): void => {
      // The policy's report comes after the error, and names the address without its fragment.
      if (target instanceof HTMLImageElement && target.currentSrc) {
        later(() => this.report('img-src', target.currentSrc.split('#')[0] as string, 'the image cannot be loaded'));
      }
    };
    window.addEventListener('error', failed, true);
    // The event of a font that failed has its family, the report of a blocked one its address.
    document.fonts.addEventListener('loadingerror', ({ fontfaces }) => {
      const failedAt = now();
      later(() => {
        if (fontBlockedAt > failedAt - MAX_FONT_LEAD) return;
        for (const { family } of fontfaces) this.report('font-src', family, 'the font cannot be loaded');
      }, MAX_FONT_DELAY);
    });
  }
}
