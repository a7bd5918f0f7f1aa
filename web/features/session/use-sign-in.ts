import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError, write } from '../../api-client.ts';

/** 登录: signs in, in place of whoever was; keeps the words of a refusal. */
export function useSignIn() {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const signIn = async (name: string, password: string): Promise<void> => {
    setSending(true);
    setProblem(null);
    try {
      await write('POST', '/session', { name, password });
      // Nothing that the one before could see stays on the screen.
      await queries.resetQueries();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem.detail);
    } finally {
      setSending(false);
    }
  };
  return { problem, sending, signIn };
}
