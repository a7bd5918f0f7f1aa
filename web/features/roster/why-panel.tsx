import { Button, Flex, Spin, Tag } from 'antd';
import type { ReactElement } from 'react';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { RefusalList } from '../refusal/refusal-list.tsx';
import { type ActionExplanation, caseName, type RosterDetail, useWhy } from './roster.ts';

interface WhyPanelProps {
  readonly detail: RosterDetail;
  readonly onAct: (action: ActionExplanation) => void;
}

/** 为什么不能推进: each action, and where it may not be done now, every reason. */
export function WhyPanel({ detail, onAct }: WhyPanelProps): ReactElement {
  const why = useWhy(detail.id);
  if (why.isPending) return <Spin />;
  if (why.isError) return <ProblemAlert error={why.error} />;
  const ordered = [...why.data.actions].sort((a, b) => Number(b.allowed) - Number(a.allowed));
  return (
    <Flex vertical gap={12}>
      {ordered.map((action) => (
        <div key={action.type}>
          <Flex wrap gap={8} align="center">
            <Button
              type={action.allowed ? 'primary' : 'default'}
              onClick={() => onAct(action)}
              data-action={action.type}
            >
              {action.words}
            </Button>
            {!action.allowed && <Tag color="warning">现在还不能办</Tag>}
            {action.needs.length > 0 && <span>需要：{action.needs.join('、')}</span>}
          </Flex>
          {!action.allowed && (
            <RefusalList refusals={action.refusals} nameOf={(caseId) => caseName(detail, caseId)} />
          )}
        </div>
      ))}
    </Flex>
  );
}
