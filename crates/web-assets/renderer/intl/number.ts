// Numbers as American English writes them.

import { type Part, textOf } from './parts';

export type NumberOptions = Intl.NumberFormatOptions;

/** Signs of currencies; others are written by their code. */
const SIGNS: Record<string, string> = {
  USD: '$',
  EUR: '€',
  GBP: '£',
  JPY: '¥',
  CNY: 'CN¥',
  INR: '₹',
  KRW: '₩',
  BRL: 'R$',
  CAD: 'CA$',
  AUD: 'A$',
  NZD: 'NZ$',
  MXN: 'MX$',
  ILS: '₪',
  VND: '₫',
};
/** Currencies without cents. */
const WHOLE = new Set(['JPY', 'KRW', 'VND', 'CLP', 'ISK']);
const UNITS: Record<string, string> = {
  celsius: '°C',
  fahrenheit: '°F',
  percent: '%',
  degree: ' deg',
  kilometer: ' km',
  meter: ' m',
  mile: ' mi',
  kilogram: ' kg',
  gram: ' g',
  liter: ' L',
  byte: ' byte',
  kilobyte: ' kB',
  megabyte: ' MB',
  gigabyte: ' GB',
  second: ' sec',
  minute: ' min',
  hour: ' hr',
  'kilometer-per-hour': ' km/h',
  'mile-per-hour': ' mph',
};
const COMPACT: [number, string, string][] = [
  [1e12, 'T', ' trillion'],
  [1e9, 'B', ' billion'],
  [1e6, 'M', ' million'],
  [1e3, 'K', ' thousand'],
];

/** Minimum and maximum number of digits after the point. */
function fractionDigits(options: NumberOptions): [number, number] {
  const { style, currency = '' } = options;
  const usual = { currency: WHOLE.has(currency.toUpperCase()) ? 0 : 2, percent: 0 }[style as string];
  const least = options.minimumFractionDigits ?? Math.min(style === 'currency' ? (usual ?? 0) : 0, options.maximumFractionDigits ?? 20);
  return [least, options.maximumFractionDigits ?? Math.max(least, usual ?? 3)];
}

/** A number that is not negative, in digits with at most the significant digits and the fraction that the options ask for. */
function digitsOf(value: number, options: NumberOptions): string {
  const { maximumSignificantDigits: significant } = options;
  if (significant && value) {
    const places = Math.max(0, significant - 1 - Math.floor(Math.log10(value)));
    return String(Number(Number(value.toPrecision(significant)).toFixed(Math.min(places, 100))));
  }
  const [least, most] = fractionDigits(options);
  const [whole = '', fraction = ''] = value.toFixed(most).split('.');
  const kept = fraction.slice(0, least) + fraction.slice(least).replace(/0+$/, '');
  return kept ? `${whole}.${kept}` : whole;
}

function numberParts(text: string, grouped: boolean): Part[] {
  const [whole = '', fraction] = text.split('.');
  const groups = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, ',').split(',') : [whole];
  const parts = groups.flatMap((value, at): Part[] => [...(at ? [{ type: 'group', value: ',' }] : []), { type: 'integer', value }]);
  if (fraction !== undefined) parts.push({ type: 'decimal', value: '.' }, { type: 'fraction', value: fraction });
  return parts;
}

/** The scale of compact notation: divisor, and what follows the digits. */
function scaleOf(value: number, options: NumberOptions): [number, string] {
  const [divisor, short, long] = COMPACT.find(([at]) => value >= at) ?? [1, '', ''];
  return [divisor, options.compactDisplay === 'long' ? long : short];
}

/** The digits of a number that is not negative, with the word or letter of compact notation. */
function magnitude(value: number, options: NumberOptions): Part[] {
  const isGrouped = options.useGrouping !== false;
  if (Number.isNaN(value)) return [{ type: 'nan', value: 'NaN' }];
  if (value === Infinity) return [{ type: 'infinity', value: '∞' }];
  if (options.notation !== 'compact') return numberParts(digitsOf(value, options), isGrouped);
  const [divisor, word] = scaleOf(value, options);
  const scaled = value / divisor;
  // Two digits, unless the number before the point has more.
  const usual = scaled < 100 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 };
  const given = options.maximumFractionDigits ?? options.maximumSignificantDigits ?? options.minimumFractionDigits;
  const parts = numberParts(digitsOf(scaled, given === undefined ? usual : { ...options, style: 'decimal' }), isGrouped);
  return word ? [...parts, { type: 'compact', value: word }] : parts;
}

function sign(value: number, { signDisplay = 'auto' }: NumberOptions): Part[] {
  const isNegative = value < 0 || Object.is(value, -0);
  if (signDisplay === 'never') return [];
  if (isNegative && !(value === 0 && signDisplay !== 'auto')) return [{ type: 'minusSign', value: '-' }];
  const isShown = signDisplay === 'always' || (signDisplay === 'exceptZero' && value > 0);
  return isShown ? [{ type: 'plusSign', value: '+' }] : [];
}

function currencyParts(value: number, { currency = '', currencyDisplay }: NumberOptions): Part[] {
  const code = currency.toUpperCase();
  const symbol = currencyDisplay === 'code' ? undefined : SIGNS[code];
  const name = { type: 'currency', value: symbol ?? code };
  return symbol || !Number.isFinite(value) ? [name] : [name, { type: 'literal', value: '\u00a0' }];
}

function unitName(value: number, { unit = '', unitDisplay }: NumberOptions): string {
  const short = UNITS[unit];
  return unitDisplay === 'long' || short === undefined ? ` ${unit}${value === 1 ? '' : 's'}` : short;
}

/** The parts of a formatted number. */
export function numberToParts(input: number | bigint | string, options: NumberOptions = {}): Part[] {
  const given = Number(input);
  const value = options.style === 'percent' ? given * 100 : given;
  const number = magnitude(Math.abs(value), options);
  const around: Record<string, [Part[], Part[]]> = {
    currency: [currencyParts(value, options), []],
    percent: [[], [{ type: 'percentSign', value: '%' }]],
    unit: [[], [{ type: 'unit', value: unitName(value, options) }]],
  };
  const [before, after] = around[options.style ?? ''] ?? [[], []];
  return [...sign(value, options), ...before, ...number, ...after];
}

/** A formatted number. */
export const formatNumber = (value: number | bigint | string, options?: NumberOptions): string => textOf(numberToParts(value, options));
