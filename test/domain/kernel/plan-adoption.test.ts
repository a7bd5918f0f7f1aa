import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../domain/kernel/decide.ts';
import type { NoticeStep, Plan, PlanStep } from '../../../domain/plan/plan.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { codesOf } from './list-acts.ts';
import { ListWalk } from './list-walk.ts';
import { at } from './paper-people.ts';

const PLAN = trainingPlan('zhenxiong-2020', 'household-exit');

function adopt(walk: ListWalk, next: Plan, reason = '规则更正'): Decision {
  walk.plans = { 'plan-2': next };
  const body = { type: 'adopt-plan', planHash: 'plan-2', reason } as const;
  return walk.send(walk.who('county', 'office'), body);
}

function atStep(step: string, plan = PLAN): ListWalk {
  const walk = new ListWalk(plan, '2020-09-20 09:00');
  walk.walkTo(step);
  return walk;
}

function withSteps(change: (steps: readonly PlanStep[]) => readonly PlanStep[]): Plan {
  return { ...PLAN, steps: change(PLAN.steps) };
}

function noticeOf(days: number): Plan {
  return withSteps((steps) =>
    steps.map((step) =>
      step.kind === 'notice' ? { ...step, period: { ...step.period, amount: days } } : step,
    ),
  );
}

describe('更换适用规则 (§1.5: only a corrected plan of the same rule reaches an open list)', () => {
  test.for([
    ['another place’s pack', { packId: 'shanxi-2017' }],
    ['another area', { areaCode: '530628' }],
    ['another year', { year: 2021 }],
    ['another procedure', { procedure: 'identification' as const }],
  ])('%s → refused', ([, over]) => {
    const next = { ...PLAN, ...(over as Partial<Plan>) };
    expect(codesOf(adopt(atStep('verification'), next))).toEqual(['UNKNOWN-PLAN']);
  });

  test('by nobody but the county’s office, with a reason', () => {
    const walk = atStep('verification');
    walk.plans = { 'plan-2': PLAN };
    const body = { type: 'adopt-plan', planHash: 'plan-2', reason: '更正' } as const;
    expect(codesOf(walk.send(walk.who('county', 'decider'), body))).toEqual(['NOT-YOUR-DUTY']);
    expect(codesOf(adopt(walk, PLAN, ' '))).toEqual(['WORDS-MISSING']);
    expect(adopt(walk, PLAN).ok).toBe(true);
  });
});

describe('no step is skipped by a new chain', () => {
  const [assembly, verification] = PLAN.steps;
  if (assembly === undefined || verification === undefined) throw new Error('a plan has steps');
  test.for([
    [
      'a step added before the current one',
      (steps: readonly PlanStep[]) => [assembly, { ...assembly, key: 'second' }, ...steps.slice(1)],
    ],
    ['a step dropped before it', (steps: readonly PlanStep[]) => steps.slice(1)],
    [
      'another order of those passed',
      (steps: readonly PlanStep[]) => [verification, assembly, ...steps.slice(2)],
    ],
  ] as const)('%s → refused', ([, change]) => {
    const walk = atStep('township-review');
    expect(codesOf(adopt(walk, withSteps(change)))).toEqual(['PLAN-CHAIN-DIFFERS']);
  });

  test('a step added after it → taken: the list will still pass it', () => {
    const walk = atStep('verification');
    const next = withSteps((steps) => [
      ...steps.slice(0, 5),
      { ...assembly, key: 'again' },
      ...steps.slice(5),
    ]);
    expect(adopt(walk, next).ok).toBe(true);
  });

  test('other departments, with answers of the old ones → refused: no answer counts for another', () => {
    const plan = trainingPlan('zhenxiong-2020', 'identification');
    const walk = new ListWalk(plan, '2020-09-20 09:00');
    walk.walkTo('village-assembly');
    const steps = plan.steps.map((step) =>
      step.kind === 'comparison' ? { ...step, departments: step.departments.toReversed() } : step,
    );
    expect(codesOf(adopt(walk, { ...plan, steps }))).toEqual(['PLAN-CHAIN-DIFFERS']);
  });
});

describe('a notice under way (G-03)', () => {
  function posted(): ListWalk {
    const walk = atStep('village-notice');
    walk.now = at('2020-10-01 09:00');
    walk.postNotice();
    walk.days(2);
    return walk;
  }

  test.for([
    [7, '2020-10-09 00:00', 'the same'],
    [10, '2020-10-12 00:00', 'longer: it runs on'],
    [3, '2020-10-09 00:00', 'shorter: never shortened'],
  ] as const)('a new rule of %i days → ends %s (%s)', ([days, ends]) => {
    const walk = posted();
    expect(adopt(walk, noticeOf(days)).ok).toBe(true);
    expect(walk.state.notice?.endsAt).toBe(at(ends));
  });

  test('in working days of a year that the new rule does not hold → refused', () => {
    const walk = posted();
    const next = noticeOf(7);
    const steps = next.steps.map((step): PlanStep => {
      if (step.kind !== 'notice') return step;
      const period: NoticeStep['period'] = { ...step.period, unit: 'WORKING' };
      return { ...step, period };
    });
    const decision = adopt(walk, { ...next, steps, calendar: { years: {} } });
    expect(codesOf(decision)).toEqual(['CALENDAR-YEAR-MISSING']);
  });
});
