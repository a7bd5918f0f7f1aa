import { invariant } from '../invariant.ts';
import {
  addDays,
  endOfDay,
  formatInstant,
  type Instant,
  type PlainDate,
  plainDateAt,
} from './instant.ts';
import { dayKind, type NamedDay, type WorkCalendar } from './work-calendar.ts';

/** 期间规则: how a period of a plan is counted. */
export interface PeriodRule {
  /** How many units must run in full; at least 1. */
  readonly amount: number;
  /** 自然日, 工作日, or seconds (benchmarks only; the pack linter refuses it elsewhere). */
  readonly unit: 'CALENDAR' | 'WORKING' | 'SECOND';
  /** Whether the day of the anchor counts as the first (当日计入). Without meaning for SECOND. */
  readonly countFirstDay: boolean;
  /** Whether a last day off moves to the next workday (顺延). A notice's period never does. */
  readonly rollToWorkday: boolean;
}

/** A day that was not counted, and why, in Chinese (周六, 国庆节, 张贴当日不计). */
export interface SkippedDay {
  readonly on: PlainDate;
  readonly why: string;
}

/** 期间计算单: how a period was counted, as plain JSON that can be printed and re-checked. */
export interface DateReceipt {
  readonly anchorAt: Instant;
  readonly anchorOn: PlainDate;
  readonly rule: PeriodRule;
  readonly clauseId: string;
  /** The first and the last day that count; the last one is the rolled one where it rolled. */
  readonly firstDay: PlainDate;
  readonly lastDay: PlainDate;
  /** Days from the anchor's on that did not count, in order; those passed by rolling are in `rolled`. */
  readonly skipped: readonly SkippedDay[];
  readonly makeUpDaysCounted: readonly NamedDay[];
  /** 顺延: the last day by count, the workday it moved to, and the days off between, named. */
  readonly rolled?: { readonly from: PlainDate; readonly to: PlainDate; readonly why: string };
  /** Documents of the calendar years that were looked at. */
  readonly calendarDocuments: readonly string[];
  /** The earliest instant at which the period has run in full: 24:00 of the last day. */
  readonly endsAt: Instant;
  /** One Chinese sentence that explains the computation. */
  readonly words: string;
}

/** A receipt, or the year whose calendar is missing: without it working days are not computed. */
export type PeriodOutcome =
  | { readonly ok: true; readonly receipt: DateReceipt }
  | { readonly ok: false; readonly missingYear: number };

/** The two words that differ between periods: 自…「张贴」, 「公示」7日. */
export interface PeriodWording {
  readonly anchor: string;
  readonly period: string;
}

/** 自…张贴，…公示7日. */
export const NOTICE_WORDING: PeriodWording = { anchor: '张贴', period: '公示' };

interface CountedDays {
  firstDay: PlainDate;
  lastDay: PlainDate;
  skipped: SkippedDay[];
  makeUpDaysCounted: NamedDay[];
  rolled?: { from: PlainDate; to: PlainDate; why: string };
}

type Counting = { ok: true; days: CountedDays } | { ok: false; missingYear: number };

/**
 * 计算期间. The period is never shorter than the rule: the anchor's day counts whole or not at all and
 * the last day ends at 24:00 (民法典 第二百零一条、第二百零三条). CALENDAR asks for a calendar year
 * only to roll; WORKING asks for every year it passes through.
 */
export function computePeriod(
  anchorAt: Instant,
  rule: PeriodRule,
  clauseId: string,
  calendar: WorkCalendar,
  wording: PeriodWording = NOTICE_WORDING,
): PeriodOutcome {
  invariant(
    Number.isSafeInteger(rule.amount) && rule.amount >= 1,
    'a period has at least one unit',
  );
  const anchorOn = plainDateAt(anchorAt);
  const base = { anchorAt, anchorOn, rule, clauseId };
  if (rule.unit === 'SECOND') {
    const endsAt = anchorAt + rule.amount * 1000;
    const days: CountedDays = {
      firstDay: anchorOn,
      lastDay: plainDateAt(endsAt - 1),
      skipped: [],
      makeUpDaysCounted: [],
    };
    const words = secondWords(anchorAt, rule.amount, endsAt, wording);
    return { ok: true, receipt: { ...base, ...days, calendarDocuments: [], endsAt, words } };
  }
  const counting =
    rule.unit === 'CALENDAR'
      ? countCalendarDays(anchorOn, rule, calendar, wording)
      : countWorkingDays(anchorOn, rule, calendar, wording);
  if (!counting.ok) return counting;
  const { days } = counting;
  const receipt: DateReceipt = {
    ...base,
    ...days,
    calendarDocuments: documentsUsed(anchorOn, rule, days, calendar),
    endsAt: endOfDay(days.lastDay),
    words: dayWords(anchorAt, anchorOn, rule, days, wording),
  };
  return { ok: true, receipt };
}

function countCalendarDays(
  anchorOn: PlainDate,
  rule: PeriodRule,
  calendar: WorkCalendar,
  wording: PeriodWording,
): Counting {
  const firstDay = rule.countFirstDay ? anchorOn : addDays(anchorOn, 1);
  const skipped = rule.countFirstDay ? [] : [anchorDaySkipped(anchorOn, wording)];
  const lastDay = addDays(firstDay, rule.amount - 1);
  const days: CountedDays = { firstDay, lastDay, skipped, makeUpDaysCounted: [] };
  return rule.rollToWorkday ? rollToWorkday(days, calendar) : { ok: true, days };
}

function rollToWorkday(days: CountedDays, calendar: WorkCalendar): Counting {
  const passed: SkippedDay[] = [];
  let on = days.lastDay;
  for (;;) {
    const day = dayKind(on, calendar);
    if (day.kind === 'unknown-year') return { ok: false, missingYear: day.year };
    if (day.kind === 'workday' || day.kind === 'make-up-workday') break;
    passed.push({ on, why: day.name });
    on = addDays(on, 1);
  }
  if (passed.length === 0) return { ok: true, days };
  const rolled = { from: days.lastDay, to: on, why: daysOffWords(passed) };
  return { ok: true, days: { ...days, lastDay: on, rolled } };
}

function countWorkingDays(
  anchorOn: PlainDate,
  rule: PeriodRule,
  calendar: WorkCalendar,
  wording: PeriodWording,
): Counting {
  const skipped: SkippedDay[] = [];
  const makeUpDaysCounted: NamedDay[] = [];
  let firstDay: PlainDate | undefined;
  let counted = 0;
  let on = anchorOn;
  if (!rule.countFirstDay) {
    skipped.push(anchorDaySkipped(anchorOn, wording));
    on = addDays(on, 1);
  }
  for (; ; on = addDays(on, 1)) {
    const day = dayKind(on, calendar);
    if (day.kind === 'unknown-year') return { ok: false, missingYear: day.year };
    if (day.kind === 'weekend' || day.kind === 'holiday') {
      skipped.push({ on, why: day.name });
      continue;
    }
    if (day.kind === 'make-up-workday') makeUpDaysCounted.push({ on, name: day.name });
    firstDay ??= on;
    counted += 1;
    if (counted === rule.amount) break;
  }
  return { ok: true, days: { firstDay, lastDay: on, skipped, makeUpDaysCounted } };
}

function anchorDaySkipped(anchorOn: PlainDate, wording: PeriodWording): SkippedDay {
  return { on: anchorOn, why: `${wording.anchor}当日不计` };
}

function documentsUsed(
  anchorOn: PlainDate,
  rule: PeriodRule,
  days: CountedDays,
  calendar: WorkCalendar,
): string[] {
  if (rule.unit === 'CALENDAR' && !rule.rollToWorkday) return [];
  const from = rule.unit === 'CALENDAR' ? (days.rolled?.from ?? days.lastDay) : anchorOn;
  const documents: string[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(days.lastDay.slice(0, 4)); year += 1) {
    const document = calendar.years[year]?.document;
    if (document !== undefined) documents.push(document);
  }
  return documents;
}

function secondWords(
  anchorAt: Instant,
  amount: number,
  endsAt: Instant,
  wording: PeriodWording,
): string {
  const from = formatInstant(anchorAt, { seconds: true });
  const to = formatInstant(endsAt, { seconds: true, endOfDay: true });
  return `自${from}${wording.anchor}，${wording.period}${amount}秒，至${to}届满`;
}

function dayWords(
  anchorAt: Instant,
  anchorOn: PlainDate,
  rule: PeriodRule,
  days: CountedDays,
  wording: PeriodWording,
): string {
  const { skipped, makeUpDaysCounted, rolled, lastDay } = days;
  const parts = [
    `自${formatInstant(anchorAt)}${wording.anchor}`,
    anchorDayWords(anchorOn, rule, skipped, wording),
    rule.unit === 'CALENDAR'
      ? `${wording.period}${rule.amount}日（自然日）`
      : `${wording.period}${rule.amount}个工作日`,
  ];
  if (rule.unit === 'WORKING') {
    const daysOff = skipped.filter(({ on }) => on !== anchorOn);
    if (daysOff.length > 0) parts.push(`其间${daysOffWords(daysOff)}不计`);
  }
  if (makeUpDaysCounted.length > 0) {
    const made = makeUpDaysCounted.map(({ on, name }) => `${on}（${name}调休上班）`);
    parts.push(`${made.join('、')}计入`);
  }
  if (rolled !== undefined) {
    parts.push(`末日${rolled.from}遇放假（${rolled.why}），顺延至${rolled.to}`);
  }
  parts.push(`至${formatInstant(endOfDay(lastDay), { endOfDay: true })}届满`);
  return parts.join('，');
}

function anchorDayWords(
  anchorOn: PlainDate,
  rule: PeriodRule,
  skipped: readonly SkippedDay[],
  wording: PeriodWording,
): string {
  if (!rule.countFirstDay) return `${wording.anchor}当日不计`;
  const off = skipped.find(({ on }) => on === anchorOn);
  if (off === undefined) return `${wording.anchor}当日计入`;
  return `${wording.anchor}当日（${off.why}）非工作日不计`;
}

/** '2020-10-01至2020-10-08（国庆节）、2020-10-11（周日）': neighbours off for one reason are joined. */
function daysOffWords(days: readonly SkippedDay[]): string {
  const runs: { from: PlainDate; to: PlainDate; why: string }[] = [];
  for (const { on, why } of days) {
    const run = runs.at(-1);
    if (run !== undefined && run.why === why && addDays(run.to, 1) === on) run.to = on;
    else runs.push({ from: on, to: on, why });
  }
  return runs
    .map(({ from, to, why }) => (from === to ? `${from}（${why}）` : `${from}至${to}（${why}）`))
    .join('、');
}
