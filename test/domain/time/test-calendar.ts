import { addDays, type PlainDate, plainDate } from '../../../domain/time/instant.ts';
import type { NamedDay, WorkCalendar } from '../../../domain/time/work-calendar.ts';

/** The autumn of 2020 and the turn to 2021 (国办发明电〔2019〕16号, 〔2020〕27号); 2022 is not known. */
export const CALENDAR: WorkCalendar = {
  years: {
    2020: {
      year: 2020,
      document: '国办发明电〔2019〕16号',
      verified: false,
      holidays: [...run('2020-01-24', 10, '春节'), ...run('2020-10-01', 8, '国庆节')],
      makeUpWorkdays: [
        { on: plainDate('2020-09-27'), name: '国庆节' },
        { on: plainDate('2020-10-10'), name: '国庆节' },
      ],
    },
    2021: {
      year: 2021,
      document: '国办发明电〔2020〕27号',
      verified: false,
      holidays: run('2021-01-01', 3, '元旦'),
      makeUpWorkdays: [],
    },
  },
};

function run(from: string, days: number, name: string): NamedDay[] {
  const first: PlainDate = plainDate(from);
  return Array.from({ length: days }, (_, index) => ({ on: addDays(first, index), name }));
}
