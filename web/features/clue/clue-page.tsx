import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { instantWords } from '../clock/instant-words.ts';
import { DueWords } from '../clock/late-words.tsx';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { RowTable } from '../table/row-table.tsx';
import { OpenOrDone } from '../task/open-or-done.tsx';

type Clues = Answers['GET /clues'];
type Clue = Clues['items'][number];

const PAGE_SIZE = 20;

const COLUMNS = [
  { title: '村', dataIndex: 'villageName' },
  { title: '反映的情况', dataIndex: 'words' },
  { title: '收到', key: 'raised', render: (clue: Clue) => instantWords(clue.raisedAt) },
  {
    title: '应于何时前查清',
    key: 'due',
    render: (clue: Clue) => <DueWords dueAt={clue.dueAt} lateMs={clue.lateMs} />,
  },
  {
    title: '结果',
    key: 'outcome',
    render: (clue: Clue) =>
      clue.closedAt === null ? '待查清' : `${clue.outcome ?? ''}（${instantWords(clue.closedAt)}）`,
  },
  {
    title: '在哪里处理',
    key: 'roster',
    render: (clue: Clue) =>
      clue.rosterId === null ? '—' : <Link to={`/rosters/${clue.rosterId}`}>名单上的异议</Link>,
  },
];

/** 漏评线索: households that somebody says were left out, each with its date. */
export function CluePage(): ReactElement {
  const [open, setOpen] = useState(true);
  const [page, setPage] = useState(1);
  const clues = useQuery({
    queryKey: ['clues', open, page],
    queryFn: () => read<Clues>(`/clues?open=${open}&page=${page}&size=${PAGE_SIZE}`),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Typography.Title level={3}>漏评线索</Typography.Title>
      <Typography.Paragraph type="secondary">
        群众反映应当评上而没有评上的户。线索有自己的时限，不影响名单上其他户；查清后，符合条件的另行发起名单。
      </Typography.Paragraph>
      <OpenOrDone
        label="待查清或已查清"
        words={['待查清', '已查清']}
        open={open}
        onChange={(next) => {
          setOpen(next);
          setPage(1);
        }}
      />
      <ProblemAlert error={clues.error} />
      <RowTable<Clue>
        rows={clues.data?.items ?? []}
        columns={COLUMNS}
        rowKey={({ id }) => id}
        loading={clues.isPending}
        emptyText="没有线索"
        pages={{
          current: page,
          pageSize: PAGE_SIZE,
          total: clues.data?.total ?? 0,
          onChange: setPage,
        }}
      />
    </>
  );
}
