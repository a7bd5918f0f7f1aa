/** 期限前后的日子 — a day so many days before or after another, counted with a receipt. */
import { addDays, type PlainDate } from './instant.ts';
import { dayKind, type NamedDay, type WorkCalendar } from './work-calendar.ts';

/** 提前（-）或顺延（+）几日; 0 working days is the day itself or, where it is off, the last workday before. */
export interface DayOffset {
  readonly days: number;
  readonly unit: 'CALENDAR' | 'WORKING';
}

/** 推算单: how the day was found, as plain JSON that can be printed and re-checked. */
export interface OffsetReceipt {
  readonly from: PlainDate;
  readonly offset: DayOffset;
  readonly on: PlainDate;
  /** Days off that were passed over. */
  readonly skipped: readonly { readonly on: PlainDate; readonly why: string }[];
  readonly makeUpDaysCounted: readonly NamedDay[];
  /** One Chinese sentence that explains the computation. */
  readonly words: string;
}

/** A receipt, or the year whose calendar is missing. */
export type OffsetOutcome =
  | { readonly ok: true; readonly receipt: OffsetReceipt }
  | { readonly ok: false; readonly missingYear: number };

/**
 * For what has no legal effect, such as a reminder: without the year's calendar it is counted by plain
 * days rather than never, and the receipt says so by its unit.
 */
export function offsetDayOrPlain(
  from: PlainDate,
  offset: DayOffset,
  calendar: WorkCalendar,
): OffsetReceipt {
  const outcome = offset.unit === 'WORKING' ? offsetDay(from, offset, calendar) : undefined;
  return outcome?.ok === true ? outcome.receipt : plainOffset(from, offset.days);
}

/** 推算日子. CALENDAR asks for no calendar; WORKING for every year that it looks into. */
export function offsetDay(
  from: PlainDate,
  offset: DayOffset,
  calendar: WorkCalendar,
): OffsetOutcome {
  if (offset.unit === 'CALENDAR') return { ok: true, receipt: plainOffset(from, offset.days) };
  const step = offset.days > 0 ? 1 : -1;
  const skipped: { on: PlainDate; why: string }[] = [];
  const makeUpDaysCounted: NamedDay[] = [];
  let left = Math.abs(offset.days);
  // With 0 the day itself is the first that may do; otherwise counting begins beside it.
  for (let on = left === 0 ? from : addDays(from, step); ; on = addDays(on, step)) {
    const day = dayKind(on, calendar);
    if (day.kind === 'unknown-year') return { ok: false, missingYear: day.year };
    if (day.kind === 'weekend' || day.kind === 'holiday') {
      skipped.push({ on, why: day.name });
      continue;
    }
    if (day.kind === 'make-up-workday') makeUpDaysCounted.push({ on, name: day.name });
    left -= 1;
    if (left <= 0) {
      return { ok: true, receipt: receiptOf(from, offset, on, skipped, makeUpDaysCounted) };
    }
  }
}

function plainOffset(from: PlainDate, days: number): OffsetReceipt {
  return receiptOf(from, { days, unit: 'CALENDAR' }, addDays(from, days), [], []);
}

function receiptOf(
  from: PlainDate,
  offset: DayOffset,
  on: PlainDate,
  skipped: OffsetReceipt['skipped'],
  makeUpDaysCounted: readonly NamedDay[],
): OffsetReceipt {
  const unit = offset.unit === 'WORKING' ? '个工作日' : '日';
  const counted =
    offset.days === 0
      ? `${from}当日`
      : `${from}${offset.days < 0 ? '前' : '后'}${Math.abs(offset.days)}${unit}`;
  const parts = [counted];
  if (skipped.length > 0) {
    parts.push(`${skipped.map((day) => `${day.on}（${day.why}）`).join('、')}不计`);
  }
  if (makeUpDaysCounted.length > 0) {
    const made = makeUpDaysCounted.map((day) => `${day.on}（${day.name}调休上班）`);
    parts.push(`${made.join('、')}计入`);
  }
  const words = [...parts, `为${on}`].join('，');
  return { from, offset, on, skipped, makeUpDaysCounted, words };
}
