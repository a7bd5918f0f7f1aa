import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Descriptions, Flex, Segmented, Spin, Tag, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { instantWords } from '../clock/instant-words.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { useSession } from '../session/session.ts';
import { RollComparisonCard } from './roll-comparison-card.tsx';

type Disagreement = Answers['GET /disagreements']['items'][number];

function useDisagreements(ended: boolean) {
  return useQuery({
    queryKey: ['disagreements', ended],
    queryFn: () => read<Answers['GET /disagreements']>(`/disagreements?ended=${ended}`),
    // The reconciler looks by itself; nobody is told by an event.
    refetchInterval: 30_000,
  });
}

/** Whole minutes, hours or days, whichever a person would say. */
function lastedWords(from: string, to: string): string {
  const minutes = Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
  if (minutes < 60) return `${minutes}分钟`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours}小时` : `${Math.round(hours / 24)}天`;
}

function DisagreementCard({ item }: { readonly item: Disagreement }): ReactElement {
  const { rosterId, since, seenAt, endedAt } = item;
  const lasted = lastedWords(since, endedAt ?? seenAt);
  const facts = [
    { key: 'todo', label: '怎么办', children: item.todo },
    { key: 'place', label: '哪里', children: item.countyName ?? '整个系统' },
    ...(rosterId === null
      ? []
      : [
          {
            key: 'list',
            label: '名单',
            children: <Link to={`/rosters/${rosterId}`}>查看这份名单</Link>,
          },
        ]),
    // A run is nowhere else on these pages: its number is what the administrator looks for.
    ...(item.kind === 'run-orphan'
      ? [{ key: 'run', label: '流程编号', children: item.subject }]
      : []),
    { key: 'since', label: '发现于', children: `${instantWords(since)}，已有${lasted}` },
    {
      key: 'repairs',
      label: '系统处理',
      children: item.repairs === 0 ? '还没有自动处理' : `自动处理过${item.repairs}次`,
    },
  ];
  return (
    <Card
      size="small"
      title={<span style={{ whiteSpace: 'normal' }}>{item.words}</span>}
      extra={endedAt === null ? <Tag color="error">还在</Tag> : <Tag color="success">已消除</Tag>}
    >
      <Descriptions size="small" column={1} items={facts} />
    </Card>
  );
}

/** 对账: where record, workflows and registry do not agree, and what to do about it. */
export function DisagreementPage(): ReactElement {
  const [ended, setEnded] = useState(false);
  const found = useDisagreements(ended);
  const items = found.data?.items ?? [];
  const isOffice = useSession().data?.duties.some(({ duty }) => duty === 'office') ?? false;
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3} style={{ margin: 0 }}>
        对账
      </Typography.Title>
      <Typography.Paragraph type="secondary" style={{ margin: 0 }}>
        系统自己定时核对三处：办理记录、流程服务、登记系统。不一致的列在这里，能自动补办的会自动补办。
      </Typography.Paragraph>
      <Segmented
        aria-label="看哪些"
        style={{ alignSelf: 'flex-start' }}
        value={ended}
        onChange={setEnded}
        options={[
          { value: false, label: '还在的' },
          { value: true, label: '已消除的' },
        ]}
      />
      <ProblemAlert error={found.error} />
      {found.isPending && <Spin />}
      {found.isSuccess && items.length === 0 && (
        <Alert
          type="success"
          showIcon
          title={ended ? '还没有消除过的不一致' : '三处一致，没有要处理的'}
        />
      )}
      {items.map((item) => (
        <DisagreementCard key={item.id} item={item} />
      ))}
      {isOffice && <RollComparisonCard />}
    </Flex>
  );
}
