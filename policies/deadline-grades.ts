/** 期限分级 — what counts as due soon and as long overdue: a product parameter without legal effect. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { offsetDayOrPlain } from '../domain/time/day-offset.ts';
import { endOfDay, type Instant, plainDateAt, startOfDay } from '../domain/time/instant.ts';
import type { WorkCalendar } from '../domain/time/work-calendar.ts';

const GradesFile = z.strictObject({
  dueSoonWorkingDays: z.int().min(1),
  longOverdueWorkingDays: z.int().min(1),
});

/** Where the grades lie at an instant, so that each is one range of deadlines. */
export interface GradeBounds {
  /** A deadline before this is long overdue. */
  readonly longOverdueBefore: Instant;
  /** A deadline before this is overdue. */
  readonly overdueBefore: Instant;
  /** A deadline before this is due soon. */
  readonly dueSoonBefore: Instant;
}

const grades = GradesFile.parse(
  parse(readFileSync(new URL('./deadline-grades.yaml', import.meta.url), 'utf8')),
);

/** 期限分级 at an instant. */
export function gradeBounds(at: Instant, calendar: WorkCalendar): GradeBounds {
  const today = plainDateAt(at);
  const day = (days: number) => offsetDayOrPlain(today, { days, unit: 'WORKING' }, calendar).on;
  return {
    longOverdueBefore: startOfDay(day(-grades.longOverdueWorkingDays)),
    overdueBefore: at,
    dueSoonBefore: endOfDay(day(grades.dueSoonWorkingDays)),
  };
}
