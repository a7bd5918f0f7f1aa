import { useQuery } from '@tanstack/react-query';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import type { RosterDetail } from '../roster/roster.ts';

/** 比对批次: which departments have answered, and for whom it still waits. */
export type ComparisonBatch = Answers['GET /comparison-batches']['items'][number];

/** The batches of the county, newest first. */
export function useComparisonBatches() {
  return useQuery({
    queryKey: ['comparison-batches'],
    queryFn: () => read<Answers['GET /comparison-batches']>('/comparison-batches'),
  });
}

/** Departments of the list's comparison, wherever it stands in the chain. */
export function departmentsOf(detail: RosterDetail): readonly string[] {
  const step = detail.plan.steps.find(({ kind }) => kind === 'comparison');
  return step?.kind === 'comparison' ? step.departments : [];
}
