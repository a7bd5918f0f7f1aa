import { Button, Card, Empty, Flex, Select, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import type { ProcedureId } from '../../../domain/plan/plan.ts';
import { instantWords } from '../clock/instant-words.ts';
import { DueWords } from '../clock/late-words.tsx';
import { organisationOptions, useOrganisations } from '../organisation/organisation.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { PROCEDURE_WORDS } from '../roster/household.ts';
import { useHoldsAny } from '../session/session.ts';
import { RowTable } from '../table/row-table.tsx';
import { OpenOrDone } from '../task/open-or-done.tsx';
import {
  type Coverage,
  PAGE_SIZE,
  type Screening,
  useCoverage,
  useScreeningRules,
  useScreenings,
} from './screening.ts';
import { SheetDialog } from './sheet-dialog.tsx';

const COLUMNS = [
  { title: '村', dataIndex: 'villageName' },
  { title: '户主', dataIndex: 'headName' },
  { title: '结论', dataIndex: 'findingWords' },
  { title: '风险问题', dataIndex: 'risk' },
  { title: '拟采取的措施', dataIndex: 'measures' },
  { title: '排查人', key: 'who', render: (row: Screening) => row.screeners.join('、') },
  { title: '排查时间', dataIndex: 'screenedOn' },
  {
    title: '须立案',
    key: 'follow',
    render: ({ followUp }: Screening) =>
      followUp === null ? '—' : PROCEDURE_WORDS[followUp as ProcedureId],
  },
  {
    title: '应于何时前立案',
    key: 'due',
    render: ({ followUp, rosterId, dueAt, lateMs }: Screening) =>
      followUp === null || rosterId !== null ? '—' : <DueWords dueAt={dueAt} lateMs={lateMs} />,
  },
  {
    title: '办理',
    key: 'roster',
    render: ({ followUp, rosterId, alarmedAt }: Screening) => {
      if (rosterId !== null) return <Link to={`/rosters/${rosterId}`}>名单</Link>;
      if (followUp === null) return '不需立案';
      const alarm = alarmedAt === null ? '' : `（${instantWords(alarmedAt)}已报警）`;
      return <Link to="/launch">发起名单{alarm}</Link>;
    },
  },
];

const COVERAGE_COLUMNS = [
  { title: '村', dataIndex: 'villageName' },
  { title: '应排查（脱贫户、监测户）', dataIndex: 'shall' },
  { title: '已排查', dataIndex: 'done' },
  {
    title: '应于何时前完成',
    key: 'due',
    render: ({ dueAt, lateMs }: Coverage) => <DueWords dueAt={dueAt} lateMs={lateMs} />,
  },
];

/** 集中排查: who has been visited, and what was found and is no case yet (应纳未纳). */
export function ScreeningPage(): ReactElement {
  const [open, setOpen] = useState(true);
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState('');
  const [isFilling, setFilling] = useState(false);
  const organisations = useOrganisations();
  const villages = organisationOptions(organisations.data?.items ?? [], 'village');
  const village = chosen || (villages[0]?.value ?? '');
  const [rules] = useScreeningRules(village).data?.items ?? [];
  const coverage = useCoverage(rules?.packId);
  const screenings = useScreenings(open, page);
  const fills = useHoldsAny({ duties: ['clerk'], levels: ['village'] });
  return (
    <>
      <Typography.Title level={3}>集中排查</Typography.Title>
      <Typography.Paragraph type="secondary">
        逐户排查，一户一表。发现的问题都要立案，严禁应纳未纳、体外循环；期限内没有立案的，报上级倒查。
      </Typography.Paragraph>
      <ProblemAlert error={screenings.error ?? organisations.error} />
      <Flex gap={12} wrap style={{ marginBottom: 12 }}>
        <Select
          aria-label="村"
          showSearch={{ optionFilterProp: 'label' }}
          style={{ minWidth: 200 }}
          value={village || null}
          onChange={setChosen}
          options={villages}
        />
        {fills && rules !== undefined && (
          <Button type="primary" onClick={() => setFilling(true)}>
            登记一户排查
          </Button>
        )}
      </Flex>
      {rules === undefined ? (
        <Empty description="这个村的规则没有集中排查" />
      ) : (
        <Card size="small" title={rules.title} style={{ marginBottom: 12 }}>
          <RowTable<Coverage>
            rows={coverage.data?.items ?? []}
            columns={COVERAGE_COLUMNS}
            rowKey={({ villageCode }) => villageCode}
            loading={coverage.isPending}
            emptyText="没有应排查的户"
          />
        </Card>
      )}
      <OpenOrDone
        label="未立案或其他"
        words={['应立案未立案', '已立案或不需立案']}
        open={open}
        onChange={(next) => {
          setOpen(next);
          setPage(1);
        }}
      />
      <RowTable<Screening>
        rows={screenings.data?.items ?? []}
        columns={COLUMNS}
        rowKey={({ id }) => id}
        loading={screenings.isPending}
        emptyText="没有排查记录"
        pages={{
          current: page,
          pageSize: PAGE_SIZE,
          total: screenings.data?.total ?? 0,
          onChange: setPage,
        }}
      />
      {isFilling && rules !== undefined && (
        <SheetDialog village={village} rules={rules} onClose={() => setFilling(false)} />
      )}
    </>
  );
}
