import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { invariant } from '../domain/invariant.ts';
import {
  type PlainDate,
  parsePlainDate,
  WEEKDAY_WORDS,
  weekdayOf,
} from '../domain/time/instant.ts';
import type { CalendarYear, WorkCalendar } from '../domain/time/work-calendar.ts';

const CALENDAR_FOLDER = new URL('./calendars/', import.meta.url);

const CalendarDate = z.string().transform((text, context): PlainDate => {
  const date = parsePlainDate(text);
  if (date !== undefined) return date;
  context.addIssue({ code: 'custom', message: `不是有效日期：${text}` });
  return z.NEVER;
});

const NamedDays = z.array(z.strictObject({ on: CalendarDate, name: z.string().min(1) }));

/**
 * 年度节假日安排文件. Refused: a day outside the year, a day named twice or both off and worked, a
 * make-up workday that is no Saturday or Sunday, an empty list of holidays.
 */
export const CalendarFile = z
  .strictObject({
    year: z.int().min(1991).max(9999),
    document: z.string().min(1),
    verified: z.boolean(),
    holidays: NamedDays.min(1),
    makeUpWorkdays: NamedDays,
  })
  .superRefine((file, context) => {
    const seen = new Set<string>();
    for (const { on } of [...file.holidays, ...file.makeUpWorkdays]) {
      if (!on.startsWith(`${file.year}-`)) {
        context.addIssue({ code: 'custom', message: `${on}不在${file.year}年` });
      }
      if (seen.has(on)) context.addIssue({ code: 'custom', message: `${on}重复` });
      seen.add(on);
    }
    for (const { on } of file.makeUpWorkdays) {
      const weekday = weekdayOf(on);
      if (weekday < 6) {
        const message = `${on}是${WEEKDAY_WORDS[weekday]}，不可能是调休上班日`;
        context.addIssue({ code: 'custom', message });
      }
    }
  });

/** Reads one year's file; throws a ZodError (or YAML error) that names what is wrong. */
export function parseCalendarYear(yamlText: string): CalendarYear {
  return CalendarFile.parse(parse(yamlText));
}

/** 工作日历 as shipped: every file of policies/calendars. A broken shipped file stops the start. */
export function loadCalendars(folder: URL = CALENDAR_FOLDER): WorkCalendar {
  const years: Record<string, CalendarYear> = {};
  for (const name of calendarFileNames(folder)) {
    const year = parseCalendarYear(readFileSync(new URL(name, folder), 'utf8'));
    invariant(name === `${year.year}.yaml`, `calendar file ${name} holds the year ${year.year}`);
    years[year.year] = year;
  }
  return { years };
}

/** The names of the shipped calendar files, earliest year first. */
export function calendarFileNames(folder: URL = CALENDAR_FOLDER): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
}
