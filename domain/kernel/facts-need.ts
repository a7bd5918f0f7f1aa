/**
 * 所需事实 — which facts a command can be judged by. The record loads these and keeps them with the
 * decision; what is not named here `decide` never reads (`ListWalk` in the tests judges every command
 * of every walk with and without the rest).
 */
import type { Plan, PlanStep } from '../plan/plan.ts';
import type { CommandBody, CommandType } from './command.ts';
import { type CaseState, isActive, type RosterState } from './state.ts';

/** What has to be loaded besides organisation chain, named files, named people and named plans. */
export interface FactsNeed {
  /** Households whose registry snapshot and visit form are read. */
  readonly cases: readonly CaseState[];
  /** Names of the villager groups. */
  readonly groups: boolean;
  readonly windows: boolean;
  /**
   * Whether another list carries the households already. Only a launch asks: from then on the record
   * holds at most one live case of a household in its 互斥程序族.
   */
  readonly otherLists: boolean;
  /** Counted only for the exit order (EXIT-ORDER). */
  readonly ordinaryPoorOutside: boolean;
  /** Counted only for the scale of monitoring (MON-SCALE). */
  readonly monitoringScale: boolean;
}

/**
 * Whose registry snapshot and form a command reads: `none`; `guarded` those that the guards of the
 * step judge, if it has any; `passed` all that it passes or labels, whose status is asked again; `forms`
 * those whose form is named; `sheet` all that a sheet may name.
 */
type Reading = 'none' | 'guarded' | 'passed' | 'forms' | 'sheet';

const READING: Readonly<Record<CommandType, Reading>> = {
  'record-collection': 'forms',
  'hold-assembly': 'guarded',
  'record-void-assembly': 'none',
  verify: 'forms',
  'record-acceptance': 'guarded',
  'request-comparison': 'guarded',
  'receive-comparison': 'guarded',
  'explain-hit': 'guarded',
  'judge-explanation': 'guarded',
  certify: 'passed',
  'draft-notice': 'sheet',
  'post-notice': 'none',
  'remove-notice': 'none',
  'correct-notice': 'sheet',
  'close-notice': 'guarded',
  'raise-objection': 'none',
  'dispose-objection': 'none',
  review: 'passed',
  decide: 'passed',
  report: 'passed',
  'open-functions': 'passed',
  'draft-announcement': 'sheet',
  'post-announcement': 'none',
  'carry-registrations': 'passed',
  'report-registrations': 'none',
  inspect: 'guarded',
  'return-cases': 'none',
  'return-divided': 'none',
  advance: 'guarded',
  split: 'none',
  'withdraw-case': 'none',
  suspend: 'none',
  resume: 'none',
  'adopt-plan': 'none',
};

const EXIT_ORDER = 'EXIT-ORDER';
const MONITORING_SCALE = 'MON-SCALE';

/** What the command needs; without a command, what any command of the list's step does (`explain`). */
export function factsNeeded(plan: Plan, state: RosterState, body: CommandBody | null): FactsNeed {
  const step = plan.steps[state.stepIndex];
  const reading = body === null ? widestReading(step) : READING[body.type];
  const asked = comparisonAsked(plan, body) ?? step;
  const isGuarded = (asked?.guards.length ?? 0) > 0;
  const places = (guard: string) => step?.guards.some(({ id }) => id === guard) === true;
  const isRead = reading !== 'none' && (reading !== 'guarded' || isGuarded);
  return {
    cases: isRead ? state.cases.filter(isNamedBy(body)) : [],
    groups: reading === 'sheet',
    otherLists: false,
    windows:
      step?.kind === 'opening' ||
      (step?.kind === 'registration' && body?.type !== 'report-registrations'),
    ordinaryPoorOutside: isRead && places(EXIT_ORDER),
    monitoringScale: isRead && places(MONITORING_SCALE),
  };
}

/** A comparison may be asked for from another step (ahead, or anew); its own guards judge then. */
function comparisonAsked(plan: Plan, body: CommandBody | null): PlanStep | undefined {
  if (body?.type !== 'request-comparison') return undefined;
  return plan.steps.find(({ kind }) => kind === 'comparison');
}

function widestReading(step: PlanStep | undefined): Reading {
  if (step?.kind === 'notice' || step?.kind === 'announcement') return 'sheet';
  if (step?.kind === 'collect' || step?.kind === 'verification') return 'forms';
  const isPassing =
    step?.kind === 'review' ||
    step?.kind === 'decision' ||
    step?.kind === 'report' ||
    step?.kind === 'certification' ||
    step?.kind === 'opening' ||
    step?.kind === 'registration';
  return isPassing ? 'passed' : 'guarded';
}

/** Commands that judge the households in their entries and no others. */
function isNamedBy(body: CommandBody | null): (item: CaseState) => boolean {
  switch (body?.type) {
    case 'record-collection':
    case 'verify':
    case 'carry-registrations': {
      const named = new Set(body.entries.map(({ caseId }) => caseId));
      return (item) => isActive(item) && named.has(item.id);
    }
    default:
      return isActive;
  }
}
