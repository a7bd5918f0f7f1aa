import chineseDays from 'chinese-days';
import { describe, expect, test } from 'vitest';
import { addDays, plainDate } from '../../domain/time/instant.ts';
import { dayKind } from '../../domain/time/work-calendar.ts';
import { loadCalendars } from '../../policies/calendar-file.ts';

const calendar = loadCalendars();
const years = Object.keys(calendar.years);

describe('shipped calendars and their source, the package chinese-days', () => {
  test('the years 2014–2026 are shipped, none claims to be verified', () => {
    expect(years).toEqual(Array.from({ length: 13 }, (_, index) => String(2014 + index)));
    expect(Object.values(calendar.years).filter(({ verified }) => verified)).toEqual([]);
  });

  test.for(years)('%s: every day is worked or off as the package says', (year) => {
    const different: string[] = [];
    for (let on = plainDate(`${year}-01-01`); on.startsWith(year); on = addDays(on, 1)) {
      const { kind } = dayKind(on, calendar);
      const isWorked = kind === 'workday' || kind === 'make-up-workday';
      if (isWorked !== chineseDays.isWorkday(on)) different.push(on);
    }
    expect(different).toEqual([]);
  });

  test.for([
    ['2015-09-03', 'holiday', '抗战胜利70周年, 国发明电〔2015〕1号'],
    ['2015-09-06', 'make-up-workday', 'the Sunday worked for it'],
    ['2018-12-29', 'make-up-workday', 'set by the notice of 2019'],
    ['2018-12-31', 'holiday', 'set by the notice of 2019'],
    ['2019-05-02', 'holiday', '国办发明电〔2019〕3号 lengthened the holiday'],
    ['2019-05-05', 'make-up-workday', '国办发明电〔2019〕3号'],
    ['2020-01-31', 'holiday', '国办发明电〔2020〕1号 lengthened 春节'],
    ['2020-02-01', 'holiday', 'a make-up workday that the lengthening cancelled'],
    ['2020-02-02', 'holiday', 'the last day of the lengthening'],
    ['2020-02-03', 'workday', 'work begins'],
    ['2020-10-10', 'make-up-workday', '国办发明电〔2019〕16号'],
    ['2026-01-04', 'make-up-workday', '国办发明电〔2025〕7号'],
    ['2026-12-31', 'workday', 'until a notice of 2027 says otherwise'],
  ] as const)('%s is a %s (%s)', ([on, kind]) => {
    expect(dayKind(plainDate(on), calendar).kind).toBe(kind);
  });
});
