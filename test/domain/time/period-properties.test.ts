import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  computePeriod,
  type DateReceipt,
  type PeriodRule,
} from '../../../domain/time/date-receipt.ts';
import { computeDue, isLate } from '../../../domain/time/deadline.ts';
import {
  addDays,
  endOfDay,
  type Instant,
  type PlainDate,
  plainDate,
  plainDateAt,
  startOfDay,
} from '../../../domain/time/instant.ts';
import { dayKind } from '../../../domain/time/work-calendar.ts';
import { loadCalendars } from '../../../policies/calendar-file.ts';

const DAY_MS = 86_400_000;
const calendar = loadCalendars();

/** Anchors from 2014 on that leave every generated period inside the shipped years. */
const anchors: fc.Arbitrary<Instant> = fc.integer({
  min: startOfDay(plainDate('2014-01-01')),
  max: startOfDay(plainDate('2024-12-31')),
});

const dayRules: fc.Arbitrary<PeriodRule> = fc.record({
  amount: fc.integer({ min: 1, max: 90 }),
  unit: fc.constantFrom('CALENDAR', 'WORKING'),
  countFirstDay: fc.boolean(),
  rollToWorkday: fc.boolean(),
});

function receiptOf(anchorAt: Instant, rule: PeriodRule): DateReceipt {
  const outcome = computePeriod(anchorAt, rule, 'clause', calendar);
  if (!outcome.ok) throw new Error(`no calendar for ${outcome.missingYear}`);
  return outcome.receipt;
}

function isWorked(on: PlainDate): boolean {
  const { kind } = dayKind(on, calendar);
  return kind === 'workday' || kind === 'make-up-workday';
}

function daysFrom(first: PlainDate, last: PlainDate): PlainDate[] {
  const days: PlainDate[] = [];
  for (let on = first; on <= last; on = addDays(on, 1)) days.push(on);
  return days;
}

describe('every period in days', () => {
  test('is never shorter than its rule', () => {
    fc.assert(
      fc.property(anchors, dayRules, (anchorAt, rule) => {
        const { endsAt } = receiptOf(anchorAt, rule);
        const anchorDay = startOfDay(plainDateAt(anchorAt));
        const wholeDays = rule.amount * DAY_MS;
        // The anchor's day counts whole or not at all; not counted, the full time has really run.
        const earliest = rule.countFirstDay ? anchorDay + wholeDays : anchorAt + wholeDays;
        expect(endsAt).toBeGreaterThanOrEqual(earliest);
      }),
    );
  });

  test('ends at local midnight after its last day', () => {
    fc.assert(
      fc.property(anchors, dayRules, (anchorAt, rule) => {
        const { endsAt, lastDay } = receiptOf(anchorAt, rule);
        expect(endsAt).toBe(endOfDay(lastDay));
        expect(endsAt).toBe(startOfDay(plainDateAt(endsAt)));
      }),
    );
  });

  test('ends no earlier when it is longer or begins later', () => {
    const later = fc.integer({ min: 0, max: 20 * DAY_MS });
    fc.assert(
      fc.property(anchors, dayRules, later, (anchorAt, rule, delayMs) => {
        const { endsAt } = receiptOf(anchorAt, rule);
        const longer = { ...rule, amount: rule.amount + 1 };
        expect(receiptOf(anchorAt, longer).endsAt).toBeGreaterThanOrEqual(endsAt);
        expect(receiptOf(anchorAt + delayMs, rule).endsAt).toBeGreaterThanOrEqual(endsAt);
      }),
    );
  });

  test('is the same for every instant of the anchor day', () => {
    fc.assert(
      fc.property(anchors, dayRules, (anchorAt, rule) => {
        const day = plainDateAt(anchorAt);
        const { lastDay } = receiptOf(startOfDay(day), rule);
        expect(receiptOf(endOfDay(day) - 1, rule).lastDay).toBe(lastDay);
      }),
    );
  });

  test('counts working days as a count by hand does, and names every other day', () => {
    fc.assert(
      fc.property(anchors, dayRules, (anchorAt, anyRule) => {
        const rule: PeriodRule = { ...anyRule, unit: 'WORKING' };
        const receipt = receiptOf(anchorAt, rule);
        const from = rule.countFirstDay ? receipt.anchorOn : addDays(receipt.anchorOn, 1);
        const passed = daysFrom(from, receipt.lastDay);
        expect(passed.filter(isWorked)).toHaveLength(rule.amount);
        expect(passed.find(isWorked)).toBe(receipt.firstDay);
        const off = passed.filter((on) => !isWorked(on));
        const named = receipt.skipped.map(({ on }) => on);
        expect(named).toEqual(rule.countFirstDay ? off : [receipt.anchorOn, ...off]);
        expect(receipt.rolled).toBeUndefined();
      }),
    );
  });

  test('rolls to the first workday, over days off only', () => {
    fc.assert(
      fc.property(anchors, dayRules, (anchorAt, anyRule) => {
        const plain: PeriodRule = { ...anyRule, unit: 'CALENDAR', rollToWorkday: false };
        const unrolled = receiptOf(anchorAt, plain);
        const rolled = receiptOf(anchorAt, { ...plain, rollToWorkday: true });
        expect(isWorked(rolled.lastDay)).toBe(true);
        expect(daysFrom(unrolled.lastDay, rolled.lastDay).filter(isWorked)).toHaveLength(1);
        expect(rolled.rolled !== undefined).toBe(rolled.lastDay !== unrolled.lastDay);
      }),
    );
  });

  test('has a receipt that survives JSON', () => {
    fc.assert(
      fc.property(anchors, dayRules, (anchorAt, rule) => {
        const receipt = receiptOf(anchorAt, rule);
        expect(JSON.parse(JSON.stringify(receipt))).toEqual(receipt);
      }),
    );
  });
});

describe('a deadline that runs from an anchor', () => {
  test('is the last instant before the period has run in full', () => {
    fc.assert(
      fc.property(anchors, dayRules, (anchorAt, rule) => {
        const due = computeDue(anchorAt, rule, 'clause', calendar);
        if (!due.ok) throw new Error(`no calendar for ${due.missingYear}`);
        expect(isLate(due.receipt.endsAt - 1, due.deadline)).toBe(false);
        expect(isLate(due.receipt.endsAt, due.deadline)).toBe(true);
      }),
    );
  });

  test('in seconds (benchmarks) holds to the exact instant', () => {
    const anchorAt = startOfDay(plainDate('2020-10-09'));
    const rule: PeriodRule = {
      amount: 1,
      unit: 'SECOND',
      countFirstDay: false,
      rollToWorkday: false,
    };
    const due = computeDue(anchorAt, rule, 'clause', { years: {} });
    expect(due).toMatchObject({ ok: true, deadline: { lastInstant: anchorAt + 1000 } });
    expect(receiptOf(anchorAt, rule).words).toBe(
      '自2020-10-09 00:00:00张贴，公示1秒，至2020-10-09 00:00:01届满',
    );
  });
});

test.for([0, -1, 1.5, Number.NaN])('a period of %s days is a bug → invariant', (amount) => {
  const rule: PeriodRule = {
    amount,
    unit: 'CALENDAR',
    countFirstDay: false,
    rollToWorkday: false,
  };
  expect(() => computePeriod(0, rule, 'clause', calendar)).toThrow('invariant');
});
