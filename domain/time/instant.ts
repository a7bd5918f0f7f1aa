import { invariant } from '../invariant.ts';

/** 时点: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

declare const plainDateBrand: unique symbol;

/**
 * 日期: a civil day 'YYYY-MM-DD' in Asia/Shanghai, years 1000–9999, always a real day. Text order is
 * date order, so `<` compares days. Never give it to `new Date(text)`: that reads UTC midnight.
 */
export type PlainDate = string & { readonly [plainDateBrand]: true };

/** Monday is 1, Sunday is 7 (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** 星期: the word an officer reads. */
export const WEEKDAY_WORDS: Readonly<Record<Weekday, string>> = {
  1: '周一',
  2: '周二',
  3: '周三',
  4: '周四',
  5: '周五',
  6: '周六',
  7: '周日',
};

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * China has kept one offset, +08:00, without summer time since 1991-09-15; every instant of these
 * procedures is later. Plain arithmetic therefore gives what a time-zone database would, on every
 * machine and in replay, at a fraction of the cost. Earlier days (births) occur as civil days only.
 */
const SHANGHAI_OFFSET_MS = 8 * 60 * MINUTE_MS;

const FIRST_DAY_MS = Date.UTC(1000, 0, 1);
const LAST_DAY_MS = Date.UTC(9999, 11, 31);

const DATE_SHAPE = /^([1-9]\d{3})-(\d{2})-(\d{2})$/;
const INSTANT_SHAPE =
  /^([1-9]\d{3}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/** 日期: reads 'YYYY-MM-DD'; undefined for anything else and for days that do not exist. */
export function parsePlainDate(text: string): PlainDate | undefined {
  const match = DATE_SHAPE.exec(text);
  if (match === null) return undefined;
  const [, year, month, day] = match;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return utcDayText(ms) === text ? (text as PlainDate) : undefined;
}

/** For dates written in code: a malformed one is a bug. */
export function plainDate(text: string): PlainDate {
  const date = parsePlainDate(text);
  invariant(date !== undefined, `not a date: ${text}`);
  return date;
}

/**
 * 时点: reads RFC 3339 with an offset ('2018-11-26T17:00:00+08:00', 'Z'); seconds may be left out, as
 * notices do. Digits below the millisecond are cut off. Undefined for a local time without offset,
 * for the unknown offset -00:00, for hour 24 and for leap seconds.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = INSTANT_SHAPE.exec(text);
  if (match === null) return undefined;
  const [
    ,
    dateText = '',
    hour,
    minute,
    second = '0',
    fraction = '',
    zone,
    sign,
    zoneHour,
    zoneMin,
  ] = match;
  const date = parsePlainDate(dateText);
  if (date === undefined) return undefined;
  const zoneMinutes = zone === 'Z' ? 0 : Number(zoneHour) * 60 + Number(zoneMin);
  if (sign === '-' && zoneMinutes === 0) return undefined;
  const offsetMs = (sign === '-' ? -zoneMinutes : zoneMinutes) * MINUTE_MS;
  const clockMs = (Number(hour) * 60 + Number(minute)) * MINUTE_MS + Number(second) * 1000;
  const fractionMs = Number(fraction.padEnd(3, '0').slice(0, 3));
  return dayMs(date) + clockMs + fractionMs - offsetMs;
}

/** The civil day on which `instant` falls in Asia/Shanghai. */
export function plainDateAt(instant: Instant): PlainDate {
  invariant(Number.isSafeInteger(instant), 'an instant is a whole number of milliseconds');
  return dateOfDayMs(Math.floor((instant + SHANGHAI_OFFSET_MS) / DAY_MS) * DAY_MS);
}

/** 00:00 of `date`. */
export function startOfDay(date: PlainDate): Instant {
  return dayMs(date) - SHANGHAI_OFFSET_MS;
}

/** 24:00 of `date`, the same instant as 00:00 of the day after: the first that is no longer in it. */
export function endOfDay(date: PlainDate): Instant {
  return startOfDay(date) + DAY_MS;
}

/** `date` moved by a whole number of civil days, negative for earlier. */
export function addDays(date: PlainDate, days: number): PlainDate {
  invariant(Number.isSafeInteger(days), 'days are whole');
  return dateOfDayMs(dayMs(date) + days * DAY_MS);
}

/** `date` moved by a whole number of months; the last day of a shorter month stands for a later one. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  invariant(Number.isSafeInteger(months), 'months are whole');
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dateOfDayMs(Date.UTC(year, month - 1 + months, Math.min(day, last)));
}

/** Civil days from `from` to `to`: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return (dayMs(to) - dayMs(from)) / DAY_MS;
}

/** 星期. */
export function weekdayOf(date: PlainDate): Weekday {
  const sinceMonday = (dayMs(date) / DAY_MS + 3) % 7;
  return (((sinceMonday + 7) % 7) + 1) as Weekday;
}

/** How {@link formatInstant} writes an instant. */
export interface InstantStyle {
  /** Write local midnight as 24:00 of the day before, as the end of a period is named in law. */
  readonly endOfDay?: boolean;
  /** Write seconds too. */
  readonly seconds?: boolean;
}

/** '2020-10-14 09:30' in Asia/Shanghai, cut to the minute; '2020-10-14 24:00' when asked. */
export function formatInstant(instant: Instant, style: InstantStyle = {}): string {
  const date = plainDateAt(instant);
  const sinceMidnightMs = instant - startOfDay(date);
  const shown = style.seconds === true ? 'HH:MM:SS'.length : 'HH:MM'.length;
  if (style.endOfDay === true && sinceMidnightMs === 0) {
    return `${addDays(date, -1)} ${'24:00:00'.slice(0, shown)}`;
  }
  const clock = new Date(sinceMidnightMs).toISOString().slice('1970-01-01T'.length);
  return `${date} ${clock.slice(0, shown)}`;
}

function dayMs(date: PlainDate): number {
  const [year, month, day] = date.split('-');
  return Date.UTC(Number(year), Number(month) - 1, Number(day));
}

function dateOfDayMs(ms: number): PlainDate {
  invariant(ms >= FIRST_DAY_MS && ms <= LAST_DAY_MS, 'a day lies in the years 1000 to 9999');
  return utcDayText(ms) as PlainDate;
}

function utcDayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 'YYYY-MM-DD'.length);
}
