import { describe, expect, test } from 'vitest';
import { plainDate } from '../../domain/time/instant.ts';
import { dayKind } from '../../domain/time/work-calendar.ts';
import { loadCalendars, parseCalendarYear } from '../../policies/calendar-file.ts';

const calendar = loadCalendars();

/** One year's file with the given days; everything else is right. */
function yearFile(holidays: string, makeUpWorkdays: string): string {
  return `year: 2020\ndocument: 通知\nverified: false\nholidays: ${holidays}\nmakeUpWorkdays: ${makeUpWorkdays}\n`;
}

describe('shipped calendars', () => {
  test('every campaign year and the year after it are shipped, each with its document', () => {
    for (const year of [2017, 2018, 2019, 2020, 2021, 2022, 2023]) {
      expect(calendar.years[year]?.document).toMatch(/国办发明电〔\d{4}〕\d+号/);
    }
  });

  test('National Day 2020 is off, the Saturday after it is worked, a plain Saturday is a weekend', () => {
    expect(dayKind(plainDate('2020-10-08'), calendar)).toEqual({ kind: 'holiday', name: '国庆节' });
    expect(dayKind(plainDate('2020-10-10'), calendar).kind).toBe('make-up-workday');
    expect(dayKind(plainDate('2020-10-17'), calendar).kind).toBe('weekend');
  });

  test('a year without a file is unknown, never guessed from weekdays', () => {
    expect(dayKind(plainDate('2031-03-03'), calendar)).toEqual({
      kind: 'unknown-year',
      year: 2031,
    });
  });
});

describe('a broken calendar file → refused', () => {
  test.for([
    ['a day of another year', '[{on: 2021-01-01, name: 元旦}]', '[]'],
    ['a day that does not exist', '[{on: 2020-02-30, name: 春节}]', '[]'],
    ['no holiday at all', '[]', '[]'],
    [
      'a day both off and worked',
      '[{on: 2020-10-10, name: 国庆节}]',
      '[{on: 2020-10-10, name: 国庆节}]',
    ],
    [
      'a make-up workday on a Friday',
      '[{on: 2020-01-01, name: 元旦}]',
      '[{on: 2020-10-09, name: 国庆节}]',
    ],
  ] as const)('%s', ([, holidays, makeUp]) => {
    expect(() => parseCalendarYear(yearFile(holidays, makeUp))).toThrow(/2020|holidays/);
  });

  test('the same file with right days is read', () => {
    const year = parseCalendarYear(yearFile('[{on: 2020-01-01, name: 元旦}]', '[]'));
    expect(year.holidays).toEqual([{ on: '2020-01-01', name: '元旦' }]);
  });
});
