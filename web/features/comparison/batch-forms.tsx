import { Alert, Button, Flex } from 'antd';
import { type ReactElement, useState } from 'react';
import { AnswerAlert } from '../command/answer-alert.tsx';
import type { ActionContext } from '../command/command-form.tsx';
import { useSubmission } from '../command/submission.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { caseName } from '../roster/roster.ts';
import { useSession } from '../session/session.ts';
import { AnswerForm } from './answer-form.tsx';
import { departmentsOf, useComparisonBatches } from './comparison-batch.ts';

const COUNTY_DIGITS = 6;

/** 发出比对: one batch over all households of the county that wait. */
export function RequestComparisonForm({ detail, onDone }: ActionContext): ReactElement {
  const submission = useSubmission('/comparison-batches');
  const request = async (): Promise<void> => {
    const answer = await submission.send({
      countyCode: detail.state.unitCode.slice(0, COUNTY_DIGITS),
      procedure: detail.plan.procedure,
      title: `${detail.plan.year}年数据比对`,
    });
    if (answer.kind === 'applied') onDone();
  };
  return (
    <Flex vertical gap={12}>
      <p>将全县待比对的户一并送交：{departmentsOf(detail).join('、')}。</p>
      <AnswerAlert answer={submission.answer} nameOf={(caseId) => caseName(detail, caseId)} />
      <Button type="primary" loading={submission.sending} onClick={() => void request()}>
        发出比对
      </Button>
    </Flex>
  );
}

/** 反馈比对结果: the batch is answered as a whole, for the lists of all villages at once. */
export function ReceiveComparisonForm({ detail }: ActionContext): ReactElement {
  const batches = useComparisonBatches();
  const session = useSession().data;
  const own = session?.duties.flatMap(({ department }) => department ?? []) ?? [];
  const { procedure } = detail.plan;
  const batch = batches.data?.items.find(
    (item) =>
      item.procedure === procedure &&
      item.waitingFor.some((department) => own.includes(department)),
  );
  const mine = batch?.waitingFor.filter((department) => own.includes(department)) ?? [];
  const [isDone, setIsDone] = useState(false);
  return (
    <Flex vertical gap={12}>
      <ProblemAlert error={batches.error} />
      {isDone && <Alert type="success" showIcon title="已反馈" />}
      {batches.isSuccess && batch === undefined && !isDone && (
        <Alert type="info" showIcon title="没有等待您反馈的比对批次" />
      )}
      {batch !== undefined && (
        <>
          <p>
            {batch.title}：{batch.cases}户{batch.persons}人，还等{batch.waitingFor.join('、')}反馈。
          </p>
          <AnswerForm batch={batch} departments={mine} onDone={() => setIsDone(true)} />
        </>
      )}
    </Flex>
  );
}
