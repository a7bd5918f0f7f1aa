/** 十五天 counts from the clue and marks only: no step is refused for it (policy.md §10.1). */
import { describe, expect, test } from 'vitest';
import { formatInstant, plainDate } from '../../../domain/time/instant.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from './list-walk.ts';
import { at } from './paper-people.ts';

const PLAN = trainingPlan('xinwan-2022', 'monitored-household');
const OPENED = '2022-10-24 09:00';

function found(walk: ListWalk, caseId: string, on: string): void {
  const known = walk.household(caseId);
  const { form } = known;
  if (form?.monitoring == null) throw new Error('the paper household is whole');
  const foundOn = plainDate(on);
  const monitoring = { ...form.monitoring, foundOn };
  walk.caseFacts[caseId] = { ...known, form: { ...form, monitoring, visitedOn: foundOn } };
}

function collect(walk: ListWalk, caseIds: readonly string[]): void {
  const entries = caseIds.map((caseId) => ({ caseId, formHash: `form-${caseId}` }));
  walk.must(walk.who('village', 'clerk'), {
    type: 'record-collection',
    entries,
    evidence: walk.papers(),
  });
}

const dueOn = (walk: ListWalk) => formatInstant(walk.state.outerDueAt ?? 0).slice(0, 10);

describe('线索起算', () => {
  test('until a clue is known the opening counts; then the oldest clue of the list does', () => {
    const walk = new ListWalk(PLAN, OPENED);
    expect(dueOn(walk)).toBe('2022-11-08');
    found(walk, 'c1', '2022-10-20');
    found(walk, 'c2', '2022-10-18');
    collect(walk, ['c1']);
    expect(dueOn(walk)).toBe('2022-11-04');
    collect(walk, ['c2']);
    expect(dueOn(walk)).toBe('2022-11-02');
    expect(walk.state.outerSince).toBe(at('2022-10-18 00:00'));
  });

  test('a clue found after the opening gives no more time', () => {
    const walk = new ListWalk(PLAN, OPENED, { cases: 1 });
    walk.days(3);
    found(walk, 'c1', '2022-10-26');
    collect(walk, ['c1']);
    expect(dueOn(walk)).toBe('2022-11-08');
  });

  test('long overdue the list still goes on to the label', () => {
    const walk = new ListWalk(PLAN, OPENED);
    found(walk, 'c1', '2022-09-01');
    found(walk, 'c2', '2022-09-01');
    collect(walk, ['c1', 'c2']);
    expect(walk.state.outerDueAt).toBeLessThan(walk.now);
    walk.walkTo('closed');
    expect(walk.state.cases.map(({ outcome }) => outcome)).toEqual(['monitored', 'monitored']);
  });

  test('where a plan counts from the opening, no clue moves its clock', () => {
    const plan = trainingPlan('zhenxiong-2020', 'monitored-household');
    const walk = new ListWalk(plan, '2020-09-20 09:00');
    const { outerDueAt } = walk.state;
    walk.walkTo('township-review');
    expect(walk.state.outerDueAt).toBe(outerDueAt);
  });
});
