import { Alert } from 'antd';
import type { ReactElement } from 'react';
import { ProblemError } from '../../api-client.ts';

/** Why something could not be read or saved, in the words of the server. */
export function ProblemAlert({ error }: { readonly error: unknown }): ReactElement | null {
  if (error === null || error === undefined) return null;
  if (!(error instanceof ProblemError)) throw error;
  return (
    <Alert type="error" showIcon title={error.problem.title} description={error.problem.detail} />
  );
}
