// Plurals, relative times and lists in English.

type Unit = Intl.RelativeTimeFormatUnit;

/** The plural category of a number: `one` item, `2nd`. */
export function pluralOf(value: number, type: Intl.PluralRuleType = 'cardinal'): Intl.LDMLPluralRule {
  if (type === 'cardinal') return value === 1 ? 'one' : 'other';
  const teen = value % 100 >= 11 && value % 100 <= 13;
  return teen ? 'other' : ((['other', 'one', 'two', 'few'] as const)[value % 10] ?? 'other');
}

/** Words for the units before, at and after now. */
const NEAR: Record<string, [string, string, string]> = {
  day: ['yesterday', 'today', 'tomorrow'],
  second: ['1 second ago', 'now', 'in 1 second'],
};

/** `in 2 days`, `yesterday`. */
export function relative(value: number, unit: Unit, numeric: string, number: (value: number) => string): string {
  const name = unit.replace(/s$/, '');
  if (numeric === 'auto' && (value === -1 || value === 0 || value === 1)) {
    const words = NEAR[name] ?? (name === 'hour' || name === 'minute' ? undefined : [`last ${name}`, `this ${name}`, `next ${name}`]);
    if (words) return words[value + 1] as string;
    if (value === 0) return `this ${name}`;
  }
  const amount = `${number(Math.abs(value))} ${name}${Math.abs(value) === 1 ? '' : 's'}`;
  return value < 0 || Object.is(value, -0) ? `${amount} ago` : `in ${amount}`;
}

/** `a, b, and c`. */
export function list(items: string[], { type = 'conjunction' }: Intl.ListFormatOptions = {}): string {
  const word = { conjunction: 'and ', disjunction: 'or ', unit: '' }[type] ?? '';
  if (items.length < 2) return items[0] ?? '';
  if (items.length === 2) return items.join(word ? ` ${word}` : ', ');
  return `${items.slice(0, -1).join(', ')}, ${word}${items.at(-1)}`;
}
