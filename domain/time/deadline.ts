import {
  computePeriod,
  type DateReceipt,
  type PeriodRule,
  type PeriodWording,
} from './date-receipt.ts';
import {
  endOfDay,
  formatInstant,
  type Instant,
  type PlainDate,
  parseInstant,
  parsePlainDate,
  plainDateAt,
} from './instant.ts';
import type { WorkCalendar } from './work-calendar.ts';

/**
 * 时间节点. A date binds to the end of that day (「X日前」 includes it); an instant binds exactly. An act
 * at `lastInstant` is in time, one millisecond later is late.
 */
export type Deadline =
  | { readonly kind: 'whole-day'; readonly on: PlainDate; readonly lastInstant: Instant }
  | { readonly kind: 'exact'; readonly on: PlainDate; readonly lastInstant: Instant };

/** 时间节点说明: a fixed deadline as plain JSON with its sentence, printed beside date receipts. */
export interface DeadlineReceipt {
  readonly clauseId: string;
  readonly deadline: Deadline;
  readonly words: string;
}

/** A relative deadline with its receipt, or the year whose calendar is missing. */
export type DueOutcome =
  | { readonly ok: true; readonly deadline: Deadline; readonly receipt: DateReceipt }
  | { readonly ok: false; readonly missingYear: number };

/** 自…起算，…限15日. */
export const DUE_WORDING: PeriodWording = { anchor: '起算', period: '限' };

/**
 * Reads '2017-12-20' (whole day, Asia/Shanghai) or '2018-11-26T17:00+08:00' (exact). Undefined for
 * anything else, a local time without offset included.
 */
export function parseDeadline(text: string): Deadline | undefined {
  const on = parsePlainDate(text);
  if (on !== undefined) return wholeDay(on);
  const at = parseInstant(text);
  return at === undefined ? undefined : exact(at);
}

/** 是否逾期. */
export function isLate(at: Instant, deadline: Deadline): boolean {
  return at > deadline.lastInstant;
}

/** Explains a fixed deadline. */
export function deadlineReceipt(deadline: Deadline, clauseId: string): DeadlineReceipt {
  return { clauseId, deadline, words: deadlineWords(deadline) };
}

/**
 * 计算办理期限: the last instant in time of a deadline that runs from `anchorAt`. In days it is the
 * end of the last day; in seconds the exact instant.
 */
export function computeDue(
  anchorAt: Instant,
  rule: PeriodRule,
  clauseId: string,
  calendar: WorkCalendar,
  wording: PeriodWording = DUE_WORDING,
): DueOutcome {
  const outcome = computePeriod(anchorAt, rule, clauseId, calendar, wording);
  if (!outcome.ok) return outcome;
  const { receipt } = outcome;
  const deadline = rule.unit === 'SECOND' ? exact(receipt.endsAt) : wholeDay(receipt.lastDay);
  return { ok: true, deadline, receipt };
}

function wholeDay(on: PlainDate): Deadline {
  return { kind: 'whole-day', on, lastInstant: endOfDay(on) - 1 };
}

function exact(at: Instant): Deadline {
  return { kind: 'exact', on: plainDateAt(at), lastInstant: at };
}

function deadlineWords(deadline: Deadline): string {
  if (deadline.kind === 'whole-day') return `截止${deadline.on} 24:00，当日在内，其后为逾期`;
  const isWholeMinute = deadline.lastInstant % 60_000 === 0;
  const at = formatInstant(deadline.lastInstant, { seconds: !isWholeMinute });
  return `截止${at}，该时刻在内，其后为逾期`;
}
