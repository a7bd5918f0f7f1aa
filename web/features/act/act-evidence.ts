import { read } from '../../api-client.ts';
import { currentStep, type RosterDetail } from '../roster/roster.ts';

/** 附件要求 of the lists' steps: the one stamped paper of an act stands for all of them. */
export async function evidenceKeys(rosterIds: readonly string[]): Promise<readonly string[]> {
  const keys = new Set<string>();
  for (const rosterId of rosterIds) {
    const detail = await read<RosterDetail>(`/rosters/${rosterId}`);
    for (const { key } of currentStep(detail)?.evidence ?? []) keys.add(key);
  }
  return keys.size === 0 ? ['document'] : [...keys];
}
