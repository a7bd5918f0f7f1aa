import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Flex, Spin, Typography } from 'antd';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { read } from '../../api-client.ts';
import { DueWords } from '../clock/late-words.tsx';
import { ProblemAlert } from '../refusal/problem-alert.tsx';

/** 待办 — something that waits for a duty which the user holds. */
export interface InboxItem {
  readonly rosterId: string;
  readonly words: string;
  readonly title: string;
  readonly unitName: string;
  readonly stepName: string;
  readonly caseCount: number;
  readonly dueAt: string | null;
  readonly lateMs: number;
}

function useInbox() {
  return useQuery({
    queryKey: ['inbox'],
    queryFn: () => read<{ readonly items: readonly InboxItem[] }>('/inbox'),
    refetchInterval: 15_000,
  });
}

/** 我的待办: what, whose list, which step, due when, how late. */
export function InboxPage(): ReactElement {
  const inbox = useInbox();
  const items = inbox.data?.items ?? [];
  return (
    <>
      <Typography.Title level={3}>我的待办</Typography.Title>
      <ProblemAlert error={inbox.error} />
      {inbox.isPending && <Spin />}
      {inbox.isSuccess && items.length === 0 && <Empty description="现在没有等您办的事" />}
      <Flex vertical gap={8}>
        {items.map((item) => (
          <Card key={`${item.rosterId}${item.words}`} size="small">
            <Flex wrap gap="4px 16px" justify="space-between">
              <Link to={`/rosters/${item.rosterId}`}>
                <strong>{item.words}</strong> · {item.unitName} {item.title}
              </Link>
              <Typography.Text type="secondary">
                {item.stepName} · {item.caseCount}户 ·{' '}
                <DueWords dueAt={item.dueAt} lateMs={item.lateMs} />
              </Typography.Text>
            </Flex>
          </Card>
        ))}
      </Flex>
    </>
  );
}
