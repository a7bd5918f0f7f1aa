import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, Form, Input, Select, Table, Typography } from 'antd';
import { type Key, type ReactElement, useState } from 'react';
import { useNavigate } from 'react-router';
import {
  MONITORING_CLASS_WORDS,
  MONITORING_STANDING_WORDS,
} from '../../../domain/facts/monitoring.ts';
import type { ProcedureId } from '../../../domain/plan/plan.ts';
import { type Problem, ProblemError, read, writeOnce } from '../../api-client.ts';
import { organisationOptions, useOrganisations } from '../organisation/organisation.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { RefusedAlert } from '../refusal/refused-alert.tsx';
import {
  type HouseholdRow,
  type HouseholdScope,
  type PackChoice,
  PROCEDURE_OPTIONS,
  REGISTRY_STATUS_WORDS,
  scopeOptions,
  scopeQuery,
} from './household.ts';

/** 办理对象 of this page; a township's list of villages is opened on a page of its own. */
type HouseholdProcedure = Exclude<ProcedureId, 'village-exit'>;

const USUAL_SCOPE: Readonly<Record<HouseholdProcedure, HouseholdScope>> = {
  'household-exit': { status: 'poor' },
  identification: { status: 'unregistered' },
  'return-to-poverty': { status: 'exited' },
  'monitored-household': { status: 'exited' },
  'risk-elimination': { monitoring: 'standing' },
  'elimination-rollback': { monitoring: 'eliminated' },
  'monitoring-clearance': { monitoring: 'standing' },
};

const HOUSEHOLD_OPTIONS = PROCEDURE_OPTIONS.flatMap(({ value, label }) =>
  value === 'village-exit' ? [] : [{ value, label }],
);

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

function usePacks() {
  return useQuery({
    queryKey: ['packs'],
    queryFn: () => read<{ readonly items: readonly PackChoice[] }>('/packs'),
    staleTime: 300_000,
  });
}

interface HouseholdTableProps {
  readonly village: string;
  /** 户的现状 as a query. */
  readonly scope: string;
  readonly chosen: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
}

function HouseholdTable({ village, scope, chosen, onChoose }: HouseholdTableProps): ReactElement {
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

function useLaunch() {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [sending, setSending] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const launch = async (wish: unknown): Promise<void> => {
    setSending(true);
    setProblem(null);
    try {
      const { id } = await writeOnce<{ readonly id: string }>('/rosters', wish);
      await queries.invalidateQueries();
      await navigate(`/rosters/${id}`);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem);
    } finally {
      setSending(false);
    }
  };
  return { problem, sending, launch };
}

/** 发起名单: a village's households under a pack and a procedure. */
export function LaunchPage(): ReactElement {
  const organisations = useOrganisations();
  const packs = usePacks();
  const [procedure, setProcedure] = useState<HouseholdProcedure>('household-exit');
  const [scope, setScope] = useState(scopeQuery(USUAL_SCOPE['household-exit']));
  const [packId, setPackId] = useState<string | null>(null);
  const [village, setVillage] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { problem, sending, launch } = useLaunch();
  const villages = organisationOptions(organisations.data?.items ?? [], 'village');
  const fitting = (packs.data?.items ?? []).filter(
    (pack) =>
      pack.procedures.includes(procedure) && (village === '' || village.startsWith(pack.areaCode)),
  );
  const unit = village || (villages.length === 1 ? (villages[0]?.value ?? '') : '');
  const pack = packId ?? fitting[0]?.id ?? null;
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3}>发起名单</Typography.Title>
      <ProblemAlert error={organisations.error ?? packs.error} />
      <Form layout="vertical">
        <Form.Item label="程序" htmlFor="procedure">
          <Select<HouseholdProcedure>
            id="procedure"
            value={procedure}
            onChange={(next) => {
              setProcedure(next);
              setScope(scopeQuery(USUAL_SCOPE[next]));
              setChosen([]);
            }}
            options={HOUSEHOLD_OPTIONS}
          />
        </Form.Item>
        <Form.Item label="村" htmlFor="village">
          <Select
            id="village"
            showSearch={{ optionFilterProp: 'label' }}
            value={unit || null}
            onChange={(next) => {
              setVillage(next);
              setChosen([]);
            }}
            options={villages}
          />
        </Form.Item>
        <Form.Item label="适用规则" htmlFor="pack">
          <Select
            id="pack"
            value={pack}
            onChange={setPackId}
            options={fitting.map(({ id, title }) => ({ value: id, label: title }))}
          />
        </Form.Item>
        <Form.Item label="户的现状" htmlFor="status">
          <Select
            id="status"
            value={scope}
            onChange={setScope}
            options={scopeOptions(USUAL_SCOPE[procedure])}
          />
        </Form.Item>
      </Form>
      <HouseholdTable village={unit} scope={scope} chosen={chosen} onChoose={setChosen} />
      {problem !== null && <RefusedAlert problem={problem} type="error" />}
      <Button
        type="primary"
        loading={sending}
        disabled={pack === null || chosen.length === 0}
        onClick={() =>
          void launch({ procedure, packId: pack, unitCode: unit, householdIds: chosen })
        }
      >
        发起（{chosen.length}户）
      </Button>
    </Flex>
  );
}
