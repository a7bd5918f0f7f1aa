import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Flex, Segmented, Tag, Typography } from 'antd';
import type { ReactElement } from 'react';
import { Link, useSearchParams } from 'react-router';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { DueWords } from '../clock/late-words.tsx';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { useHoldsAny } from '../session/session.ts';
import { RowTable } from '../table/row-table.tsx';
import { type RosterRow, subjectsWords, unitOf } from './roster.ts';

const PAGE_SIZE = 20;

const COLUMNS = [
  {
    title: '名单',
    key: 'title',
    render: (row: RosterRow) => (
      <Link to={`/rosters/${row.id}`}>
        {row.unitName} {row.title} 第{row.batch}批
      </Link>
    ),
  },
  {
    title: '环节',
    key: 'step',
    render: (row: RosterRow) => (
      <>
        {row.closed ? '已办结' : row.stepName} {row.suspended && <Tag color="warning">已中止</Tag>}
      </>
    ),
  },
  {
    title: '户、村',
    key: 'subjects',
    render: (row: RosterRow) => subjectsWords(row.heads, row.caseCount, unitOf(row.procedure)),
  },
  {
    title: '时限',
    key: 'due',
    render: (row: RosterRow) => <DueWords dueAt={row.dueAt} lateMs={row.lateMs} />,
  },
];

const SCOPES = [
  { value: 'open', label: '在办' },
  { value: 'late', label: '逾期' },
  { value: 'closed', label: '已办结' },
];

const SCOPE_QUERY: Readonly<Record<string, string>> = {
  open: 'open=true',
  late: 'open=true&late=true',
  closed: 'open=false',
};

/** The address carries what the page is narrowed to, so that a leader's number links to its list. */
function useRosters() {
  const [given, setGiven] = useSearchParams();
  const scope = given.get('scope') ?? 'open';
  const page = Number(given.get('page') ?? '1');
  const asked = new URLSearchParams(SCOPE_QUERY[scope] ?? SCOPE_QUERY['open']);
  for (const key of ['unit', 'holder', 'duty']) {
    const value = given.get(key);
    if (value !== null) asked.set(key, value);
  }
  asked.set('page', String(page));
  asked.set('size', String(PAGE_SIZE));
  const query = asked.toString();
  const rosters = useQuery({
    queryKey: ['rosters', query],
    queryFn: () => read<Answers['GET /rosters']>(`/rosters?${query}`),
    placeholderData: keepPreviousData,
  });
  const change = (changes: Readonly<Record<string, string>>): void => {
    const next = new URLSearchParams(given);
    for (const [key, value] of Object.entries(changes)) next.set(key, value);
    setGiven(next);
  };
  return { rosters, scope, page, where: given.get('words'), change };
}

/** 名单: every list that the user may see. */
export function RosterListPage(): ReactElement {
  const { rosters, scope, page, where, change } = useRosters();
  const launches = useHoldsAny({ duties: ['clerk'] });
  return (
    <>
      <Flex wrap justify="space-between" align="center" gap={8}>
        <Typography.Title level={3}>名单{where !== null && `（${where}）`}</Typography.Title>
        <Flex gap={8} wrap>
          <Segmented
            aria-label="在办、逾期或已办结"
            value={scope}
            onChange={(next) => change({ scope: next, page: '1' })}
            options={SCOPES}
          />
          {launches && (
            <Link to="/rosters/new">
              <Button type="primary" tabIndex={-1}>
                发起名单
              </Button>
            </Link>
          )}
        </Flex>
      </Flex>
      <ProblemAlert error={rosters.error} />
      {rosters.data !== undefined && (
        <Typography.Paragraph type="secondary">
          共{rosters.data.total}份，其中逾期{rosters.data.late}份
        </Typography.Paragraph>
      )}
      <RowTable<RosterRow>
        rows={rosters.data?.items ?? []}
        columns={COLUMNS}
        rowKey={({ id }) => id}
        loading={rosters.isPending}
        emptyText="没有名单"
        pages={{
          current: page,
          pageSize: PAGE_SIZE,
          total: rosters.data?.total ?? 0,
          onChange: (next) => change({ page: String(next) }),
        }}
      />
    </>
  );
}
