/** 载荷大小 — what Temporal carries of a list does not grow with its households (design §5, §6). */
import { expect, test } from 'vitest';
import { skeletonOf } from '../../../domain/kernel/skeleton.ts';
import type { RosterProgress } from '../../../workflows/contracts/roster.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from './list-walk.ts';

const CASES = 500;
const PAYLOAD_BYTES_MAX = 4_096;

/** The longest id a list can have, so that nothing is told smaller than it is. */
const ROSTER_ID = '530627901201-household-exit-2020-01-s12-s12';

function progressOf({ plan, state }: ListWalk): RosterProgress {
  const effects = state.cases.map((_, index) => {
    return { id: `${ROSTER_ID}-e${index + 1}`, caseIds: [], settled: false };
  });
  return {
    ...skeletonOf(plan, { ...state, rosterId: ROSTER_ID, effects }),
    procedure: plan.procedure,
    unitCode: state.unitCode,
    dueAt: state.dueAt,
    wakeInMs: Number.MAX_SAFE_INTEGER,
    steps: plan.steps.map(({ name }) => name),
    stepIndex: state.stepIndex,
  };
}

test.for([
  ['zhenxiong-2020', 'household-exit', '2020-09-20 09:00'],
  ['zhenxiong-2020', 'identification', '2020-09-20 09:00'],
  ['kunming-2017', 'household-exit', '2017-09-20 09:00'],
  ['shanxi-2017', 'household-exit', '2017-09-20 09:00'],
] as const)(
  '%s %s with 500 households: at every step at most 4 KB, also with 500 rows on their way',
  ([packId, procedure, start]) => {
    const plan = trainingPlan(packId, procedure);
    const walk = new ListWalk(plan, start, { cases: CASES });
    const sizes = plan.steps.map(({ key, kind }) => {
      if (kind !== 'inspection') walk.walkTo(key);
      return Buffer.byteLength(JSON.stringify(progressOf(walk)));
    });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(PAYLOAD_BYTES_MAX);
  },
);
