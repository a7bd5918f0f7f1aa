/** 监测对象公示可办可不办: a place says whether the chain has the notice; where it has, it runs in full (§9). */
import { expect, test } from 'vitest';
import { invariant } from '../../../domain/invariant.ts';
import type { Plan, PlanStep } from '../../../domain/plan/plan.ts';
import { trainingConfirmations } from '../../../policies/confirm-values.ts';
import { resolvePlan } from '../../../policies/resolve-plan.ts';
import { library } from '../../policies/training-plan.ts';
import { codesOf } from './list-acts.ts';
import { ListWalk } from './list-walk.ts';

const PATH = 'monitoring.publicNotice';
const ASKED = {
  packId: 'zhenxiong-2020',
  procedure: 'monitored-household',
  areaCode: '530627',
} as const;

function planWith(publicNotice: boolean): Plan {
  const confirmations = trainingConfirmations('zhenxiong-2020').map((each) =>
    each.path === PATH ? { ...each, value: publicNotice } : each,
  );
  const outcome = resolvePlan(library, { ...ASKED, confirmations });
  invariant(outcome.ok, 'training values are confirmed');
  return outcome.plan;
}

test('nobody said whether → no plan, and that value among those to confirm', () => {
  const confirmations = trainingConfirmations('zhenxiong-2020').filter(({ path }) => path !== PATH);
  const outcome = resolvePlan(library, { ...ASKED, confirmations });
  expect(outcome.ok).toBe(false);
  if (outcome.ok) return;
  expect(outcome.unconfirmed.map(({ path }) => path)).toEqual([PATH]);
});

test('no → the chain has no notice, and the county determines without one', () => {
  const plan = planWith(false);
  expect(plan.steps.map(({ kind }) => kind)).not.toContain('notice');
  const walk = new ListWalk(plan, '2020-09-20 09:00');
  walk.walkTo('closed');
  expect(walk.state.cases.map(({ outcome }) => outcome)).toEqual(['monitored', 'monitored']);
});

test('yes → the township reviews after a notice that has run in full, not before', () => {
  const walk = new ListWalk(planWith(true), '2020-09-20 09:00');
  walk.walkTo('village-notice');
  walk.postNotice();
  walk.now = (walk.state.notice?.endsAt ?? walk.now) - 60_000;
  const close = { type: 'close-notice', evidence: { 'closing-record': ['scan'] } } as const;
  expect(codesOf(walk.send(walk.who('village', 'clerk'), close))).toContain('G-03');
  walk.now += 60_000;
  walk.must(walk.who('village', 'clerk'), close);
  expect(walk.step).toBe('township-review');
  walk.walkTo('closed');
});

test('the scale is said once for the whole list, and refuses nothing', () => {
  const walk = new ListWalk(planWith(false), '2020-09-20 09:00');
  walk.walkTo('county-decision');
  walk.monitoringScale = { registered: 1000, monitored: 101 };
  const [act] = walk.lawfulActs(walk.plan.steps.find(({ key }) => key === walk.step) as PlanStep);
  if (act === undefined) throw new Error('the county decides');
  const decision = walk.must(act.actor, act.body);
  const warned = decision.ok ? decision.warnings.filter(({ code }) => code === 'MON-SCALE') : [];
  expect(warned.map(({ cases }) => cases)).toEqual([['c1', 'c2']]);
});
