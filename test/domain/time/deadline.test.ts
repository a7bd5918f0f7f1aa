import { describe, expect, test } from 'vitest';
import {
  computeDue,
  deadlineReceipt,
  isLate,
  parseDeadline,
} from '../../../domain/time/deadline.ts';
import { formatInstant, parseInstant, parsePlainDate } from '../../../domain/time/instant.ts';
import { CALENDAR } from './test-calendar.ts';

const at = (text: string): number => parseInstant(text) ?? Number.NaN;

describe('时间节点 (§3.2, §15.8)', () => {
  test.for([
    ['X日前 includes the day', '2017-12-20', '2017-12-20T23:59:59.999+08:00', false],
    ['X日前, 24:00 is late', '2017-12-20', '2017-12-21T00:00:00+08:00', true],
    ['17:00 sharp is in time (S2)', '2018-11-26T17:00+08:00', '2018-11-26T17:00:00+08:00', false],
    [
      'a millisecond after 17:00 is late (S2)',
      '2018-11-26T17:00+08:00',
      '2018-11-26T17:00:00.001+08:00',
      true,
    ],
    ['12:00 noon of S1', '2022-11-25T12:00+08:00', '2022-11-25T12:01:00+08:00', true],
  ] as const)('%s', ([, text, acted, late]) => {
    const deadline = parseDeadline(text);
    expect(deadline && isLate(at(acted), deadline)).toBe(late);
  });

  test.for(['2017-02-29', '2018-11-26T17:00', '2018-11-26 17:00', '年底', ''])(
    '%s is no deadline → undefined',
    (text) => {
      expect(parseDeadline(text)).toBeUndefined();
    },
  );

  test('the sentence names the end', () => {
    const deadline = parseDeadline('2017-12-20');
    expect(deadline && deadlineReceipt(deadline, 'c').words).toBe(
      '截止2017-12-20 24:00，当日在内，其后为逾期',
    );
  });

  test('15 days from entering end at the last instant of the day', () => {
    const rule = {
      amount: 15,
      unit: 'CALENDAR',
      countFirstDay: false,
      rollToWorkday: false,
    } as const;
    const due = computeDue(at('2020-10-09T09:00:00+08:00'), rule, 'c', CALENDAR);
    expect(due).toMatchObject({ ok: true, deadline: { kind: 'whole-day', on: '2020-10-24' } });
    expect(due.ok && isLate(at('2020-10-25T00:00:00+08:00'), due.deadline)).toBe(true);
    expect(due.ok && isLate(at('2020-10-24T23:59:00+08:00'), due.deadline)).toBe(false);
  });
});

describe('时点 and 日期', () => {
  test('midnight is 24:00 of the day before where a period ends', () => {
    const midnight = at('2020-10-15T00:00:00+08:00');
    expect(formatInstant(midnight)).toBe('2020-10-15 00:00');
    expect(formatInstant(midnight, { endOfDay: true })).toBe('2020-10-14 24:00');
  });

  test.for(['2021-02-29', '2020-13-01', '2020-1-1', '20201001', '0999-01-01'])(
    '%s is no day → undefined',
    (text) => {
      expect(parsePlainDate(text)).toBeUndefined();
    },
  );
});
