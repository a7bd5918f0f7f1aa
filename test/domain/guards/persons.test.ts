/** 人员变更: what the worked examples of the packs do not reach (policy.md §12, §13.1). */
import { describe, expect, test } from 'vitest';
import type { CaseFacts, MemberFacts } from '../../../domain/facts/household-facts.ts';
import type { PersonChange } from '../../../domain/facts/person-change.ts';
import { GUARDS } from '../../../domain/guards/index.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { plainDate } from '../../../domain/time/instant.ts';
import { paperHousehold } from '../../../policies/paper/paper-household.ts';
import { trainingPlan } from '../../policies/training-plan.ts';

const AT = Date.UTC(2020, 9, 10, 4);
const ON = plainDate('2020-10-09');

const natural = trainingPlan('zhenxiong-2020', 'natural-change');

function wordsOf(guard: string, plan: Plan, facts: CaseFacts): string | undefined {
  const [step] = plan.steps;
  if (step === undefined) throw new Error('a plan has steps');
  // Neither guard reads the case's state.
  const item = {} as never;
  const common = { plan, step, at: AT, item, ordinaryPoorOutside: null };
  return GUARDS[guard]?.({ ...common, facts })?.words;
}

const facts = paperHousehold(natural, 'c1', ON, AT);
const { registry, form } = facts;
if (registry === null || form?.persons == null) throw new Error('the paper household is whole');
const [head, second] = registry.members;
if (head === undefined || second === undefined) throw new Error('and has members');

function withChanges(changes: readonly PersonChange[]): CaseFacts {
  return { ...facts, form: { ...form, persons: { changes, newHead: null } } as CaseFacts['form'] };
}

function line(kind: PersonChange['kind'], member: MemberFacts, change: object = {}): PersonChange {
  const { personNo, name, idNumber, relation } = member;
  return { kind, reason: '死亡', on: ON, personNo, name, idNumber, relation, ...change };
}

describe('PERSONS-HELD', () => {
  test('a household that the registry does not hold has no members to change', () => {
    const words = '没有户编号，不能变更成员';
    expect(wordsOf('PERSONS-HELD', natural, { ...facts, registry: null })).toContain(words);
    const unnumbered = { ...registry, householdNo: null };
    expect(wordsOf('PERSONS-HELD', natural, { ...facts, registry: unnumbered })).toContain(words);
  });

  test('all members gone: no text says what the household becomes', () => {
    const all = registry.members.map((member) => line('decrease', member));
    expect(wordsOf('PERSONS-HELD', natural, withChanges(all))).toContain('全户成员都减少');
  });

  test('a person is one by the first 18 characters of his number', () => {
    const disabled = `${second.idNumber}11`;
    const again = line('increase', second, { personNo: null, idNumber: disabled });
    expect(wordsOf('PERSONS-HELD', natural, withChanges([again]))).toContain('已是本户成员');
  });
});

describe('PERSONS-NAMED', () => {
  test('every fault of a form is said at once', () => {
    const faulty = line('decrease', second, { name: ' ', reason: '搬家', idNumber: '1' });
    const words = wordsOf('PERSONS-NAMED', natural, withChanges([faulty])) ?? '';
    expect(words).toContain('没有填姓名');
    expect(words).toContain('搬家');
    expect(words).toContain('证件号码');
    expect(words).not.toContain(second.idNumber);
  });
});
