import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { useAttempt } from '../command/attempt.ts';

/** 补短板事项 as the server answers them. */
export type Remedies = Answers['GET /remedies'];
export type Remedy = Remedies['items'][number];

export const PAGE_SIZE = 20;

/** One page of the tasks of the reader's area. */
export function useRemedies(open: boolean, page: number) {
  return useQuery({
    queryKey: ['remedies', open, page],
    queryFn: () => read<Remedies>(`/remedies?open=${open}&page=${page}&size=${PAGE_SIZE}`),
    placeholderData: keepPreviousData,
  });
}

/** Finishes one task; keeps the words of a refusal. */
export function useFinishRemedy(caseId: string, onDone: () => void) {
  const queries = useQueryClient();
  const { problem, busy, attempt } = useAttempt();
  const finish = (outcome: string, proofs: readonly string[]): Promise<void> =>
    attempt(async () => {
      await write('POST', `/remedies/${caseId}/finish`, { outcome, proofs });
      await queries.invalidateQueries({ queryKey: ['remedies'] });
      onDone();
    });
  return { problem: problem?.detail ?? null, sending: busy, finish };
}
