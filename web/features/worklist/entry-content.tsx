import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Descriptions, Spin, Table } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import { ELIMINATION_WAY_WORDS } from '../../../domain/facts/elimination.ts';
import { MONITORING_CLASS_WORDS } from '../../../domain/facts/monitoring.ts';
import { PERSON_CHANGE_WORDS } from '../../../domain/facts/person-change.ts';
import { perCapitaFenText } from '../../../domain/household/net-income.ts';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { RevealButton } from '../household/reveal-button.tsx';
import { ProblemAlert } from '../refusal/problem-alert.tsx';

type Write = Answers['GET /worklist/:entryId']['write'];
type Household = Extract<Write, { readonly functionKey: 'enrol-household' }>['household'];
type Member = Household['members'][number];

const ATTRIBUTE_WORDS = { ordinary: '一般农户', dibao: '低保户', destitute: '特困供养户' } as const;

const SECURITY_WORDS = {
  food: '不愁吃',
  clothing: '不愁穿',
  water: '饮水安全',
  education: '义务教育',
  medical: '基本医疗',
  housing: '住房安全',
} as const;

function yuan(fen: number): string {
  return perCapitaFenText(fen, 1);
}

function securityWords(security: Household['security']): string {
  return Object.entries(SECURITY_WORDS)
    .map(([key, words]) => {
      const solved = security[key as keyof typeof SECURITY_WORDS];
      return `${words}${solved === null ? '未填' : solved ? '已解决' : '未解决'}`;
    })
    .join('，');
}

const MEMBER_COLUMNS = [
  { title: '姓名', dataIndex: 'name' },
  { title: '证件号码', dataIndex: 'idNumber' },
  { title: '与户主关系', dataIndex: 'relation' },
];

function NewHousehold({
  household,
  year,
  children,
}: {
  readonly household: Household;
  readonly year: number;
  readonly children?: ReactNode;
}) {
  const { income } = household;
  const facts: (readonly [string, string])[] = [
    ['年度', `${year}年`],
    ['村代码', household.villageCode],
    ['村民小组', household.groupName ?? '—'],
    ['自然村', household.naturalVillage ?? '—'],
    ['联系电话', household.phone ?? '—'],
    ['户属性', ATTRIBUTE_WORDS[household.attribute]],
    ['主要致贫原因', household.cause ?? '—'],
    ['两不愁三保障', securityWords(household.security)],
    ['住房等级', household.housingGrade === null ? '—' : `${household.housingGrade}级`],
    ['工资性收入', yuan(income.wage)],
    ['生产经营性收入', yuan(income.business)],
    ['生产经营性支出', yuan(income.businessCost)],
    ['财产性收入', yuan(income.property)],
  ];
  return (
    <>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={facts.map(([label, children]) => ({ key: label, label, children }))}
      />
      {children}
      <Table<Member>
        size="small"
        rowKey={({ name, relation }) => `${name} ${relation}`}
        dataSource={[...household.members]}
        columns={MEMBER_COLUMNS}
        pagination={false}
        scroll={{ x: 'max-content' }}
      />
    </>
  );
}

type PersonWrite = Extract<Write, { readonly changes: unknown }>;

type LabelWrite = Exclude<
  Exclude<Write, PersonWrite>,
  { functionKey: 'enrol-household' | 'mark-monitored' }
>;

const CHANGE_COLUMNS = [
  {
    title: '变更',
    dataIndex: 'kind',
    render: (kind: PersonWrite['changes'][number]['kind']) => PERSON_CHANGE_WORDS[kind],
  },
  { title: '原因', dataIndex: 'reason' },
  { title: '变更时间', dataIndex: 'on' },
  { title: '人口编号', dataIndex: 'personNo' },
  ...MEMBER_COLUMNS,
];

/** 人员变更 of one household: every person, and who is head afterwards. */
function PersonChanges({
  write,
  children,
}: {
  readonly write: PersonWrite;
  readonly children: ReactNode;
}): ReactElement {
  const facts = [
    { key: 'no', label: '户编号', children: write.householdNo },
    { key: 'head', label: '变更后的户主', children: write.newHead?.name ?? '不变' },
  ];
  return (
    <>
      <Descriptions size="small" column={1} items={facts} />
      {children}
      <Table<PersonWrite['changes'][number]>
        size="small"
        rowKey={({ name, kind }) => `${kind} ${name}`}
        dataSource={[...write.changes]}
        columns={CHANGE_COLUMNS}
        pagination={false}
        scroll={{ x: 'max-content' }}
      />
    </>
  );
}

/** What a label on a household or village says. */
function markWords(write: LabelWrite): string {
  switch (write.functionKey) {
    case 'mark-exit':
      return `${write.year}年脱贫`;
    case 'mark-village-exit':
      return `出列，出列年度${write.year}年`;
    case 'mark-return':
      return `${write.year}年返贫，返贫原因：${write.cause}`;
    case 'clear-household':
      return `清退，原因：${write.cause}`;
    case 'rollback-prior-years':
      return `往年综合回退，原因：${write.cause}`;
    case 'rollback-stable-exit':
      return `稳定脱贫回退，原因：${write.cause}`;
    case 'mark-elimination':
      return `${write.since}认定的监测：${write.eliminatedOn}${ELIMINATION_WAY_WORDS[write.way]}`;
    case 'rollback-elimination':
      return `${write.since}认定的监测：${write.eliminatedOn}的风险消除于${write.on}回退，原因：${write.cause}`;
    case 'clear-monitored':
      return `${write.since}认定的监测：${write.on}清退，原因：${write.cause}`;
  }
}

/** 录入内容: what is typed into the national system. Reading it is logged. */
export function EntryContent({ entryId }: { readonly entryId: string }): ReactElement {
  const [shown, setShown] = useState<'masked' | 'full'>('masked');
  const content = useQuery({
    queryKey: ['worklist-entry', entryId, shown],
    queryFn: () =>
      read<Answers['GET /worklist/:entryId']>(`/worklist/${entryId}?idNumbers=${shown}`),
    refetchOnWindowFocus: false,
    placeholderData: keepPreviousData,
  });
  if (content.isPending) return <Spin />;
  if (content.isError) return <ProblemAlert error={content.error} />;
  const { write } = content.data;
  if (write.functionKey === 'enrol-household') {
    return (
      <NewHousehold household={write.household} year={write.year}>
        {shown === 'masked' && <RevealButton onReveal={() => setShown('full')} />}
      </NewHousehold>
    );
  }
  if (write.functionKey === 'mark-monitored') {
    const { subject, year } = write;
    const facts = [
      ...(typeof subject === 'string' ? [{ key: 'no', label: '户编号', children: subject }] : []),
      { key: 'class', label: '监测对象类别', children: MONITORING_CLASS_WORDS[write.class] },
      { key: 'since', label: '认定时间', children: write.since },
      { key: 'risks', label: '返贫（致贫）风险', children: write.risks.join('、') },
    ];
    return (
      <>
        <Descriptions size="small" column={1} items={facts} />
        {typeof subject !== 'string' && (
          <NewHousehold household={subject} year={year}>
            {shown === 'masked' && <RevealButton onReveal={() => setShown('full')} />}
          </NewHousehold>
        )}
      </>
    );
  }
  if ('changes' in write) {
    return (
      <PersonChanges write={write}>
        {shown === 'masked' && <RevealButton onReveal={() => setShown('full')} />}
      </PersonChanges>
    );
  }
  return <MarkContent write={write} />;
}

/** 标注 on what the system holds already: its number there, and the words of the mark. */
function MarkContent({ write }: { readonly write: LabelWrite }): ReactElement {
  const isVillage = write.functionKey === 'mark-village-exit';
  const items = [
    isVillage
      ? { key: 'no', label: '行政村代码', children: write.villageCode }
      : { key: 'no', label: '户编号', children: write.householdNo },
    { key: 'mark', label: '标注', children: markWords(write) },
  ];
  return <Descriptions size="small" column={1} items={items} />;
}
