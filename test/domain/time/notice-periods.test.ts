import { describe, expect, test } from 'vitest';
import {
  computePeriod,
  type DateReceipt,
  type PeriodRule,
} from '../../../domain/time/date-receipt.ts';
import { type Instant, parseInstant } from '../../../domain/time/instant.ts';
import type { WorkCalendar } from '../../../domain/time/work-calendar.ts';
import { CALENDAR } from './test-calendar.ts';

const EMPTY: WorkCalendar = { years: {} };

function at(text: string): Instant {
  const instant = parseInstant(`${text}+08:00`);
  if (instant === undefined) throw new Error(`not an instant: ${text}`);
  return instant;
}

function period(posted: string, rule: Partial<PeriodRule>, calendar = CALENDAR): DateReceipt {
  const whole: PeriodRule = {
    amount: 7,
    unit: 'CALENDAR',
    countFirstDay: false,
    rollToWorkday: false,
    ...rule,
  };
  const outcome = computePeriod(at(posted), whole, 'test', calendar);
  if (!outcome.ok) throw new Error(`no calendar for ${outcome.missingYear}`);
  return outcome.receipt;
}

describe('the seven observed postings (§3.2)', () => {
  const first = { countFirstDay: true };
  test.for([
    [
      '昭通 2020-10-09, 5 days, never before 10-14 24:00',
      '2020-10-09',
      { amount: 5 },
      '2020-10-10',
      '2020-10-14',
    ],
    ['昭通 2019-12-21, 5 days, to 12-26', '2019-12-21', { amount: 5 }, '2019-12-22', '2019-12-26'],
    ['山西 2018-08-24 to 08-30', '2018-08-24', first, '2018-08-24', '2018-08-30'],
    [
      '山西 2019-05-05 to 05-11, ends on a Saturday',
      '2019-05-05',
      first,
      '2019-05-05',
      '2019-05-11',
    ],
    [
      '湖南 2019-03-17 to 03-23, ends on a Saturday',
      '2019-03-17',
      first,
      '2019-03-17',
      '2019-03-23',
    ],
    ['广西 2018-02-22 to 02-26', '2018-02-22', { ...first, amount: 5 }, '2018-02-22', '2018-02-26'],
    [
      '甘肃 2020-02-17 to 02-21, 5 working days',
      '2020-02-17',
      { ...first, amount: 5, unit: 'WORKING' },
      '2020-02-17',
      '2020-02-21',
    ],
  ] as const)('%s', ([, on, rule, firstDay, lastDay]) => {
    const receipt = period(`${on}T09:00`, rule);
    expect(receipt).toMatchObject({
      firstDay,
      lastDay,
      endsAt: at(`${lastDay}T00:00`) + 86_400_000,
    });
  });
});

describe('the day of posting (民法典 第二百零一条)', () => {
  test.for([
    ['first minute of the day', '2020-10-09T00:00', '2020-10-16'],
    ['last minute of the day', '2020-10-09T23:59', '2020-10-16'],
    ['the minute after', '2020-10-10T00:00', '2020-10-17'],
  ] as const)('%s', ([, posted, lastDay]) => {
    expect(period(posted, {}).lastDay).toBe(lastDay);
  });

  test('the end is 24:00, not 23:59: the last minute is still inside', () => {
    const { endsAt } = period('2020-10-09T09:00', {});
    expect(endsAt).toBe(at('2020-10-17T00:00'));
    expect(endsAt).toBeGreaterThan(at('2020-10-16T23:59'));
  });

  test('the place of posting decides the day, not UTC', () => {
    const utcIsDayBefore = parseInstant('2020-10-08T17:00:00Z') ?? Number.NaN;
    const rule: PeriodRule = {
      amount: 1,
      unit: 'CALENDAR',
      countFirstDay: true,
      rollToWorkday: false,
    };
    const outcome = computePeriod(utcIsDayBefore, rule, 'test', EMPTY);
    expect(outcome).toMatchObject({ ok: true, receipt: { firstDay: '2020-10-09' } });
  });
});

describe('calendar days need no calendar and do not roll (§3.2)', () => {
  test('a notice over 国庆节 counts every day', () => {
    expect(period('2020-09-30T09:00', {}, EMPTY)).toMatchObject({
      firstDay: '2020-10-01',
      lastDay: '2020-10-07',
      calendarDocuments: [],
    });
  });

  test('the year end is a day like others', () => {
    expect(period('2021-12-28T09:00', {}, EMPTY).lastDay).toBe('2022-01-04');
  });

  test('29 February counts', () => {
    expect(period('2020-02-27T09:00', { amount: 2 }, EMPTY).lastDay).toBe('2020-02-29');
  });

  test('a deadline that rolls passes holiday and weekend, the make-up Saturday holds it', () => {
    const roll = { rollToWorkday: true };
    expect(period('2020-09-24T09:00', roll).lastDay).toBe('2020-10-09');
    expect(period('2020-10-03T09:00', roll).lastDay).toBe('2020-10-10');
    expect(period('2020-10-10T09:00', roll).lastDay).toBe('2020-10-19');
  });
});

describe('working days (§3.2)', () => {
  const working = { unit: 'WORKING' } as const;
  test.for([
    ['over a weekend', '2020-10-15', 3, '2020-10-20'],
    ['over 国庆节, the make-up Saturday counts', '2020-09-30', 2, '2020-10-10'],
    ['the Sunday after the make-up Saturday does not', '2020-09-30', 3, '2020-10-12'],
    ['the make-up Sunday before 国庆节 counts', '2020-09-25', 1, '2020-09-27'],
    ['over the turn of the year', '2020-12-30', 2, '2021-01-04'],
  ] as const)('%s', ([, on, amount, lastDay]) => {
    expect(period(`${on}T09:00`, { ...working, amount }).lastDay).toBe(lastDay);
  });

  test('posted on a holiday, the first day counted is the first workday', () => {
    const receipt = period('2020-10-05T09:00', { ...working, amount: 1, countFirstDay: true });
    expect(receipt.firstDay).toBe('2020-10-09');
  });

  test('the documents of both years are named', () => {
    expect(period('2020-12-30T09:00', { ...working, amount: 2 }).calendarDocuments).toEqual([
      '国办发明电〔2019〕16号',
      '国办发明电〔2020〕27号',
    ]);
  });

  test.for([
    ['the year of posting', '2022-03-01', 1, 2022],
    ['a year that the period runs into', '2021-12-30', 5, 2022],
  ] as const)('%s unknown → not computed', ([, on, amount, missingYear]) => {
    const rule: PeriodRule = {
      amount,
      unit: 'WORKING',
      countFirstDay: false,
      rollToWorkday: false,
    };
    expect(computePeriod(at(`${on}T09:00`), rule, 'test', CALENDAR)).toEqual({
      ok: false,
      missingYear,
    });
  });

  test('a roll into an unknown year → not computed', () => {
    const rule: PeriodRule = {
      amount: 1,
      unit: 'CALENDAR',
      countFirstDay: false,
      rollToWorkday: true,
    };
    expect(computePeriod(at('2021-12-31T09:00'), rule, 'test', CALENDAR)).toEqual({
      ok: false,
      missingYear: 2022,
    });
  });
});

describe('the receipt can be read aloud', () => {
  test('calendar days', () => {
    expect(period('2020-10-09T09:30', { amount: 5 }).words).toBe(
      '自2020-10-09 09:30张贴，张贴当日不计，公示5日（自然日），至2020-10-14 24:00届满',
    );
  });

  test('working days name what was left out and what was made up', () => {
    expect(period('2020-09-30T09:00', { unit: 'WORKING', amount: 3 }).words).toBe(
      '自2020-09-30 09:00张贴，张贴当日不计，公示3个工作日，其间2020-10-01至2020-10-08（国庆节）、2020-10-11（周日）不计，2020-10-10（国庆节调休上班）计入，至2020-10-12 24:00届满',
    );
  });
});
