import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Segmented, Table, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import { read } from '../../api-client.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { EntryForm } from './entry-form.tsx';
import { FUNCTION_WORDS, type Worklist, type WorklistRow } from './worklist.ts';

const WAITS = [
  { value: 'operator', label: '待录入' },
  { value: 'reviewer', label: '待复核' },
];

function columnsFor(onOpen: (row: WorklistRow) => void) {
  return [
    { title: '村', dataIndex: 'unitName' },
    { title: '户主', dataIndex: 'headName' },
    { title: '村民小组', dataIndex: 'groupName' },
    {
      title: '在全国系统中办什么',
      key: 'function',
      render: (row: WorklistRow) => FUNCTION_WORDS[row.functionKey] ?? '',
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
          {row.headName}户
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

/** 录入工作单: what has to be entered in the national system by hand, and then checked there. */
export function WorklistPage(): ReactElement {
  const [waitsFor, setWaitsFor] = useState('operator');
  const [opened, setOpened] = useState<WorklistRow | null>(null);
  const worklist = useQuery({
    queryKey: ['worklist', waitsFor],
    queryFn: () => read<Worklist>(`/worklist?waitsFor=${waitsFor}`),
  });
  return (
    <>
      <Typography.Title level={3}>录入工作单</Typography.Title>
      <Typography.Paragraph type="secondary">
        在全国扶贫开发信息系统中逐户录入，记下系统给出的户编号；另一人到系统中查对后生效。
        名单上经录入、复核两人确认的户才会出现在这里；登记系统已联网的，不经过工作单。
      </Typography.Paragraph>
      <Segmented
        aria-label="待录入或待复核"
        style={{ marginBottom: 12 }}
        value={waitsFor}
        options={WAITS}
        onChange={setWaitsFor}
      />
      <ProblemAlert error={worklist.error} />
      <Table<WorklistRow>
        size="small"
        rowKey="entryId"
        loading={worklist.isPending}
        dataSource={[...(worklist.data?.items ?? [])]}
        columns={columnsFor(setOpened)}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '没有等待办理的户' }}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      />
      <Drawer
        title={opened === null ? '' : `${opened.unitName}${opened.headName}户`}
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
