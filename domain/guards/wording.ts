import type { CaseFacts, VisitForm } from '../facts/household-facts.ts';
import { DUTY_WORDS, type Role } from '../kernel/actor.ts';
import { LEVEL_WORDS } from '../organisation/org-code.ts';
import type { Plan, PlanStep, StepKind } from '../plan/plan.ts';
import type { Guard, GuardFinding, GuardInput } from './guard.ts';

/** 户主姓名加“户”: of the registry, else of the form; 该户 while neither names a head. */
export function householdWords(facts: CaseFacts): string {
  const head = facts.registry?.headName ?? facts.form?.members.find(({ isHead }) => isHead)?.name;
  return head === undefined || head === '' ? '该户' : `${head}户`;
}

/** 村名; 该村 while the registry does not name it. */
export function villageWords(facts: CaseFacts): string {
  return facts.village?.registry?.name ?? '该村';
}

/** 县名; 该县 while the record does not name it. */
export function countyWords(facts: CaseFacts): string {
  return facts.county?.registry?.name ?? '该县';
}

/** 对象 as a sentence begins with it: the household by its head, village and county by their names. */
export function subjectName(facts: CaseFacts | undefined): string {
  if (facts === undefined) return '该户';
  if (facts.county !== undefined) return countyWords(facts);
  return facts.village === undefined ? householdWords(facts) : villageWords(facts);
}

/** 金额 in yuan, '4000.00元'; whole fen, exact. */
export function yuanWords(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}元`;
}

/** 村经办、县级审核: who holds these roles, as a clerk would say it. */
export function rolesWords(roles: readonly Role[]): string {
  return roles.map(({ level, duty }) => `${LEVEL_WORDS[level]}${DUTY_WORDS[duty]}`).join('、');
}

/** The first step of a kind in the plan, with its own type. */
export function findStep<K extends StepKind>(
  plan: Plan,
  kind: K,
): Extract<PlanStep, { kind: K }> | undefined {
  return plan.steps.find((step): step is Extract<PlanStep, { kind: K }> => step.kind === kind);
}

/** Who fills in the visit form under this plan, e.g. 村经办. */
export function formKeepers(plan: Plan): string {
  const step = findStep(plan, 'collect') ?? findStep(plan, 'verification');
  return step === undefined ? '填表的村' : rolesWords(step.by);
}

/** Who puts the registry's data right. */
export function registryKeepers(plan: Plan): string {
  const step = findStep(plan, 'registration');
  return step === undefined ? '全国扶贫开发信息系统的录入人员' : rolesWords(step.by);
}

/** The finding of every guard that reads the form, while there is none. */
export function formMissing({ plan, facts }: GuardInput): GuardFinding {
  return {
    words: `${householdWords(facts)}还没有入户信息采集（核实）表，无法核对`,
    missing: ['入户信息采集（核实）表'],
    whoClears: formKeepers(plan),
  };
}

/** A guard over the saved form; without a form it never passes. */
export function withForm(
  judge: (form: VisitForm, input: GuardInput) => GuardFinding | null,
): Guard {
  return (input) => {
    const { form } = input.facts;
    return form === null ? formMissing(input) : judge(form, input);
  };
}
