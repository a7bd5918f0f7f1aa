import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Segmented, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import type { Duty } from '../../../domain/kernel/actor.ts';
import { FUNCTION_WORDS, isRegistryFunction } from '../../../domain/plan/registry-function.ts';
import { read } from '../../api-client.ts';
import { RollComparisonCard } from '../disagreement/roll-comparison-card.tsx';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { useSession } from '../session/session.ts';
import { RowTable } from '../table/row-table.tsx';
import { EntryForm } from './entry-form.tsx';
import { subjectWords, type Worklist, type WorklistRow } from './worklist.ts';

const WAITS = [
  { value: 'operator', label: '待录入' },
  { value: 'reviewer', label: '待复核' },
];

function columnsFor(onOpen: (row: WorklistRow) => void) {
  return [
    { title: '单位', dataIndex: 'unitName' },
    { title: '户主、村名', dataIndex: 'headName' },
    { title: '村民小组', dataIndex: 'groupName' },
    {
      title: '在全国系统中办什么',
      key: 'function',
      render: ({ functionKey }: WorklistRow) =>
        isRegistryFunction(functionKey) ? FUNCTION_WORDS[functionKey] : '',
    },
    {
      title: '退回原因',
      key: 'disputes',
      render: (row: WorklistRow) => <span className="late">{row.disputes.at(-1) ?? ''}</span>,
    },
    {
      title: '办理',
      key: 'act',
      render: (row: WorklistRow) => (
        <Button size="small" type="primary" onClick={() => onOpen(row)}>
          {row.waitsFor === 'operator' ? '录入' : '复核'}
          {subjectWords(row)}
        </Button>
      ),
    },
    {
      title: '名单',
      key: 'roster',
      render: (row: WorklistRow) => <Link to={`/rosters/${row.rosterId}`}>查看</Link>,
    },
  ];
}

/** Who enters and who checks. */
const REGISTRARS: readonly Duty[] = ['registry-operator', 'entry-reviewer'];

/** 录入工作单: what has to be entered in the national system by hand, and then checked there. */
export function WorklistPage(): ReactElement {
  const [waitsFor, setWaitsFor] = useState('operator');
  const [opened, setOpened] = useState<WorklistRow | null>(null);
  const isRegistrar =
    useSession().data?.duties.some(({ duty }) => REGISTRARS.includes(duty)) ?? false;
  const worklist = useQuery({
    queryKey: ['worklist', waitsFor],
    queryFn: () => read<Worklist>(`/worklist?waitsFor=${waitsFor}`),
  });
  return (
    <>
      <Typography.Title level={3}>录入工作单</Typography.Title>
      <Typography.Paragraph type="secondary">
        在全国扶贫开发信息系统中逐户（村）录入，记下系统给出的户编号（村为行政村代码）；另一人到系统中查对后生效。
        名单上经录入、复核两人确认的户（村）才会出现在这里；登记系统已联网的，不经过工作单。
      </Typography.Paragraph>
      <Segmented
        aria-label="待录入或待复核"
        style={{ marginBottom: 12 }}
        value={waitsFor}
        options={WAITS}
        onChange={setWaitsFor}
      />
      <ProblemAlert error={worklist.error} />
      <RowTable<WorklistRow>
        rows={worklist.data?.items ?? []}
        columns={columnsFor(setOpened)}
        rowKey={({ entryId }) => entryId}
        loading={worklist.isPending}
        emptyText="没有等待办理的户（村）"
      />
      {isRegistrar && <RollComparisonCard />}
      <Drawer
        title={opened === null ? '' : `${opened.unitName}${subjectWords(opened)}`}
        open={opened !== null}
        onClose={() => setOpened(null)}
        size="large"
        destroyOnHidden
        styles={{ wrapper: { maxWidth: '100vw' } }}
      >
        {opened !== null && <EntryForm row={opened} onDone={() => setOpened(null)} />}
      </Drawer>
    </>
  );
}
