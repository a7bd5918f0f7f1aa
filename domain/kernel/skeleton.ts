import type { Plan, StepKind } from '../plan/plan.ts';
import type { Instant } from '../time/instant.ts';
import type { RosterState } from './state.ts';
import { nextWake } from './wake.ts';

/** 名单骨架 — all that the workflow needs to live: no personal data, no per-case detail. */
export interface Skeleton {
  readonly rosterId: string;
  readonly seq: number;
  readonly open: boolean;
  readonly stepKey: string;
  readonly stepKind: StepKind;
  readonly nextWakeAt: Instant | null;
  /** Registry effects not yet answered, the first few: a list of 500 must not outgrow a payload. */
  readonly effects: readonly string[];
}

/** That there are some is what the workflow has to know; the record knows them all. */
const EFFECTS_TOLD_MAX = 10;

/** Reduces a list to its skeleton. */
export function skeletonOf(plan: Plan, state: RosterState): Skeleton {
  const step = plan.steps[state.stepIndex] ?? plan.steps.at(-1);
  return {
    rosterId: state.rosterId,
    seq: state.seq,
    open: state.closedAt === null,
    stepKey: step?.key ?? '',
    stepKind: step?.kind ?? 'collect',
    nextWakeAt: nextWake(state),
    effects: state.effects
      .filter((effect) => !effect.settled)
      .slice(0, EFFECTS_TOLD_MAX)
      .map((effect) => effect.id),
  };
}
