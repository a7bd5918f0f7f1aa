/** 更正户状态 — what 清退 and the rollbacks of Hunan 2018 make of a household (policy.md §12.2). */
import type { RegistryStatus } from '../domain/facts/household-facts.ts';
import { CORRECTED_STATUS, type CorrectionFunction, type RegistryWrite } from './entry.ts';
import type { RegistryHousehold } from './household.ts';

/** 清退、往年综合回退、稳定脱贫回退. */
export type StatusCorrection = Extract<RegistryWrite, { functionKey: CorrectionFunction }>;

/** From which status, and how the registry says that it is not that one. */
const CORRECTIONS: Readonly<
  Record<CorrectionFunction, { readonly from: readonly RegistryStatus[]; readonly words: string }>
> = {
  'clear-household': {
    from: ['poor', 'exited', 'stably-exited', 'returned'],
    words: '本户不是在册的建档立卡户，不能清退',
  },
  'rollback-prior-years': {
    from: ['exited'],
    words: '本户当前不是脱贫状态，不能往年综合回退',
  },
  'rollback-stable-exit': {
    from: ['stably-exited'],
    words: '本户当前不是稳定脱贫状态，不能回退',
  },
};

/** The household put right, or why not. */
export function correctedHousehold(
  household: RegistryHousehold,
  { functionKey, year }: StatusCorrection,
): RegistryHousehold | { readonly words: string } {
  const { from, words } = CORRECTIONS[functionKey];
  const to = CORRECTED_STATUS[functionKey];
  if (!from.includes(household.status)) return { words };
  return {
    ...household,
    status: to,
    // 未脱贫 again: the year of the exit that is undone is no longer one.
    exitYear: to === 'poor' ? null : household.exitYear,
    statusByYear: { ...household.statusByYear, [String(year)]: to },
  };
}
