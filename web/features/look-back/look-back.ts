import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { useAttempt } from '../command/attempt.ts';

/** 回头看 as the server answers it. */
export type LookBacks = Answers['GET /look-backs'];
export type LookBack = LookBacks['items'][number];

export const PAGE_SIZE = 20;

/** One page of those of the reader's area. */
export function useLookBacks(open: boolean, page: number) {
  return useQuery({
    queryKey: ['look-backs', open, page],
    queryFn: () => read<LookBacks>(`/look-backs?open=${open}&page=${page}&size=${PAGE_SIZE}`),
    placeholderData: keepPreviousData,
  });
}

/** Finishes one; keeps the refusal. */
export function useFinishLookBack(villageCode: string, onDone: () => void) {
  const queries = useQueryClient();
  const { problem, busy, attempt } = useAttempt();
  const finish = (outcome: string, proofs: readonly string[]): Promise<void> =>
    attempt(async () => {
      await write('POST', `/look-backs/${villageCode}/finish`, { outcome, proofs });
      await queries.invalidateQueries({ queryKey: ['look-backs'] });
      onDone();
    });
  return { problem, busy, finish };
}
