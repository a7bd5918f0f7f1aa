import { useQuery } from '@tanstack/react-query';
import { Card, Col, Progress, Row, Spin, Statistic, Table, Typography } from 'antd';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { read } from '../../api-client.ts';
import { DueWords } from '../clock/late-words.tsx';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { PROCEDURE_WORDS } from '../roster/household.ts';
import type { RosterRow } from '../roster/roster.ts';

interface PlaceProgress {
  readonly unitCode: string;
  readonly unitName: string;
  readonly procedure: keyof typeof PROCEDURE_WORDS;
  readonly packId: string;
  readonly total: number;
  /** Counts by step key while live, by outcome or status when finished. */
  readonly buckets: Readonly<Record<string, number>>;
}

interface Desk {
  readonly words: string;
  readonly rosters: number;
  readonly late: number;
}

interface ProgressAnswer {
  readonly items: readonly PlaceProgress[];
  readonly open: number;
  readonly late: readonly RosterRow[];
  readonly desks: readonly Desk[];
}

/** Buckets of cases that are finished: by outcome, or by how they ended. */
const FINISHED = ['exited', 'enrolled', 'closed', 'refused', 'withdrawn'];

/** 已办 of a place. */
function finishedOf({ buckets }: PlaceProgress): number {
  return FINISHED.reduce((sum, bucket) => sum + (buckets[bucket] ?? 0), 0);
}

const PLACE_COLUMNS = [
  { title: '单位', dataIndex: 'unitName' },
  {
    title: '程序',
    key: 'procedure',
    render: (place: PlaceProgress) => PROCEDURE_WORDS[place.procedure],
  },
  { title: '应办', dataIndex: 'total' },
  { title: '已办', key: 'done', render: finishedOf },
  {
    title: '进度',
    key: 'progress',
    render: (place: PlaceProgress) => (
      <Progress
        size="small"
        style={{ minWidth: 100 }}
        percent={place.total === 0 ? 0 : Math.floor((100 * finishedOf(place)) / place.total)}
      />
    ),
  },
];

const LATE_COLUMNS = [
  {
    title: '名单',
    key: 'title',
    render: (row: RosterRow) => (
      <Link to={`/rosters/${row.id}`}>
        {row.unitName} {row.title}
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

const DESK_COLUMNS = [
  { title: '由谁办', dataIndex: 'words' },
  { title: '手里的名单', dataIndex: 'rosters' },
  { title: '其中逾期', dataIndex: 'late' },
];

function Figures({ answer }: { readonly answer: ProgressAnswer }): ReactElement {
  const total = answer.items.reduce((sum, place) => sum + place.total, 0);
  const done = answer.items.reduce((sum, place) => sum + finishedOf(place), 0);
  const figures = [
    { title: '应办（户）', value: total },
    { title: '已办（户）', value: done },
    { title: '在办名单', value: answer.open },
    { title: '逾期名单', value: answer.late.length },
  ];
  return (
    <Row gutter={[12, 12]}>
      {figures.map(({ title, value }) => (
        <Col key={title} xs={12} md={6}>
          <Card size="small">
            <Statistic title={title} value={value} />
          </Card>
        </Col>
      ))}
    </Row>
  );
}

/** 领导一屏: how much is due, how much is done, who misses the date, on whose desk it lies. */
export function LeaderPage(): ReactElement {
  const progress = useQuery({
    queryKey: ['progress'],
    queryFn: () => read<ProgressAnswer>('/progress'),
    refetchInterval: 30_000,
  });
  if (progress.isPending) return <Spin />;
  if (progress.isError) return <ProblemAlert error={progress.error} />;
  const { late, desks, items } = progress.data;
  const table = { size: 'small', pagination: false, scroll: { x: 'max-content' } } as const;
  return (
    <>
      <Typography.Title level={3}>领导一屏</Typography.Title>
      <Figures answer={progress.data} />
      <Typography.Title level={4}>逾期的名单</Typography.Title>
      <Table<RosterRow> {...table} rowKey="id" dataSource={[...late]} columns={LATE_COLUMNS} />
      <Typography.Title level={4}>压在谁手里</Typography.Title>
      <Table<Desk> {...table} rowKey="words" dataSource={[...desks]} columns={DESK_COLUMNS} />
      <Typography.Title level={4}>各地进度</Typography.Title>
      <Table<PlaceProgress>
        {...table}
        rowKey={({ unitCode, procedure, packId }) => `${unitCode} ${procedure} ${packId}`}
        dataSource={[...items]}
        columns={PLACE_COLUMNS}
      />
    </>
  );
}
