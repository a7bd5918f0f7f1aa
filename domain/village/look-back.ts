/** 回头看 (GV5) — villages that left in certain years and are over the limit again (policy.md §7.5). */
import type { Clause } from '../plan/plan.ts';
import { percentWords } from '../plan/rule-words.ts';
import { isWithinLimit, type RateLimit } from './poverty-rate.ts';

/** What a pack says of it. */
export interface LookBackRule {
  readonly packId: string;
  /** 出列年度 that are looked back at. */
  readonly years: readonly string[];
  readonly limit: RateLimit;
  readonly clause: Clause;
}

/** A village that has left, as the record counts it now. */
export interface ExitedVillage {
  readonly exitYear: number;
  readonly poorPersons: number;
  /** 总人口 of the village sheet; null where the sheet has none. */
  readonly persons: number | null;
}

/**
 * Why the village is looked back at; null where it need not be. A village whose denominator nobody knows
 * may be over the limit, so it is. †
 */
export function lookBackReason(
  { years, limit }: LookBackRule,
  { exitYear, poorPersons, persons }: ExitedVillage,
): string | null {
  if (!years.includes(String(exitYear)) || poorPersons === 0) return null;
  const left = `${exitYear}年出列，现未脱贫${poorPersons}人`;
  if (persons === null || persons < 1) return `${left}，村表没有填总人口，不能核对贫困发生率`;
  if (isWithinLimit(poorPersons, persons, limit)) return null;
  return `${left}，全村${persons}人，贫困发生率超过${percentWords(limit)}`;
}
