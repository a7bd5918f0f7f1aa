import { computePeriod, type PeriodRule } from '../../../domain/time/date-receipt.ts';
import { deadlineReceipt, parseDeadline } from '../../../domain/time/deadline.ts';
import {
  endOfDay,
  formatInstant,
  parseInstant,
  plainDate,
  plainDateAt,
  weekdayOf,
} from '../../../domain/time/instant.ts';
import { CALENDAR } from './test-calendar.ts';

/** Instants around midnight in Shanghai and around New York's change to summer time. */
const INSTANTS = [
  '2020-10-08T23:59:59.999+08:00',
  '2020-10-09T00:00:00+08:00',
  '2020-03-08T02:30:00-05:00',
  '2020-11-01T01:30:00-04:00',
  '2020-12-31T23:59:59+08:00',
];

const RULES: readonly PeriodRule[] = [
  { amount: 5, unit: 'CALENDAR', countFirstDay: true, rollToWorkday: false },
  { amount: 7, unit: 'CALENDAR', countFirstDay: false, rollToWorkday: true },
  { amount: 3, unit: 'WORKING', countFirstDay: false, rollToWorkday: false },
];

/** What the time functions answer for the samples, as one JSON text. */
export function dateSamples(): string {
  const samples = INSTANTS.map((text) => {
    const at = parseInstant(text) ?? Number.NaN;
    const on = plainDateAt(at);
    const ends = formatInstant(endOfDay(on), { endOfDay: true });
    const periods = RULES.map((rule) => computePeriod(at, rule, 'clause', CALENDAR));
    return { text, at, on, weekday: weekdayOf(on), ends, periods };
  });
  const deadlines = ['2017-12-20', '2018-11-26T17:00+08:00'].map((text) => {
    const deadline = parseDeadline(text);
    return deadline && deadlineReceipt(deadline, 'clause');
  });
  return JSON.stringify({ samples, deadlines, leapDay: plainDate('2020-02-29') });
}
