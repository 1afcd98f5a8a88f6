// Stand-ins for `Intl`, which QuickJS lacks: American English, UTC, whatever locale is asked for. The text of a render may differ from that
// in a browser.

import { type DateOptions, DEFAULTS, dateToParts, formatDate } from './date';
import { formatNumber, type NumberOptions, numberToParts } from './number';
import { list, pluralOf, relative } from './words';

const LOCALE = 'en-US';

/** What all formats have in common. */
class Format<Options> {
  protected readonly options: Partial<Options>;

  constructor(_locales?: unknown, options?: Partial<Options>) {
    this.options = options ?? {};
  }

  static supportedLocalesOf(): string[] {
    return [LOCALE];
  }

  resolvedOptions(): object {
    return { locale: LOCALE, numberingSystem: 'latn', calendar: 'gregory', timeZone: 'UTC', ...this.options };
  }
}

class NumberFormat extends Format<NumberOptions> {
  format = (value: number): string => formatNumber(value, this.options);
  formatToParts = (value: number) => numberToParts(value, this.options);
  formatRange = (from: number, to: number): string => `${this.format(from)}–${this.format(to)}`;
}

const dateOf = (value?: Date | number): Date => (value === undefined ? new Date() : new Date(value));

class DateTimeFormat extends Format<DateOptions> {
  format = (value?: Date | number): string => formatDate(dateOf(value), this.options);
  formatToParts = (value?: Date | number) => dateToParts(dateOf(value), this.options);
  formatRange = (from: Date | number, to: Date | number): string => `${this.format(from)} – ${this.format(to)}`;
}

class PluralRules extends Format<Intl.PluralRulesOptions> {
  select = (value: number) => pluralOf(value, this.options.type);
}

class RelativeTimeFormat extends Format<Intl.RelativeTimeFormatOptions> {
  format = (value: number, unit: Intl.RelativeTimeFormatUnit): string =>
    relative(value, unit, this.options.numeric ?? 'always', (number) => formatNumber(number));
}

class ListFormat extends Format<Intl.ListFormatOptions> {
  format = (items: Iterable<string>): string => list([...items], this.options);
}

class Collator extends Format<Intl.CollatorOptions> {
  compare = (a: string, b: string): number => {
    const isNumeric = this.options.numeric && Number.isFinite(Number.parseFloat(a)) && Number.isFinite(Number.parseFloat(b));
    const order = isNumeric ? Number.parseFloat(a) - Number.parseFloat(b) : 0;
    return order || String(a).localeCompare(String(b));
  };
}

class DisplayNames extends Format<Intl.DisplayNamesOptions> {
  of = (code: string): string => code;
}

class Segmenter extends Format<Intl.SegmenterOptions> {
  segment = (text: string) =>
    (this.options.granularity === 'word' ? text.split(/\b/) : [...text]).map((segment) => ({
      segment,
      isWordLike: /\w/.test(segment),
    }));
}

/** Formats of the standard are also called without `new`. */
const callable = <T extends new (...rest: never[]) => object>(format: T): T =>
  new Proxy(format, { apply: (target, _this, given) => Reflect.construct(target, given) });

const standIn = {
  NumberFormat: callable(NumberFormat),
  DateTimeFormat: callable(DateTimeFormat),
  Collator: callable(Collator),
  PluralRules,
  RelativeTimeFormat,
  ListFormat,
  DisplayNames,
  Segmenter,
  getCanonicalLocales: (locales: string | string[]) => [locales].flat(),
  supportedValuesOf: () => [],
};

const define = (target: object, name: string, value: unknown): void => {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
};

/** A method of dates that formats them with these defaults. */
const dateMethod = (defaults: DateOptions) =>
  function (this: Date, _locales?: unknown, options?: DateOptions): string {
    return Number.isNaN(this.getTime()) ? 'Invalid Date' : formatDate(this, options, defaults);
  };

define(globalThis, 'Intl', standIn);
for (const prototype of [Number.prototype, BigInt.prototype]) {
  define(prototype, 'toLocaleString', function (this: number | bigint, _locales?: unknown, options?: NumberOptions): string {
    return formatNumber(this.valueOf(), options);
  });
}
define(Date.prototype, 'toLocaleDateString', dateMethod(DEFAULTS.date));
define(Date.prototype, 'toLocaleTimeString', dateMethod(DEFAULTS.time));
define(Date.prototype, 'toLocaleString', dateMethod(DEFAULTS.any));
