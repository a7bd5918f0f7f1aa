import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions, Flex, Spin, Tag, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { Link, useParams } from 'react-router';
import { ProblemError, read, write } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { instantWords } from '../clock/instant-words.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { RefusalList } from '../refusal/refusal-list.tsx';
import { ACT_WORDS } from './act-list-page.tsx';

type Act = Answers['GET /acts/:actId'];
type Target = Act['targets'][number];

const COLOURS = { applied: 'success', refused: 'error', pending: 'processing' } as const;

function TargetCard({ target }: { readonly target: Target }): ReactElement {
  return (
    <Card size="small">
      <Flex wrap gap={8} align="center">
        <Tag color={COLOURS[target.state]}>{target.words}</Tag>
        <Link to={`/rosters/${target.rosterId}`}>{target.title}</Link>
        <Typography.Text type="secondary">{target.caseIds.length}件</Typography.Text>
      </Flex>
      {target.refusals.length > 0 && <RefusalList refusals={target.refusals} />}
    </Card>
  );
}

function useApply(actId: string) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const apply = async (): Promise<void> => {
    setSending(true);
    setProblem(null);
    try {
      await write('POST', `/acts/${actId}/apply`);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem.detail);
    } finally {
      setSending(false);
      await queries.invalidateQueries();
    }
  };
  return { problem, sending, apply };
}

/** 一件文书 with what became of it on each list; what is pending can be carried on. */
export function ActPage(): ReactElement {
  const { actId = '' } = useParams();
  const act = useQuery({
    queryKey: ['act', actId],
    queryFn: () => read<Act>(`/acts/${actId}`),
  });
  const { problem, sending, apply } = useApply(actId);
  if (act.isPending) return <Spin />;
  if (act.isError) return <ProblemAlert error={act.error} />;
  const { title, kind, documentNo, documentOn, opinion, signedAt, targets } = act.data;
  const isPending = targets.some(({ state }) => state === 'pending');
  const facts = [
    { key: 'kind', label: '种类', children: ACT_WORDS[kind] ?? '' },
    { key: 'no', label: '文号', children: documentNo ?? '—' },
    { key: 'on', label: '文件日期', children: documentOn ?? '—' },
    { key: 'at', label: '签发时间', children: instantWords(signedAt) },
    { key: 'opinion', label: '意见', children: opinion },
  ];
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3}>{title}</Typography.Title>
      <Card size="small">
        <Descriptions size="small" column={{ xs: 1, md: 2 }} items={facts} />
      </Card>
      {problem !== null && <Alert type="error" showIcon title={problem} />}
      {isPending && (
        <Button type="primary" loading={sending} onClick={() => void apply()}>
          继续办理其余名单
        </Button>
      )}
      {targets.map((target) => (
        <TargetCard key={target.rosterId} target={target} />
      ))}
    </Flex>
  );
}
