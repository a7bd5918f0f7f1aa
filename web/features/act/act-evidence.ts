import { clearCases } from '../../../domain/kernel/state.ts';
import { NAME_LIST } from '../../../domain/kernel/steps/report.ts';
import { read } from '../../api-client.ts';
import { currentStep, type RosterDetail } from '../roster/roster.ts';

/** What the chosen lists ask of the act: the papers, and how many households of each county it covers. */
export interface ActContent {
  /** 附件要求 of the lists' steps: the one stamped paper of an act stands for all of them. */
  readonly keys: readonly string[];
  readonly counts: readonly { readonly countyCode: string; readonly households: number }[];
}

/** Reads the lists that an act is to cover. */
export async function actContent(rosterIds: readonly string[]): Promise<ActContent> {
  const keys = new Set<string>();
  const counts = new Map<string, number>();
  for (const rosterId of rosterIds) {
    const detail = await read<RosterDetail>(`/rosters/${rosterId}`);
    const step = currentStep(detail);
    for (const { key } of step?.evidence ?? []) keys.add(key);
    if (step?.kind === 'report' && step.nameList) keys.add(NAME_LIST);
    const { countyCode, state } = detail;
    counts.set(countyCode, (counts.get(countyCode) ?? 0) + clearCases(state).length);
  }
  return {
    keys: keys.size === 0 ? ['document'] : [...keys],
    counts: [...counts].map(([countyCode, households]) => ({ countyCode, households })),
  };
}
