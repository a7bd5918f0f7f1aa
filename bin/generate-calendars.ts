/**
 * Refreshes the days in policies/calendars/*.yaml from the maintained package chinese-days. The
 * document and `verified` of a year are written by people and kept; when its days change, what was
 * verified is no longer. A new year begins as a file with its year and document. Arguments: none.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import chineseDays from 'chinese-days';
import { isMap, parseDocument } from 'yaml';
import { invariant } from '../domain/invariant.ts';
import { addDays, type PlainDate, plainDate } from '../domain/time/instant.ts';
import type { NamedDay } from '../domain/time/work-calendar.ts';
import { calendarFileNames } from '../policies/calendar-file.ts';

const FOLDER = new URL('../policies/calendars/', import.meta.url);

/** The package shortens three festivals; a printed receipt does not. */
const FULL_NAMES: Readonly<Record<string, string>> = {
  清明: '清明节',
  端午: '端午节',
  中秋: '中秋节',
};

interface YearDays {
  holidays: NamedDay[];
  makeUpWorkdays: NamedDay[];
}

/** The package's detail of a special day reads 'National Day,国庆节,3'; of others, a weekday. */
function festivalOf(on: PlainDate): { name: string; isWorked: boolean } | undefined {
  const detail = chineseDays.getDayDetail(on);
  const [, name] = detail.name.split(',');
  if (name === undefined) return undefined;
  return { name: FULL_NAMES[name] ?? name, isWorked: detail.work };
}

function daysOf(year: number): YearDays {
  const days: YearDays = { holidays: [], makeUpWorkdays: [] };
  for (let on = plainDate(`${year}-01-01`); on.startsWith(`${year}-`); on = addDays(on, 1)) {
    const festival = festivalOf(on);
    if (festival === undefined) continue;
    const list = festival.isWorked ? days.makeUpWorkdays : days.holidays;
    list.push({ on, name: festival.name });
  }
  invariant(days.holidays.length > 0, `chinese-days knows no holidays of ${year}`);
  return days;
}

function refresh(fileName: string): boolean {
  const file = new URL(fileName, FOLDER);
  const document = parseDocument(readFileSync(file, 'utf8'));
  const year: unknown = document.get('year');
  invariant(typeof year === 'number', `${fileName} names its year`);
  invariant(typeof document.get('document') === 'string', `${fileName} names its document`);
  const wanted = daysOf(year);
  const had = document.toJS() as Partial<YearDays>;
  if (
    JSON.stringify([had.holidays, had.makeUpWorkdays]) ===
    JSON.stringify([wanted.holidays, wanted.makeUpWorkdays])
  ) {
    return false;
  }
  document.set('verified', false);
  for (const key of ['holidays', 'makeUpWorkdays'] as const) {
    const list = document.createNode(wanted[key]);
    for (const item of list.items) if (isMap(item)) item.flow = true;
    document.set(document.createNode(key), list);
  }
  writeFileSync(file, document.toString({ lineWidth: 0, flowCollectionPadding: false }));
  return true;
}

for (const fileName of calendarFileNames()) {
  console.log(`${fileName}: ${refresh(fileName) ? 'days refreshed' : 'unchanged'}`);
}
