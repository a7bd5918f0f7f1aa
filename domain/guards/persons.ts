/** 人员变更 — what a form may say of single persons of a household, and whether it fits the registry (policy.md §12, §13.1). */

import type { CaseFacts, MemberFacts, RegistrySnapshot } from '../facts/household-facts.ts';
import {
  PERSON_CHANGE_WORDS,
  type PersonChange,
  type PersonChangeForm,
  personOf,
} from '../facts/person-change.ts';
import { checkIdNumber, maskIdNumber } from '../household/id-number.ts';
import type { Plan } from '../plan/plan.ts';
import { plainDateAt } from '../time/instant.ts';
import type { Guard, GuardFinding, GuardInput } from './guard.ts';
import { formKeepers, householdWords, registryKeepers, withForm } from './wording.ts';

const PAPER = '家庭成员变更情况表';

/** A fault of the form: what is said of it, and what would cure it. */
interface Fault {
  readonly words: string;
  readonly missing: string;
}

function found(faults: readonly Fault[], { plan, facts }: GuardInput): GuardFinding | null {
  if (faults.length === 0) return null;
  return {
    words: `${householdWords(facts)}${faults.map(({ words }) => words).join('；')}`,
    missing: faults.map(({ missing }) => missing),
    whoClears: formKeepers(plan),
  };
}

/** A guard over the persons whom a form names; a form that names none never passes. */
function withPersons(judge: (form: PersonChangeForm, input: GuardInput) => GuardFinding | null) {
  return withForm(({ persons }, input) => {
    if (persons != null && persons.changes.length > 0) return judge(persons, input);
    return found([{ words: `没有填${PAPER}`, missing: `${PAPER}上的人员` }], input);
  });
}

/** PERSONS-NAMED — every person with name, number, relation, day and a reason that the pack has for that kind. */
export const personsNamed: Guard = withPersons(({ changes, newHead }, input) => {
  const today = plainDateAt(input.at);
  const faults = [
    ...changes.flatMap((change) => faultsOf(change, input.plan, today)),
    ...twiceNamed(changes),
    ...(newHead === null ? [] : numberFaults(newHead.name, newHead.idNumber)),
  ];
  return found(faults, input);
});

function faultsOf(change: PersonChange, plan: Plan, today: string): readonly Fault[] {
  const { kind, reason, on, name, idNumber, relation, personNo } = change;
  const reasons = plan.persons?.reasons[kind];
  const who = name.trim() === '' ? '一名成员' : name;
  const kindWords = PERSON_CHANGE_WORDS[kind];
  if (reasons === undefined) {
    return [{ words: `${who}填为“${kindWords}”，本程序不办`, missing: `本程序所办的变更种类` }];
  }
  const faults: Fault[] = numberFaults(who, idNumber).slice();
  if (name.trim() === '') faults.push({ words: '有成员没有填姓名', missing: '姓名' });
  if (relation.trim() === '')
    faults.push({ words: `${who}没有填与户主关系`, missing: `${who}与户主关系` });
  if (!reasons.includes(reason)) {
    const words = `${who}${kindWords}的原因“${reason}”不在可选的${reasons.length}项之内（${reasons.join('、')}）`;
    faults.push({ words, missing: `所列之一的${kindWords}原因` });
  }
  if (on > today) faults.push({ words: `${who}的变更时间在今天之后`, missing: `${who}的变更时间` });
  if (kind === 'correct' && personNo === null) {
    faults.push({ words: `${who}没有填人口编号，无从更正`, missing: `${who}的人口编号` });
  }
  return faults;
}

function numberFaults(name: string, idNumber: string): readonly Fault[] {
  const check = checkIdNumber(idNumber);
  if (check.ok) return [];
  const words = `${name}（${maskIdNumber(idNumber)}）${check.words}`;
  return [{ words, missing: `${name}的证件号码` }];
}

/** One person comes or goes once on a form. */
function twiceNamed(changes: readonly PersonChange[]): readonly Fault[] {
  const seen = new Set<string>();
  return changes.flatMap(({ name, idNumber }) => {
    const person = personOf(idNumber);
    const isTwice = seen.has(person);
    seen.add(person);
    return isTwice ? [{ words: `${name}填了两次`, missing: '每人一行' }] : [];
  });
}

/**
 * PERSONS-HELD — the form fits the registry: the household is held there, who comes is not a member yet, who
 * goes or is put right is one, and afterwards one head and at least one member are left.
 */
export const personsHeld: Guard = withPersons((form, input) => {
  const { plan, facts } = input;
  const { registry } = facts;
  if (registry?.householdNo == null) return notHeld(facts, plan);
  const faults = form.changes.flatMap((change) => heldFaults(change, registry));
  return found(faults.length > 0 ? faults : headFaults(form, registry), input);
});

function notHeld(facts: CaseFacts, plan: Plan): GuardFinding {
  return {
    words: `${householdWords(facts)}在登记系统中没有户编号，不能变更成员`,
    missing: ['登记系统中的户'],
    whoClears: registryKeepers(plan),
  };
}

function findMember(
  { personNo, idNumber }: PersonChange,
  { members }: RegistrySnapshot,
): MemberFacts | undefined {
  const byNumber = members.find((member) => personNo !== null && member.personNo === personNo);
  return byNumber ?? members.find((member) => personOf(member.idNumber) === personOf(idNumber));
}

function heldFaults(change: PersonChange, registry: RegistrySnapshot): readonly Fault[] {
  const { kind, name, personNo } = change;
  const member = findMember(change, registry);
  if (kind === 'increase') {
    if (member === undefined) return [];
    return [{ words: `${name}在登记系统中已是本户成员，不能再增加`, missing: '不在本户的人员' }];
  }
  if (member === undefined) {
    const words = `${name}在登记系统中不是本户成员，不能${PERSON_CHANGE_WORDS[kind]}`;
    return [{ words, missing: '登记系统中的本户成员' }];
  }
  if (kind === 'correct') {
    if (member.personNo === personNo) return [];
    const words = `${name}的人口编号与登记系统不一致`;
    return [{ words, missing: '与登记系统一致的人口编号' }];
  }
  if (member.name === name) return [];
  const words = `表上的${name}在登记系统中是${member.name}`;
  return [{ words, missing: '与登记系统一致的姓名和号码' }];
}

/** 户主 after the changes: a household keeps one, and somebody at all. */
function headFaults(
  { changes, newHead }: PersonChangeForm,
  registry: RegistrySnapshot,
): readonly Fault[] {
  const leaving = new Set(
    changes.flatMap((change) =>
      change.kind === 'decrease' ? (findMember(change, registry) ?? []) : [],
    ),
  );
  const staying = registry.members.filter((member) => !leaving.has(member));
  const coming = changes.filter(({ kind }) => kind === 'increase');
  if (staying.length + coming.length === 0) {
    const words = '全户成员都减少，没有文件规定如何标注，不能按人员减少办理';
    return [{ words, missing: '留下的家庭成员' }];
  }
  const keepsHead = staying.some(({ isHead }) => isHead);
  if (newHead === null) {
    return keepsHead ? [] : [{ words: '户主减少，没有填变更后的户主', missing: '变更后的户主' }];
  }
  if (keepsHead) return [{ words: '户主没有减少，不能另填户主', missing: '原户主的减少' }];
  const isThere = [...staying, ...coming].some(
    ({ idNumber }) => personOf(idNumber) === personOf(newHead.idNumber),
  );
  if (isThere) return [];
  return [{ words: `变更后的户主${newHead.name}不是本户成员`, missing: '本户成员中的户主' }];
}

/** NEW-HOUSEHOLD — 新识别（人员调整） is for households identified in the plan's year (S2). */
export const householdOfThisYear: Guard = ({ plan, facts }) => {
  if (facts.registry?.identifiedYear === plan.year) return null;
  return {
    words: `${householdWords(facts)}不是${plan.year}年新识别的户，不能办人员调整`,
    missing: [`识别年度为${plan.year}年`],
    whoClears: registryKeepers(plan),
  };
};
