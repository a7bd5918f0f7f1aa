import { Alert } from 'antd';
import type { ReactElement } from 'react';
import type { Problem } from '../../api-client.ts';
import { RefusalList } from './refusal-list.tsx';

/** 不予受理 of an act with every rule that refused it, or in the words of the server where none did. */
export function RefusedAlert({
  problem,
  type,
}: {
  readonly problem: Problem;
  readonly type: 'warning' | 'error';
}): ReactElement {
  const { title, detail, refusals } = problem;
  const description = refusals.length === 0 ? detail : <RefusalList refusals={refusals} />;
  return <Alert type={type} showIcon title={title} description={description} />;
}
