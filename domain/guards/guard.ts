import type { CaseFacts } from '../facts/household-facts.ts';
import type { MonitoringScale } from '../facts/monitoring.ts';
import type { CaseState } from '../kernel/state.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import type { Instant } from '../time/instant.ts';

/** What a guard may look at: one case, its facts and the plan; no clock and no other case. */
export interface GuardInput {
  readonly plan: Plan;
  /** The step that the guard was placed on. */
  readonly step: PlanStep;
  readonly at: Instant;
  readonly item: CaseState;
  readonly facts: CaseFacts;
  /** 一般贫困户 of the list's area that are still poor and on no exit list; counted for EXIT-ORDER only. */
  readonly ordinaryPoorOutside: number | null;
  /** Counted for MON-SCALE only. */
  readonly monitoringScale?: MonitoringScale | undefined;
}

/** 不符合之处 of one household: the sentence, what is missing, who can clear it. */
export interface GuardFinding {
  /** One Chinese sentence; names the household by its head, never an ID number in full. */
  readonly words: string;
  readonly missing?: readonly string[];
  readonly whoClears?: string;
  /** Where time alone cures it. */
  readonly earliestAt?: Instant;
}

/**
 * 守则 — a pure predicate over one case; null means that it holds. What is not known is a finding,
 * never a pass. Whether a finding refuses or warns, and under which clause, is the pack's to say.
 */
export type Guard = (input: GuardInput) => GuardFinding | null;
