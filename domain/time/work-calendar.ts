import { type PlainDate, WEEKDAY_WORDS, weekdayOf } from './instant.ts';

/** A named day of a calendar year. */
export interface NamedDay {
  readonly on: PlainDate;
  /** The festival: 国庆节, 春节 …; for a make-up workday, the festival it pays for. */
  readonly name: string;
}

/** 年度节假日安排: one year's public holidays and make-up workdays, as the State Council set them. */
export interface CalendarYear {
  readonly year: number;
  /** The State Council notices behind this year, with their numbers; several are joined by '；'. */
  readonly document: string;
  /** Whether a person has compared the document number with the text. */
  readonly verified: boolean;
  /** 放假: every day off inside a holiday, weekends in it included where the source lists them. */
  readonly holidays: readonly NamedDay[];
  /** 调休上班: Saturdays and Sundays that are worked. */
  readonly makeUpWorkdays: readonly NamedDay[];
}

/** 工作日历: what a plan carries of the calendar years, by year as text ('2020'). */
export interface WorkCalendar {
  readonly years: Readonly<Record<string, CalendarYear>>;
}

/** What kind of day a civil day is; `name` is the festival, or 周六 / 周日. */
export type DayKind =
  | { readonly kind: 'workday' }
  | { readonly kind: 'weekend'; readonly name: string }
  | { readonly kind: 'holiday'; readonly name: string }
  | { readonly kind: 'make-up-workday'; readonly name: string }
  | { readonly kind: 'unknown-year'; readonly year: number };

/**
 * 工作日判定. A year that the calendar does not hold is never guessed from weekdays: the make-up
 * workdays of a year are unknown until its notice is out.
 */
export function dayKind(date: PlainDate, calendar: WorkCalendar): DayKind {
  const yearText = date.slice(0, 4);
  const year = calendar.years[yearText];
  if (year === undefined) return { kind: 'unknown-year', year: Number(yearText) };
  const makeUp = year.makeUpWorkdays.find((day) => day.on === date);
  if (makeUp !== undefined) return { kind: 'make-up-workday', name: makeUp.name };
  const holiday = year.holidays.find((day) => day.on === date);
  if (holiday !== undefined) return { kind: 'holiday', name: holiday.name };
  const weekday = weekdayOf(date);
  return weekday >= 6 ? { kind: 'weekend', name: WEEKDAY_WORDS[weekday] } : { kind: 'workday' };
}
