import { Button, Flex, Tag, Typography } from 'antd';
import type { ReactElement } from 'react';
import type { CaseState } from '../../../domain/kernel/state.ts';
import { unitWord } from '../../../domain/plan/unit-word.ts';
import { AnswerAlert } from '../command/answer-alert.tsx';
import type { ActionContext } from '../command/command-form.tsx';
import { useSubmission } from '../command/submission.ts';
import { caseName, type RosterDetail } from '../roster/roster.ts';

function CaseEntry({ detail, item }: { detail: RosterDetail; item: CaseState }): ReactElement {
  const entering = useSubmission(`/cases/${item.id}/registration/enter`);
  const confirming = useSubmission(`/cases/${item.id}/registration/confirm`);
  const stamp = detail.registrations.findLast(({ caseId }) => caseId === item.id);
  const waiting = stamp !== undefined && stamp.carriedAt === null;
  const name = caseName(detail, item.id);
  return (
    <Flex vertical gap={6}>
      <Flex gap={8} wrap align="center">
        <strong style={{ minWidth: 72 }}>{name}</strong>
        <Button
          size="small"
          aria-label={`${name}录入`}
          disabled={item.done || waiting || item.status === 'closed'}
          loading={entering.sending}
          onClick={() => void entering.send({})}
        >
          录入
        </Button>
        <Button
          size="small"
          type="primary"
          aria-label={`${name}复核`}
          disabled={item.done || !waiting || item.status === 'closed'}
          loading={confirming.sending}
          onClick={() => void confirming.send({})}
        >
          复核
        </Button>
        {waiting && <Tag>{stamp.operatorName}已录入，等待复核</Tag>}
        {item.registration?.state === 'sent' && <Tag>已送登记系统</Tag>}
        {item.registration?.state === 'accepted' && (
          <Tag color="success">登记号{item.registration.registryNo}</Tag>
        )}
      </Flex>
      <AnswerAlert answer={confirming.answer ?? entering.answer} />
    </Flex>
  );
}

/** 录入与复核: one household or village at a time, entered by one person and confirmed by another. */
export function RegistrationForm({ detail }: ActionContext): ReactElement {
  // A household that is registered stays in sight with its number.
  const items = detail.state.cases.filter(
    ({ status, registration }) =>
      status === 'on-list' || status === 'blocked' || registration?.state === 'accepted',
  );
  return (
    <Flex vertical gap={14}>
      <Typography.Text>
        逐{unitWord(detail.plan)}办理：录入人先录入，复核人再复核，两人不能相同。
      </Typography.Text>
      {items.map((item) => (
        <CaseEntry key={item.id} detail={detail} item={item} />
      ))}
    </Flex>
  );
}
