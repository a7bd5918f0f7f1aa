import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../domain/kernel/decide.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { member, validForm } from '../guards/facts-builder.ts';
import { ListWalk } from './list-walk.ts';

const ZHANG = member('张三', '530627197001010015', '户主');
const LI = member('李四', '530627197203030022', '户主');
const CHILD = member('张小五', '530627200505050031', '之子');
/** The same child by a 残疾人证: the first 18 characters are the person. */
const CHILD_BY_CARD = { ...CHILD, idNumber: `${CHILD.idNumber}43` };

function walkOf(first: (typeof ZHANG)[], second: (typeof ZHANG)[]): ListWalk {
  const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-09-20 09:00');
  walk.walkTo('village-notice');
  for (const [caseId, members] of Object.entries({ c1: first, c2: second })) {
    const facts = walk.caseFacts[caseId];
    if (facts === undefined) throw new Error('two households');
    const form = validForm({ ...facts.form, members });
    walk.caseFacts = { ...walk.caseFacts, [caseId]: { ...facts, form } };
  }
  return walk;
}

function draft(walk: ListWalk): Decision {
  return walk.must(walk.reviewer(), { type: 'draft-notice' });
}

function doubts(decision: Decision): readonly string[] {
  if (!decision.ok) throw new Error('a doubt is no bar');
  return decision.warnings
    .filter(({ code }) => code === 'PERSON-IN-TWO-HOUSEHOLDS')
    .map(({ words }) => words);
}

describe('一人两户 (§15.4): a doubt that is said, never a bar', () => {
  test('one person in two households of the list → named when the notice is drafted', () => {
    const [words, ...others] = doubts(draft(walkOf([ZHANG, CHILD], [LI, CHILD_BY_CARD])));
    expect(others).toEqual([]);
    expect(words).toContain('张小五（530627********0031）');
    expect(words).toContain('张三户和李四户');
    expect(words).not.toContain(CHILD.idNumber);
  });

  test('… and once more to the township that reviews the list', () => {
    const walk = walkOf([ZHANG, CHILD], [LI, CHILD]);
    walk.walkTo('township-review');
    expect(doubts(walk.pass())).toHaveLength(1);
  });

  test('different people, and one person twice in one household (the form’s fault) → nothing', () => {
    expect(doubts(draft(walkOf([ZHANG, CHILD, CHILD], [LI])))).toEqual([]);
  });
});
