import { useQuery } from '@tanstack/react-query';
import { Breadcrumb, Card, Col, Row, Spin, Statistic, Typography } from 'antd';
import type { ReactElement } from 'react';
import { Link, useSearchParams } from 'react-router';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { DueWords } from '../clock/late-words.tsx';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import type { RosterRow } from '../roster/roster.ts';
import { RowTable } from '../table/row-table.tsx';
import { DeskTable } from './desk-table.tsx';
import { listsAddress, PlaceTable } from './place-table.tsx';

type Progress = Answers['GET /progress'];

const LATE_COLUMNS = [
  {
    title: '名单',
    key: 'title',
    render: (row: RosterRow) => (
      <Link to={`/rosters/${row.id}`}>
        {row.unitName} {row.title} 第{row.batch}批
      </Link>
    ),
  },
  { title: '压在哪个环节', dataIndex: 'stepName' },
  {
    title: '时限',
    key: 'due',
    render: (row: RosterRow) => <DueWords dueAt={row.dueAt} lateMs={row.lateMs} />,
  },
];

function Figures({ answer }: { readonly answer: Progress }): ReactElement {
  const sum = (key: 'total' | 'done' | 'lists' | 'late'): number =>
    answer.own.reduce((total, place) => total + place[key], 0);
  const [place] = answer.own;
  const late = sum('late');
  const figures = [
    { title: '应办（户、村）', value: sum('total') },
    { title: '已办（户、村）', value: sum('done') },
    { title: '在办名单', value: sum('lists'), scope: 'open' },
    { title: '逾期名单', value: late, scope: 'late', warns: late > 0 },
  ];
  return (
    <Row gutter={[12, 12]}>
      {figures.map(({ title, value, scope, warns }) => (
        <Col key={title} xs={12} md={6}>
          <Card size="small">
            <Statistic
              title={title}
              value={value}
              {...(warns && { styles: { content: { color: '#cf1322' } } })}
            />
            {scope !== undefined && place !== undefined && answer.own.length === 1 && (
              <Link to={listsAddress(place, scope)}>看名单</Link>
            )}
          </Card>
        </Col>
      ))}
    </Row>
  );
}

function Path({ path }: { readonly path: Progress['path'] }): ReactElement | null {
  if (path.length < 2) return null;
  const items = path.map(({ code, name }, index) => ({
    key: code,
    title: index === path.length - 1 ? name : <Link to={`/progress?unit=${code}`}>{name}</Link>,
  }));
  return <Breadcrumb style={{ marginBottom: 12 }} items={items} />;
}

/** 领导一屏: how much is due, how much is done, who misses the date, on whose desk it lies. */
export function LeaderPage(): ReactElement {
  const [given] = useSearchParams();
  const unit = given.get('unit');
  const query = unit === null ? '' : `?unit=${unit}`;
  const progress = useQuery({
    queryKey: ['progress', query],
    queryFn: () => read<Progress>(`/progress${query}`),
  });
  if (progress.isPending) return <Spin />;
  if (progress.isError) return <ProblemAlert error={progress.error} />;
  const { late, desks, children, own, path } = progress.data;
  const unitShown = own.length === 1 ? own[0] : undefined;
  return (
    <>
      <Typography.Title level={3}>
        领导一屏{unitShown !== undefined && `：${unitShown.name}`}
      </Typography.Title>
      <Path path={path} />
      <Figures answer={progress.data} />
      {children.length > 0 && (
        <>
          <Typography.Title level={4}>各单位</Typography.Title>
          <PlaceTable places={children} />
        </>
      )}
      <Typography.Title level={4}>压在谁手里</Typography.Title>
      <DeskTable desks={desks} unit={unitShown} />
      <Typography.Title level={4}>逾期最久的名单</Typography.Title>
      <RowTable<RosterRow>
        rows={late}
        columns={LATE_COLUMNS}
        rowKey={({ id }) => id}
        emptyText="没有逾期的名单"
      />
    </>
  );
}
