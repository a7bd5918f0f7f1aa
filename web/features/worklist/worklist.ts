import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError, read, write } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { useHoldsAny } from '../session/session.ts';

/** 工作单 as the server answers it. */
export type Worklist = Answers['GET /worklist'];
export type WorklistRow = Worklist['items'][number];

/** 许建海户, 凉水村: what an entry is about. */
export function subjectWords({ headName, functionKey }: WorklistRow): string {
  return functionKey === 'mark-village-exit' ? headName : `${headName}户`;
}

/** What waits for somebody of the duty: entering, or checking what another entered. Asked for them alone. */
export function useWaitingEntries(duty: 'registry-operator' | 'entry-reviewer') {
  const waitsFor = duty === 'registry-operator' ? 'operator' : 'reviewer';
  return useQuery({
    queryKey: ['worklist', waitsFor],
    queryFn: () => read<Worklist>(`/worklist?waitsFor=${waitsFor}`),
    enabled: useHoldsAny({ duties: [duty] }),
  });
}

/** Writes down what was done by hand; keeps the words of a refusal. */
export function useHandEntry(row: WorklistRow, onDone: () => void) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const send = async (what: 'enter' | 'check', content: unknown): Promise<void> => {
    setSending(true);
    setProblem(null);
    try {
      await write('POST', `/worklist/${row.entryId}/${what}`, content);
      await queries.invalidateQueries();
      onDone();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem.detail);
    } finally {
      setSending(false);
    }
  };
  return { problem, sending, send };
}
