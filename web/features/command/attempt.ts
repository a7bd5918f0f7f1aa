import { useState } from 'react';
import { type Problem, ProblemError } from '../../api-client.ts';

/** Runs what may be refused, one at a time: busy meanwhile, the refusal kept; a bug goes on to the page. */
export function useAttempt() {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem);
    } finally {
      setBusy(false);
    }
  };
  return { problem, busy, attempt };
}
