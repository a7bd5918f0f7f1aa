/** 转办: a household that a guard sends elsewhere leaves the list; the others go on (policy.md §5). */
import { expect, test } from 'vitest';
import type { CommandBody } from '../../../domain/kernel/command.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { codesOf } from './list-acts.ts';
import { ListWalk } from './list-walk.ts';

const PLAN = trainingPlan('kunming-2017', 'return-to-poverty');

function open(causes: readonly string[]): ListWalk {
  const walk = new ListWalk(PLAN, '2017-11-02 09:00', { cases: causes.length });
  for (const [index, cause] of causes.entries()) {
    const id = `c${index + 1}`;
    const known = walk.household(id);
    walk.caseFacts[id] = { ...known, form: known.form && { ...known.form, cause } };
  }
  return walk;
}

function collection(walk: ListWalk, ids: readonly string[]): CommandBody {
  const entries = ids.map((caseId) => ({ caseId, formHash: `form-${caseId}` }));
  return { type: 'record-collection', entries, evidence: walk.papers() };
}

test('因学 leaves the list with a warning and what it lacks, 因病 goes on', () => {
  const walk = open(['因病', '因学']);
  const decision = walk.must(walk.who('village', 'clerk'), collection(walk, ['c1', 'c2']));
  expect(walk.state.cases.map(({ status }) => status)).toEqual(['on-list', 'diverted']);
  expect(walk.step).toBe('group-assembly');
  if (!decision.ok) throw new Error('taken');
  expect(decision.warnings.map(({ code }) => code)).toEqual(['G-11-ADMITTED']);
  const diverted = decision.events.find(({ body }) => body.type === 'case-diverted');
  expect(diverted?.body).toMatchObject({ caseId: 'c2', lacking: ['收入低于标准'] });
});

test('when every household is sent elsewhere the list is over', () => {
  const walk = open(['因学', '缺资金']);
  walk.must(walk.who('village', 'clerk'), collection(walk, ['c1', 'c2']));
  expect(walk.step).toBe('closed');
});

test('one household refused → nobody is sent elsewhere', () => {
  const walk = open(['因学', '']);
  const decision = walk.send(walk.who('village', 'clerk'), collection(walk, ['c1', 'c2']));
  expect(codesOf(decision)).toContain('G-11');
  expect(walk.state.cases.map(({ status }) => status)).toEqual(['on-list', 'on-list']);
});

test('a household that was sent elsewhere takes no further act', () => {
  const walk = open(['因病', '因学']);
  walk.must(walk.who('village', 'clerk'), collection(walk, ['c2']));
  const again = walk.send(walk.who('village', 'clerk'), collection(walk, ['c2']));
  expect(codesOf(again)).toContain('UNKNOWN-CASE');
});
