import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Flex, Tag, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { instantWords } from '../clock/instant-words.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { useHoldsAny } from '../session/session.ts';
import { RowTable } from '../table/row-table.tsx';

type Acts = Answers['GET /acts'];
type Act = Acts['items'][number];

const PAGE_SIZE = 20;

/** 文书种类 as users read it. */
export const ACT_WORDS: Readonly<Record<string, string>> = { review: '审核', decision: '审定' };

const COLUMNS = [
  {
    title: '文书',
    key: 'title',
    render: (act: Act) => <Link to={`/acts/${act.id}`}>{act.title}</Link>,
  },
  { title: '种类', key: 'kind', render: (act: Act) => ACT_WORDS[act.kind] ?? '' },
  { title: '文号', key: 'no', render: (act: Act) => act.documentNo ?? '—' },
  { title: '签发', key: 'by', render: (act: Act) => `${act.issuerName} ${act.signerName}` },
  { title: '时间', key: 'at', render: (act: Act) => instantWords(act.signedAt) },
  {
    title: '名单',
    key: 'lists',
    render: ({ lists, applied, refused, pending }: Act) => (
      <>
        共{lists}份 <Tag color="success">已生效{applied}</Tag>
        {refused > 0 && <Tag color="error">不予受理{refused}</Tag>}
        {pending > 0 && <Tag color="processing">待办理{pending}</Tag>}
      </>
    ),
  },
];

/** 文书: one document over many lists, and how each of them went. */
export function ActListPage(): ReactElement {
  const [page, setPage] = useState(1);
  const acts = useQuery({
    queryKey: ['acts', page],
    queryFn: () => read<Acts>(`/acts?page=${page}&size=${PAGE_SIZE}`),
    placeholderData: keepPreviousData,
  });
  const signs = useHoldsAny({ duties: ['reviewer', 'decider'] });
  return (
    <>
      <Flex wrap justify="space-between" align="center" gap={8}>
        <Typography.Title level={3}>文书</Typography.Title>
        {signs && (
          <Link to="/acts/new">
            <Button type="primary" tabIndex={-1}>
              签发文书
            </Button>
          </Link>
        )}
      </Flex>
      <Typography.Paragraph type="secondary">
        一件审核意见或审定文件可以同时办理多份名单，逐份生效。
      </Typography.Paragraph>
      <ProblemAlert error={acts.error} />
      <RowTable<Act>
        rows={acts.data?.items ?? []}
        columns={COLUMNS}
        rowKey={({ id }) => id}
        loading={acts.isPending}
        emptyText="还没有文书"
        pages={{
          current: page,
          pageSize: PAGE_SIZE,
          total: acts.data?.total ?? 0,
          onChange: setPage,
        }}
      />
    </>
  );
}
