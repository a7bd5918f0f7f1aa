import { useQuery } from '@tanstack/react-query';
import { Card, Table } from 'antd';
import type { Key, ReactElement } from 'react';
import type { VillageStatus } from '../../../domain/facts/village-facts.ts';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';

type VillageRow = Answers['GET /villages']['items'][number];

const STATUS_WORDS: Readonly<Record<VillageStatus, string>> = {
  'poor-village': '贫困村',
  'exited-village': '已出列',
  'ordinary-village': '非贫困村',
};

const COLUMNS = [
  { title: '村', dataIndex: 'name' },
  {
    title: '现状',
    key: 'status',
    render: ({ status, exitYear }: VillageRow) =>
      exitYear === null ? STATUS_WORDS[status] : `${exitYear}年${STATUS_WORDS[status]}`,
  },
  {
    title: '未脱贫',
    key: 'poor',
    render: ({ poorHouseholds, poorPersons }: VillageRow) => `${poorHouseholds}户${poorPersons}人`,
  },
  {
    title: '脱贫退出没有办结',
    key: 'open',
    render: ({ openExitCases }: VillageRow) => (openExitCases === 0 ? '' : `${openExitCases}户`),
  },
  {
    title: '在办',
    key: 'live',
    render: ({ live }: VillageRow) => (live.length > 0 ? '已在别的名单上' : ''),
  },
];

interface VillageTableProps {
  readonly township: string;
  readonly chosen: readonly string[];
  readonly onChoose: (codes: readonly string[]) => void;
}

/** 选择村 of one township; the rules, not the page, say which of them may be listed. */
export function VillageTable({ township, chosen, onChoose }: VillageTableProps): ReactElement {
  const villages = useQuery({
    queryKey: ['villages', township],
    queryFn: () => read<Answers['GET /villages']>(`/villages?township=${township}`),
    enabled: township !== '',
  });
  return (
    <Card size="small" title={`选择村（已选${chosen.length}个村）`}>
      <ProblemAlert error={villages.error} />
      <Table<VillageRow>
        size="small"
        rowKey="villageCode"
        loading={villages.isFetching}
        dataSource={[...(villages.data?.items ?? [])]}
        columns={COLUMNS}
        scroll={{ x: 'max-content' }}
        rowSelection={{
          selectedRowKeys: [...chosen],
          onChange: (keys: Key[]) => onChoose(keys.map(String)),
          getCheckboxProps: ({ name }) => ({ 'aria-label': name }),
          getTitleCheckboxProps: () => ({ 'aria-label': '全选' }),
        }}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      />
    </Card>
  );
}
