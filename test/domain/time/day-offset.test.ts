import { describe, expect, test } from 'vitest';
import { offsetDay, offsetDayOrPlain } from '../../../domain/time/day-offset.ts';
import { plainDate } from '../../../domain/time/instant.ts';
import { loadPacks } from '../../../policies/load-packs.ts';

const { calendar } = loadPacks();
const WORKING = 'WORKING' as const;
const CALENDAR = 'CALENDAR' as const;

describe('a day so many days before or after another', () => {
  // 2020: National Day and Mid-Autumn 10-01…10-08, made up on 09-27 (Sunday) and 10-10 (Saturday).
  test.for([
    ['two workdays before a Thursday', '2020-10-15', -2, WORKING, '2020-10-13'],
    [
      'two workdays before, over the holiday and a made-up Saturday',
      '2020-10-10',
      -2,
      WORKING,
      '2020-09-30',
    ],
    ['the day itself when it is worked', '2020-10-15', 0, WORKING, '2020-10-15'],
    ['the last workday before a due day that is off', '2020-10-05', 0, WORKING, '2020-09-30'],
    ['a made-up Sunday is a workday', '2020-09-27', 0, WORKING, '2020-09-27'],
    ['the first workday after a Friday is Monday', '2020-10-16', 1, WORKING, '2020-10-19'],
    ['one calendar day after a Friday is Saturday', '2020-10-16', 1, CALENDAR, '2020-10-17'],
    ['two calendar days before', '2020-10-05', -2, CALENDAR, '2020-10-03'],
  ] as const)('%s', ([, from, days, unit, on]) => {
    const outcome = offsetDay(plainDate(from), { days, unit }, calendar);
    expect(outcome).toMatchObject({ ok: true, receipt: { on, from } });
  });

  test('the receipt names every day passed over and every made-up day counted', () => {
    const offset = { days: -2, unit: WORKING };
    const outcome = offsetDay(plainDate('2020-10-10'), offset, calendar);
    expect(outcome).toMatchObject({
      ok: true,
      receipt: {
        skipped: Array.from({ length: 8 }, (_, index) => ({
          on: `2020-10-0${8 - index}`,
          why: '国庆节',
        })),
      },
    });
    expect(outcome.ok && outcome.receipt.words).toContain('为2020-09-30');
  });

  test('a year without a calendar is refused; a reminder then counts plain days and says so', () => {
    const offset = { days: 1, unit: WORKING };
    expect(offsetDay(plainDate('2020-12-31'), offset, { years: {} })).toEqual({
      ok: false,
      missingYear: 2021,
    });
    expect(offsetDayOrPlain(plainDate('2020-12-31'), offset, { years: {} })).toMatchObject({
      on: '2021-01-01',
      offset: { unit: CALENDAR },
    });
  });
});
