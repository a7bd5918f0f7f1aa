import { Alert } from 'antd';
import type { ReactElement } from 'react';
import type { CommandAnswer } from '../../api-client.ts';
import { RefusalList } from '../refusal/refusal-list.tsx';

interface AnswerAlertProps {
  readonly answer: CommandAnswer | null;
  readonly nameOf?: (caseId: string) => string;
}

/** 处理结果 under a form: done, received but not yet in force, or why not. */
export function AnswerAlert({ answer, nameOf }: AnswerAlertProps): ReactElement | null {
  if (answer === null) return null;
  if (answer.kind === 'pending') {
    return <Alert type="info" showIcon title="已收到，尚未生效" description={answer.words} />;
  }
  if (answer.kind === 'applied') {
    const words = answer.warnings.map((warning) => warning.words).join('；');
    return <Alert type="success" showIcon title="已办理" description={words || undefined} />;
  }
  const { title, detail, refusals } = answer.problem;
  const reasons =
    refusals.length === 0 ? (
      detail
    ) : (
      <RefusalList refusals={refusals} {...(nameOf && { nameOf })} />
    );
  return <Alert type="error" showIcon title={title} description={reasons} />;
}
