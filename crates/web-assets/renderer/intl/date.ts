// Dates as American English writes them, in the time zone UTC.

import { type Part, textOf } from './parts';

export type DateOptions = Intl.DateTimeFormatOptions;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

const DATE_STYLES: Record<string, DateOptions> = {
  full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  long: { year: 'numeric', month: 'long', day: 'numeric' },
  medium: { year: 'numeric', month: 'short', day: 'numeric' },
  short: { year: '2-digit', month: 'numeric', day: 'numeric' },
};
const TIME_STYLES: Record<string, DateOptions> = {
  full: { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'long' },
  long: { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
  medium: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
  short: { hour: 'numeric', minute: '2-digit' },
};
const DATE: DateOptions = { year: 'numeric', month: 'numeric', day: 'numeric' };
const TIME: DateOptions = { hour: 'numeric', minute: '2-digit', second: '2-digit' };

/** What is shown when the options name no field. */
export const DEFAULTS = { date: DATE, time: TIME, any: { ...DATE, ...TIME } };

const DATE_FIELDS = ['weekday', 'year', 'month', 'day'] as const;
const TIME_FIELDS = ['hour', 'minute', 'second', 'dayPeriod'] as const;

/** The options with their styles spelled out, and the defaults if they name no field. */
function fieldsOf(options: DateOptions, defaults: DateOptions): DateOptions {
  const { dateStyle, timeStyle } = options;
  if (dateStyle || timeStyle) return { ...options, ...DATE_STYLES[dateStyle ?? ''], ...TIME_STYLES[timeStyle ?? ''] };
  return [...DATE_FIELDS, ...TIME_FIELDS].some((field) => options[field]) ? options : { ...options, ...defaults };
}

const short = (name: string, width: string | undefined): string =>
  width === 'long' ? name : width === 'narrow' ? name.slice(0, 1) : name.slice(0, 3);
const padded = (value: number, width: string | undefined): string => String(value).padStart(width === '2-digit' ? 2 : 1, '0');

/** Joins groups of parts by literals; empty groups vanish. */
const joined = (groups: Part[][], literal: string): Part[] =>
  groups.filter((group) => group.length).flatMap((group, at) => (at ? [{ type: 'literal', value: literal }, ...group] : group));

function dateParts(date: Date, fields: DateOptions): Part[] {
  const part = (type: string, value: string): Part[] => [{ type, value }];
  const weekday = fields.weekday ? part('weekday', short(DAYS[date.getUTCDay()] ?? '', fields.weekday)) : [];
  const yearText = String(date.getUTCFullYear());
  const year = fields.year ? part('year', fields.year === '2-digit' ? yearText.slice(-2) : yearText) : [];
  const day = fields.day ? part('day', padded(date.getUTCDate(), fields.day)) : [];
  if (!fields.month || fields.month === 'numeric' || fields.month === '2-digit') {
    const month = fields.month ? part('month', padded(date.getUTCMonth() + 1, fields.month)) : [];
    return joined([weekday, joined([month, day, year], '/')], ', ');
  }
  const month = part('month', short(MONTHS[date.getUTCMonth()] ?? '', fields.month));
  const monthAndDay = joined([month, day], ' ');
  return joined([weekday, joined([monthAndDay, year], day.length ? ', ' : ' ')], ', ');
}

function timeParts(date: Date, fields: DateOptions): Part[] {
  const { hour, minute, second } = fields;
  const isTwelve = fields.hour12 ?? !(fields.hourCycle === 'h23' || fields.hourCycle === 'h24');
  const hours = date.getUTCHours();
  const shown = isTwelve ? hours % 12 || 12 : hours;
  const clock = joined(
    [
      hour ? [{ type: 'hour', value: padded(shown, isTwelve ? hour : '2-digit') }] : [],
      minute ? [{ type: 'minute', value: padded(date.getUTCMinutes(), hour || second ? '2-digit' : minute) }] : [],
      second ? [{ type: 'second', value: padded(date.getUTCSeconds(), minute ? '2-digit' : second) }] : [],
    ],
    ':',
  );
  const half: Part[] = hour && isTwelve ? [{ type: 'dayPeriod', value: hours < 12 ? 'AM' : 'PM' }] : [];
  const zone: Part[] = fields.timeZoneName ? [{ type: 'timeZoneName', value: 'UTC' }] : [];
  return joined([clock, half, zone], ' ');
}

/** The parts of a formatted date. Throws a `RangeError` if it is not a time. */
export function dateToParts(date: Date, options: DateOptions = {}, defaults: DateOptions = DATE): Part[] {
  if (Number.isNaN(date.getTime())) throw new RangeError('Invalid time value');
  const fields = fieldsOf(options, defaults);
  const between = options.dateStyle === 'full' || options.dateStyle === 'long' ? ' at ' : ', ';
  return joined([dateParts(date, fields), timeParts(date, fields)], between);
}

/** A formatted date. */
export const formatDate = (date: Date, options?: DateOptions, defaults?: DateOptions): string =>
  textOf(dateToParts(date, options, defaults));
