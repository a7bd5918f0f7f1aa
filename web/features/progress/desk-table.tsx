import {} from 'antd';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { Answers } from '../../generated/api.ts';
import { RowTable } from '../table/row-table.tsx';

type Desk = Answers['GET /progress']['desks'][number];

type Unit = Pick<Answers['GET /progress']['own'][number], 'code'> | undefined;

/** The lists on a desk, those of the unit only: the number says the same. */
function deskAddress({ holder, duty, words }: Desk, unit: Unit, scope: string): string {
  const of = { holder, duty, words, scope, ...(unit && { unit: unit.code }) };
  return `/rosters?${new URLSearchParams(of)}`;
}

function columnsFor(unit: Unit) {
  return [
    { title: '岗位', dataIndex: 'words' },
    {
      title: '在岗人员',
      key: 'people',
      render: ({ people }: Desk) =>
        people.length === 0 ? <span className="late">无人在岗</span> : people.join('、'),
    },
    {
      title: '手里的名单',
      key: 'lists',
      render: (desk: Desk) => <Link to={deskAddress(desk, unit, 'open')}>{desk.lists}</Link>,
    },
    {
      title: '其中逾期',
      key: 'late',
      render: (desk: Desk) => (
        <Link to={deskAddress(desk, unit, 'late')} className={desk.late > 0 ? 'late' : ''}>
          {desk.late}
        </Link>
      ),
    },
  ];
}

interface DeskTableProps {
  readonly desks: readonly Desk[];
  readonly unit: Unit;
}

/** 压在谁手里: each desk with the people at it. */
export function DeskTable({ desks, unit }: DeskTableProps): ReactElement {
  return (
    <RowTable<Desk>
      rows={desks}
      columns={columnsFor(unit)}
      rowKey={({ holder, duty }) => `${holder} ${duty}`}
      emptyText="没有在办的名单"
      pageSize={20}
    />
  );
}
