import { Progress } from 'antd';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { Answers } from '../../generated/api.ts';
import { RowTable } from '../table/row-table.tsx';

type Place = Answers['GET /progress']['children'][number];

/** Where the lists behind a number are: the list page, narrowed to the unit. */
export function listsAddress({ code, name }: Pick<Place, 'code' | 'name'>, scope: string): string {
  return `/rosters?${new URLSearchParams({ unit: code, words: name, scope })}`;
}

function percentOf({ done, total }: Place): number {
  return total === 0 ? 0 : Math.floor((100 * done) / total);
}

const COLUMNS = [
  {
    title: '单位',
    key: 'name',
    render: (place: Place) => <Link to={`/progress?unit=${place.code}`}>{place.name}</Link>,
  },
  { title: '应办（户、村）', dataIndex: 'total' },
  { title: '已办（户、村）', dataIndex: 'done' },
  {
    title: '进度',
    key: 'progress',
    render: (place: Place) => (
      <Progress
        size="small"
        style={{ minWidth: 100 }}
        percent={percentOf(place)}
        format={(percent = 0) => `${percent}%`}
      />
    ),
  },
  {
    title: '在办名单',
    key: 'lists',
    render: (place: Place) => <Link to={listsAddress(place, 'open')}>{place.lists}</Link>,
  },
  {
    title: '逾期名单',
    key: 'late',
    render: (place: Place) => (
      <Link to={listsAddress(place, 'late')} className={place.late > 0 ? 'late' : ''}>
        {place.late}
      </Link>
    ),
  },
];

/** 各单位: a row leads to the unit, its numbers to the lists behind them. */
export function PlaceTable({ places }: { readonly places: readonly Place[] }): ReactElement {
  return <RowTable<Place> rows={places} columns={COLUMNS} rowKey={({ code }) => code} />;
}
