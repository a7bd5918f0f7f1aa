import { describe, expect, test } from 'vitest';
import { contentHash } from '../../../db/record/hash-chain.ts';
import { explain } from '../../../domain/kernel/explain.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from './list-walk.ts';

function atRegistration(): ListWalk {
  const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-09-20 09:00');
  walk.walkTo('registration');
  walk.now = Math.max(walk.now, walk.state.announcement?.endsAt ?? 0);
  return walk;
}

function carryFor(walk: ListWalk, level: 'village' | 'county', duty: 'clerk' | 'entry-reviewer') {
  const { plan, state, now } = walk;
  const actor = walk.who(level, duty);
  const actions = explain({
    plan,
    state,
    facts: walk.facts(),
    actor,
    at: now,
    sheetHash: contentHash,
  });
  return actions.find(({ type }) => type === 'carry-registrations');
}

describe('为什么不能推进 at the registration step', () => {
  test('a village clerk → 提交登记 refused by level, though no household is stamped yet', () => {
    const walk = atRegistration();
    walk.openWindow();
    const action = carryFor(walk, 'village', 'clerk');
    expect(action).toMatchObject({ allowed: false, refusals: [{ code: 'NOT-YOUR-LEVEL' }] });
  });

  test('the county’s entry reviewer with an open window → allowed; stamped rows are needed', () => {
    const walk = atRegistration();
    walk.openWindow();
    const action = carryFor(walk, 'county', 'entry-reviewer');
    expect(action).toMatchObject({ allowed: true, refusals: [] });
    expect(action?.needs.join()).toContain('逐户');
  });

  test('the same reviewer without a window → refused (G-15)', () => {
    const walk = atRegistration();
    const action = carryFor(walk, 'county', 'entry-reviewer');
    expect(action?.allowed).toBe(false);
    expect(action?.refusals.map(({ code }) => code)).toContain('G-15');
  });
});

describe('every action that a list gives occasion for is explained', () => {
  const walkAt = (key: string): ListWalk => {
    const plan = trainingPlan('zhenxiong-2020', 'household-exit');
    const walk = new ListWalk(plan, '2020-09-20 09:00');
    if (key !== 'assembly') walk.walkTo(key);
    return walk;
  };

  const allowedFor = (
    walk: ListWalk,
    level: 'village' | 'township',
    duty: 'clerk' | 'reviewer',
  ) => {
    const { plan, state, now } = walk;
    const actor = walk.who(level, duty);
    const actions = explain({
      plan,
      state,
      facts: walk.facts(),
      actor,
      at: now,
      sheetHash: contentHash,
    });
    return new Map(actions.map(({ type, allowed }) => [type, allowed]));
  };

  test.for([
    ['assembly', 'village', 'clerk', 'record-void-assembly', true],
    ['assembly', 'village', 'clerk', 'split', true],
    ['assembly', 'village', 'clerk', 'withdraw-case', true],
    ['assembly', 'village', 'clerk', 'raise-objection', true],
    ['assembly', 'village', 'clerk', 'suspend', false],
    ['assembly', 'township', 'reviewer', 'suspend', true],
    ['village-notice', 'village', 'clerk', 'correct-notice', false],
    ['township-review', 'township', 'reviewer', 'return-cases', true],
    ['township-review', 'village', 'clerk', 'return-cases', false],
  ] as const)('at %s, %s %s: %s → %s', ([step, level, duty, type, allowed]) => {
    expect(allowedFor(walkAt(step), level, duty).get(type)).toBe(allowed);
  });

  test('no occasion → not offered: return at the first step, resume of a running list', () => {
    const actions = allowedFor(walkAt('assembly'), 'village', 'clerk');
    expect(actions.has('return-cases')).toBe(false);
    expect(actions.has('resume')).toBe(false);
    expect(actions.has('dispose-objection')).toBe(false);
  });
});
