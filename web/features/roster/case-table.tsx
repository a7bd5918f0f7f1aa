import { Table, Tag, Typography } from 'antd';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { CaseState } from '../../../domain/kernel/state.ts';
import { progressWords, STATUS_WORDS } from './case-words.ts';
import { currentStep, type RosterDetail } from './roster.ts';

const STATUS_COLOURS: Readonly<Record<CaseState['status'], string>> = {
  'on-list': 'processing',
  blocked: 'warning',
  refused: 'error',
  withdrawn: 'default',
  'split-off': 'default',
  closed: 'success',
};

function columnsFor(detail: RosterDetail) {
  const step = currentStep(detail);
  const subjects = new Map(detail.subjects.map((subject) => [subject.caseId, subject]));
  return [
    { title: '户主', key: 'head', render: (item: CaseState) => subjects.get(item.id)?.headName },
    {
      title: '村民小组',
      key: 'group',
      render: (item: CaseState) => subjects.get(item.id)?.groupName,
    },
    {
      title: '人口',
      key: 'members',
      render: (item: CaseState) => subjects.get(item.id)?.memberCount,
    },
    {
      title: '状态',
      key: 'status',
      render: (item: CaseState) => (
        <Tag color={STATUS_COLOURS[item.status]}>{STATUS_WORDS[item.status]}</Tag>
      ),
    },
    { title: '进展', key: 'progress', render: (item: CaseState) => progressWords(item, step) },
    {
      title: '卡在哪里',
      key: 'blocks',
      render: (item: CaseState) => (
        <Typography.Text type="warning">
          {item.blocks.map(({ words }) => words).join('；')}
        </Typography.Text>
      ),
    },
    {
      title: '采集表',
      key: 'form',
      render: (item: CaseState) => (
        <Link to={`/rosters/${detail.id}/cases/${item.id}/form`}>
          {subjects.get(item.id)?.formHash === null ? '填写' : '已存，修改'}
        </Link>
      ),
    },
  ];
}

/** 办件: every household of the list, how it stands and what holds it. */
export function CaseTable({ detail }: { readonly detail: RosterDetail }): ReactElement {
  return (
    <Table<CaseState>
      size="small"
      rowKey="id"
      dataSource={[...detail.state.cases]}
      columns={columnsFor(detail)}
      scroll={{ x: 'max-content' }}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
    />
  );
}
