import { useQuery } from '@tanstack/react-query';
import { read } from '../../api-client.ts';
import type { RosterDetail } from '../roster/roster.ts';
import type { CaseForm } from '../visit-form/visit-form.ts';

/** 比对批次: which departments have answered, and for whom it still waits. */
export interface ComparisonBatch {
  readonly id: string;
  readonly procedure: string;
  readonly title: string;
  readonly persons: number;
  readonly cases: number;
  readonly waitingFor: readonly string[];
}

/** The batches of the county, newest first. */
export function useComparisonBatches() {
  return useQuery({
    queryKey: ['comparison-batches'],
    queryFn: () => read<{ readonly items: readonly ComparisonBatch[] }>('/comparison-batches'),
  });
}

/** Departments of the list's comparison, wherever it stands in the chain. */
export function departmentsOf(detail: RosterDetail): readonly string[] {
  const step = detail.plan.steps.find(({ kind }) => kind === 'comparison');
  return step?.kind === 'comparison' ? step.departments : [];
}

/** One row of an answer, as the API takes it. */
export interface ResultRow {
  readonly idNumber: string;
  readonly hit: boolean;
  readonly detail: string;
}

/** Rows for the persons of these cases, read from their forms; all persons of a hit case are hit. */
export async function resultRows(
  caseIds: readonly string[],
  hits: readonly string[],
): Promise<ResultRow[]> {
  const rows = new Map<string, ResultRow>();
  for (const caseId of caseIds) {
    const { form, members } = await read<CaseForm>(`/cases/${caseId}/form`);
    for (const { idNumber } of form?.members ?? members) {
      rows.set(idNumber, { idNumber, hit: hits.includes(caseId), detail: '' });
    }
  }
  return [...rows.values()];
}
