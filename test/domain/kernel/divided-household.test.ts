/** 分户、并户退回: the other live case of a household starts again; a death or change of head leaves it (§13.1). */
import { expect, test } from 'vitest';
import { SYSTEM_ACTOR } from '../../../domain/kernel/actor.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { codesOf, follow } from './list-acts.ts';
import { ListWalk } from './list-walk.ts';

const BODY = { type: 'return-divided', caseId: 'c1', reason: '分户已登记' } as const;

function exitAt(step: string): ListWalk {
  const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-09-20 09:00');
  walk.walkTo(step);
  return walk;
}

test('one of several goes to a list of its own at the first step, with nothing of what was posted', () => {
  const walk = exitAt('township-review');
  const others = walk.state.cases.length - 1;
  expect(walk.send(SYSTEM_ACTOR, BODY).ok).toBe(true);
  expect(walk.state.cases.filter(({ status }) => status === 'on-list')).toHaveLength(others);
  follow(walk);
  expect(walk.state).toMatchObject({ stepIndex: 0, notice: null });
  expect(walk.state.cases[0]?.accepted).toEqual({ household: false, helper: false });
});

test('a suspended list takes it, too: the household is another all the same', () => {
  const walk = exitAt('township-review');
  walk.must(walk.who('township', 'reviewer'), {
    type: 'suspend',
    reason: '核查',
    basis: '县通知',
  });
  expect(walk.send(SYSTEM_ACTOR, BODY).ok).toBe(true);
});

test('nobody but the system sends it; what is not collected yet needs none', () => {
  const walk = exitAt('township-review');
  const reviewer = walk.who('township', 'reviewer');
  expect(codesOf(walk.send(reviewer, BODY))).toEqual(['NOT-YOUR-DUTY']);
  const fresh = new ListWalk(trainingPlan('zhenxiong-2020', 'natural-change'), '2020-09-20 09:00');
  expect(codesOf(fresh.send(SYSTEM_ACTOR, BODY))).toEqual(['ALREADY-DONE']);
});
