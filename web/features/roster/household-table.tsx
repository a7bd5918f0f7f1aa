import { useQuery } from '@tanstack/react-query';
import { Card, Input, Table } from 'antd';
import { type Key, type ReactElement, useState } from 'react';
import {
  MONITORING_CLASS_WORDS,
  MONITORING_STANDING_WORDS,
} from '../../../domain/facts/monitoring.ts';
import { read } from '../../api-client.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { type HouseholdRow, REGISTRY_STATUS_WORDS } from './household.ts';

const COLUMNS = [
  { title: '户主', dataIndex: 'headName' },
  { title: '村民小组', dataIndex: 'groupName' },
  { title: '人口', dataIndex: 'memberCount' },
  {
    title: '现状',
    key: 'status',
    render: ({ status, monitored, monitoring }: HouseholdRow) => {
      const beside =
        monitored === null
          ? monitoring && MONITORING_STANDING_WORDS[monitoring]
          : MONITORING_CLASS_WORDS[monitored];
      return [REGISTRY_STATUS_WORDS[status], beside].filter(Boolean).join('，');
    },
  },
  {
    title: '在办',
    key: 'live',
    render: (row: HouseholdRow) => (row.live.length > 0 ? '已在别的名单上' : ''),
  },
];

function useHouseholds(village: string, scope: string) {
  return useQuery({
    queryKey: ['households', village, scope],
    queryFn: () =>
      read<{ readonly items: readonly HouseholdRow[] }>(`/households?village=${village}&${scope}`),
    enabled: village !== '',
  });
}

interface HouseholdTableProps {
  readonly village: string;
  /** 户的现状 as a query. */
  readonly scope: string;
  readonly chosen: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
}

/** 选择农户 of one village. */
export function HouseholdTable(props: HouseholdTableProps): ReactElement {
  const { village, scope, chosen, onChoose } = props;
  const households = useHouseholds(village, scope);
  const [sought, setSought] = useState('');
  const rows = (households.data?.items ?? []).filter(
    ({ headName, groupName }) => headName.includes(sought) || groupName.includes(sought),
  );
  return (
    <Card size="small" title={`选择农户（已选${chosen.length}户）`}>
      <ProblemAlert error={households.error} />
      <Input
        aria-label="按户主或小组查找"
        placeholder="按户主或小组查找"
        value={sought}
        onChange={(event) => setSought(event.target.value)}
        style={{ maxWidth: 260, marginBottom: 8 }}
      />
      <Table<HouseholdRow>
        size="small"
        rowKey="id"
        loading={households.isFetching}
        dataSource={rows}
        columns={COLUMNS}
        scroll={{ x: 'max-content' }}
        rowSelection={{
          selectedRowKeys: [...chosen],
          preserveSelectedRowKeys: true,
          onChange: (keys: Key[]) => onChoose(keys.map(String)),
          getCheckboxProps: ({ headName }) => ({ 'aria-label': headName }),
          getTitleCheckboxProps: () => ({ 'aria-label': '全选' }),
        }}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      />
    </Card>
  );
}
