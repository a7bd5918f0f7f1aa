/** 村的用语: whatever a list of villages refuses, it says of villages, never of 户. */
import { expect, test } from 'vitest';
import { contentHash } from '../../../db/record/hash-chain.ts';
import { explain } from '../../../domain/kernel/explain.ts';
import type { Refusal } from '../../../domain/kernel/refusal.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from './list-walk.ts';

const PLAN = trainingPlan('shanxi-2017', 'village-exit');

/** 贫困户, 农业户籍人口 and 几户脱贫退出 are rightly spoken of. */
const OF_HOUSEHOLDS = /该户|户主|农户|逐户|每户|[一到的要]户(?!籍)/;

function reasons(walk: ListWalk): readonly Refusal[] {
  const people = [
    walk.who('township', 'clerk'),
    walk.who('township', 'reviewer'),
    walk.who('county', 'department', '交通'),
    walk.who('county', 'decider'),
    walk.who('county', 'entry-reviewer'),
  ];
  const { plan, state } = walk;
  return people.flatMap((actor) => {
    const input = { plan, state, facts: walk.facts(), actor, at: walk.now };
    const told = explain({ ...input, sheetHash: contentHash });
    return told.flatMap(({ refusals }) => refusals);
  });
}

test('at every step, to everybody, in every reason', () => {
  const walk = new ListWalk(PLAN, '2017-10-25 09:00', { cases: 2 });
  const seen: Refusal[] = [];
  for (const { key } of PLAN.steps) {
    walk.walkTo(key);
    seen.push(...reasons(walk));
  }
  expect(seen.length).toBeGreaterThan(20);
  for (const { code, words, missing = [] } of seen) {
    expect(`${code} ${words} ${missing.join()}`).not.toMatch(OF_HOUSEHOLDS);
  }
});

test('acts that name nothing, or what is not on the list', () => {
  const walk = new ListWalk(PLAN, '2017-10-25 09:00', { cases: 2 });
  const clerk = walk.who('township', 'clerk');
  const evidence = walk.papers();
  const signers = [{ role: '村两委', name: '王主任' }];
  const tried = [
    { type: 'verify', entries: [], signers, evidence },
    { type: 'verify', entries: [{ caseId: 'c1', formHash: 'old' }], signers, evidence },
    { type: 'verify', entries: [{ caseId: 'c9', formHash: 'old' }], signers, evidence },
    { type: 'advance', reason: '先行' },
    { type: 'split', caseIds: [], reason: '分出' },
    { type: 'raise-objection', kind: 'case', caseId: 'c9', words: '反映', channel: '来访' },
    { type: 'raise-objection', kind: 'unlisted', words: '反映', channel: '来访' },
  ] as const;
  for (const body of tried) {
    const decision = walk.send(clerk, body);
    expect(decision.ok, body.type).toBe(false);
    const refusals = decision.ok ? [] : decision.refusals;
    for (const { words, missing = [] } of refusals) {
      expect(`${words} ${missing.join()}`).not.toMatch(OF_HOUSEHOLDS);
    }
  }
});
