import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Segmented, Table, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import { read } from '../../api-client.ts';
import { DueWords } from '../clock/late-words.tsx';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import type { RosterRow } from './roster.ts';

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
    render: (row: RosterRow) => (row.closed ? '已办结' : row.stepName),
  },
  { title: '户数', key: 'count', dataIndex: 'caseCount' },
  {
    title: '时限',
    key: 'due',
    render: (row: RosterRow) => <DueWords dueAt={row.dueAt} lateMs={row.lateMs} />,
  },
];

/** 名单: every list that the user may see. */
export function RosterListPage(): ReactElement {
  const [open, setOpen] = useState('true');
  const rosters = useQuery({
    queryKey: ['rosters', open],
    queryFn: () => read<{ readonly items: readonly RosterRow[] }>(`/rosters?open=${open}`),
    refetchInterval: 15_000,
  });
  return (
    <>
      <Flex wrap justify="space-between" align="center" gap={8}>
        <Typography.Title level={3}>名单</Typography.Title>
        <Flex gap={8} wrap>
          <Segmented
            value={open}
            onChange={setOpen}
            options={[
              { value: 'true', label: '在办' },
              { value: 'false', label: '已办结' },
            ]}
          />
          <Link to="/rosters/new">
            <Button type="primary" tabIndex={-1}>
              发起名单
            </Button>
          </Link>
        </Flex>
      </Flex>
      <ProblemAlert error={rosters.error} />
      <Table<RosterRow>
        size="small"
        rowKey="id"
        loading={rosters.isPending}
        dataSource={[...(rosters.data?.items ?? [])]}
        columns={COLUMNS}
        scroll={{ x: 'max-content' }}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      />
    </>
  );
}
