import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  daysBetween,
  endOfDay,
  formatInstant,
  type PlainDate,
  parseInstant,
  parsePlainDate,
  plainDate,
  plainDateAt,
  startOfDay,
  weekdayOf,
} from '../../../domain/time/instant.ts';

const dates: fc.Arbitrary<PlainDate> = fc
  .integer({ min: 0, max: 20_000 })
  .map((days) => addDays(plainDate('1991-09-15'), days));

describe('parseInstant (时点)', () => {
  test.for([
    ['2020-10-09T09:00:00+08:00', '2020-10-09T01:00:00.000Z', 'China'],
    ['2018-11-26T17:00+08:00', '2018-11-26T09:00:00.000Z', 'notices leave seconds out (S2)'],
    ['2020-10-09T01:00:00Z', '2020-10-09T01:00:00.000Z', 'UTC'],
    ['2020-10-08T20:30:00-04:30', '2020-10-09T01:00:00.000Z', 'a western offset'],
    ['2020-02-29T00:00:00.1+08:00', '2020-02-28T16:00:00.100Z', 'leap day, tenths of a second'],
    ['2020-10-09T09:00:00.123999+08:00', '2020-10-09T01:00:00.123Z', 'below 1 ms is cut off'],
  ] as const)('%s → %s (%s)', ([text, utc]) => {
    expect(parseInstant(text)).toBe(Date.parse(utc));
  });

  test.for([
    ['2020-10-09T09:00:00', 'no offset: nobody knows where'],
    ['2020-10-09T09:00:00-00:00', 'the unknown offset of RFC 3339'],
    ['2020-10-09 09:00:00+08:00', 'a blank for T'],
    ['2020-10-09T24:00:00+08:00', 'hour 24'],
    ['2016-12-31T23:59:60Z', 'a leap second'],
    ['2021-02-29T09:00:00+08:00', 'no such day'],
    ['2020-10-09T09:60:00+08:00', 'minute 60'],
    ['2020-10-09T09:00:00+24:00', 'offset of a day'],
    ['2020-10-09', 'a day is no instant'],
    [' 2020-10-09T09:00:00Z', 'a blank before'],
    ['', 'empty'],
  ] as const)('%s → undefined (%s)', ([text]) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe('日期 arithmetic', () => {
  test.for([
    ['2020-02-28', 1, '2020-02-29', 'leap year'],
    ['2021-02-28', 1, '2021-03-01', 'common year'],
    ['2000-02-28', 1, '2000-02-29', 'a century that is a leap year'],
    ['2020-12-31', 1, '2021-01-01', 'year end'],
    ['2020-03-01', -1, '2020-02-29', 'backwards'],
  ] as const)('%s %s → %s (%s)', ([from, days, to]) => {
    expect(addDays(plainDate(from), days)).toBe(to);
    expect(daysBetween(plainDate(from), plainDate(to))).toBe(days);
  });

  test.for([
    ['2022-04-20', 6, '2022-10-20', 'half a year to the day'],
    ['2021-08-31', 6, '2022-02-28', 'the last day stands for a later one'],
    ['2019-08-31', 6, '2020-02-29', 'of a leap year'],
    ['2022-10-31', 2, '2022-12-31', 'within a year'],
    ['2022-11-30', 2, '2023-01-30', 'over a year’s end'],
    ['2022-03-31', -1, '2022-02-28', 'backwards'],
  ] as const)('%s and %s months → %s (%s)', ([from, months, to]) => {
    expect(addMonths(plainDate(from), months)).toBe(to);
  });

  test.for([
    ['2020-10-09', 5, '昭通 P13: Friday'],
    ['2019-12-21', 6, '昭通 P14: Saturday'],
    ['2020-02-17', 1, '甘肃 P22: Monday'],
    ['1949-10-02', 7, 'before 1970 too'],
  ] as const)('%s is weekday %s (%s)', ([date, weekday]) => {
    expect(weekdayOf(plainDate(date))).toBe(weekday);
  });

  test('a malformed date in code, or a day past the year 9999, is a bug → invariant', () => {
    expect(() => plainDate('2020-02-30')).toThrow('invariant');
    expect(() => addDays(plainDate('9999-12-31'), 1)).toThrow('invariant');
    expect(() => plainDateAt(0.5)).toThrow('invariant');
  });

  test('an instant is written to the minute, with seconds when asked', () => {
    const at = startOfDay(plainDate('2020-10-14')) + 34_259_999;
    expect(formatInstant(at)).toBe('2020-10-14 09:30');
    expect(formatInstant(at, { seconds: true, endOfDay: true })).toBe('2020-10-14 09:30:59');
  });

  test('a day holds exactly its instants, and its text reads back', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 0, max: 86_399_999 }), (date, ms) => {
        expect(plainDateAt(startOfDay(date) + ms)).toBe(date);
        expect(plainDateAt(endOfDay(date))).toBe(addDays(date, 1));
        expect(parsePlainDate(date)).toBe(date);
      }),
    );
  });

  test('adding days is monotone, in text order too, and daysBetween undoes it', () => {
    const step = fc.integer({ min: -3000, max: 3000 });
    fc.assert(
      fc.property(dates, step, step, (date, a, b) => {
        const [less, more] = a <= b ? [a, b] : [b, a];
        expect(addDays(date, less) <= addDays(date, more)).toBe(true);
        expect(daysBetween(date, addDays(date, a))).toBe(a);
        expect(addDays(addDays(date, a), b)).toBe(addDays(date, a + b));
      }),
    );
  });
});
