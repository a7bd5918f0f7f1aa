import { Button, Flex, Grid, Table, Tag, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import { type CaseState, isActive } from '../../../domain/kernel/state.ts';
import { unitWord } from '../../../domain/plan/unit-word.ts';
import { progressWords, STATUS_WORDS } from './case-words.ts';
import { currentStep, type RosterDetail } from './roster.ts';

const STATUS_COLOURS: Readonly<Record<CaseState['status'], string>> = {
  'on-list': 'processing',
  blocked: 'warning',
  refused: 'error',
  withdrawn: 'default',
  diverted: 'default',
  'split-off': 'default',
  closed: 'success',
};

/** What may still be done with the form of a case. */
function formWords(item: CaseState, formHash: string | null | undefined): string {
  if (!isActive(item)) return '查看';
  return formHash === null ? '填写' : '已存，修改';
}

/** 表 of a case as its link is called; null where it has none: a county is applied for, not filled in. */
function formName({ plan }: RosterDetail): string | null {
  if (plan.subject === 'county') return null;
  return plan.subject === undefined ? '采集表' : '申报表';
}

const SUBJECT_TITLES = { household: '户主', village: '村', county: '县' } as const;
const MEMBER_TITLES = { household: '人口', village: '系统中人口' } as const;

function columnsFor(detail: RosterDetail) {
  const step = currentStep(detail);
  const subjects = new Map(detail.subjects.map((subject) => [subject.caseId, subject]));
  const subject = detail.plan.subject ?? 'household';
  const form = formName(detail);
  return [
    {
      title: SUBJECT_TITLES[subject],
      key: 'head',
      render: (item: CaseState) => subjects.get(item.id)?.headName,
    },
    ...(subject !== 'household'
      ? []
      : [
          {
            title: '村民小组',
            key: 'group',
            render: (item: CaseState) => subjects.get(item.id)?.groupName,
          },
        ]),
    ...(subject === 'county'
      ? []
      : [
          {
            title: MEMBER_TITLES[subject],
            key: 'members',
            render: (item: CaseState) => subjects.get(item.id)?.memberCount,
          },
        ]),
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
    ...(form === null
      ? []
      : [
          {
            title: form,
            key: 'form',
            render: (item: CaseState) => (
              <Link to={`/rosters/${detail.id}/cases/${item.id}/form`}>
                {formWords(item, subjects.get(item.id)?.formHash)}
              </Link>
            ),
          },
        ]),
  ];
}

function CaseCard({ detail, item }: { readonly detail: RosterDetail; readonly item: CaseState }) {
  const subject = detail.subjects.find(({ caseId }) => caseId === item.id);
  const progress = progressWords(item, currentStep(detail));
  const form = formName(detail);
  return (
    <Flex vertical gap={2} className="value-line">
      <Flex wrap gap={8} align="center">
        <strong>{subject?.headName}</strong>
        <Tag color={STATUS_COLOURS[item.status]}>{STATUS_WORDS[item.status]}</Tag>
        {form !== null && (
          <Link to={`/rosters/${detail.id}/cases/${item.id}/form`}>
            {form}：{formWords(item, subject?.formHash)}
          </Link>
        )}
      </Flex>
      {detail.plan.subject === undefined && (
        <span>
          {subject?.groupName}，{subject?.memberCount}人
        </span>
      )}
      {progress !== '' && <span>{progress}</span>}
      {item.blocks.map(({ words }) => (
        <Typography.Text key={words} type="warning">
          卡在：{words}
        </Typography.Text>
      ))}
    </Flex>
  );
}

/** The same on a phone, where a table would hide behind its edge what holds a household. */
function CaseCards({ detail }: { readonly detail: RosterDetail }): ReactElement {
  const [shown, setShown] = useState(CARDS);
  const { cases } = detail.state;
  return (
    <Flex vertical gap={14}>
      {cases.slice(0, shown).map((item) => (
        <CaseCard key={item.id} detail={detail} item={item} />
      ))}
      {shown < cases.length && (
        <Button onClick={() => setShown(shown + CARDS)}>
          再看{CARDS}
          {unitWord(detail.plan)}
        </Button>
      )}
    </Flex>
  );
}

const CARDS = 30;

/** 办件: every household, village or county of the list, how it stands and what holds it. */
export function CaseTable({ detail }: { readonly detail: RosterDetail }): ReactElement {
  if (Grid.useBreakpoint().md !== true) return <CaseCards detail={detail} />;
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
