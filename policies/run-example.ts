/** 例证试办 — the examples of a rule, tried by the real kernel on the real plan. */
import { invariant } from '../domain/invariant.ts';
import type { Decision } from '../domain/kernel/decide.ts';
import type { Refusal, Warning } from '../domain/kernel/refusal.ts';
import type { GuardUse, Plan } from '../domain/plan/plan.ts';
import { addDays, type PlainDate, plainDate } from '../domain/time/instant.ts';
import { findTrainingConfirmations, type ValueConfirmation } from './confirm-values.ts';
import { type Example, type ExampleFile, type ExampleRule, LAUNCH } from './example-file.ts';
import type { PackLibrary } from './load-packs.ts';
import { caseWith, factsWith } from './paper/deviate.ts';
import { actOf, prepare } from './paper/lawful-act.ts';
import { PaperList } from './paper/paper-list.ts';
import { resolvePlan } from './resolve-plan.ts';

/** What an example should come to. */
export type ExampleKind = 'refused' | 'warned' | 'accepted';

/** One example tried. */
export interface ExampleResult {
  readonly packId: string;
  readonly procedure: Plan['procedure'];
  readonly rule: ExampleRule;
  /** The step in the words of the pack. */
  readonly stepName: string;
  readonly kind: ExampleKind;
  readonly words: string;
  readonly decision: Decision;
  /** What differs from the example, in words; null where law and example agree. */
  readonly fault: string | null;
}

/** Weeks after the income year ends, when visits are over and lists are made. */
const LIST_DAYS_AFTER_INCOME_YEAR = 32;

/** Tries every example of a file under each of its packs. */
export function runExamples(
  library: PackLibrary,
  file: ExampleFile,
  packIds: readonly string[] = file.packs,
): ExampleResult[] {
  return file.packs
    .filter((packId) => packIds.includes(packId))
    .flatMap((packId) => {
      const plan = examplePlan(library, packId, file);
      return file.rules.flatMap((rule) => runRule(plan, rule));
    });
}

/** The plan on which a pack's examples are tried: a county of its area, values as for training. */
export function examplePlan(library: PackLibrary, packId: string, file: ExampleFile): Plan {
  const pack = library.packs.get(packId)?.pack;
  invariant(pack !== undefined, `no pack ${packId}`);
  const areaCode = countyOf(pack.areaCode);
  const { procedure, placing, clauses } = file;
  const asked = { packId, procedure, areaCode };
  const confirmations = findTrainingConfirmations(packId) ?? suggestedValues(library, asked);
  const outcome = resolvePlan(library, { ...asked, confirmations });
  invariant(outcome.ok, `${packId}的值没有核定也没有建议，不能试办`);
  const placed = (key: string): GuardUse[] =>
    placing
      .filter(({ step }) => step === key)
      .map(({ id, mode, clause }) => ({ id, mode, clauseId: clause }));
  const { plan } = outcome;
  return {
    ...plan,
    clauses: { ...plan.clauses, ...clauses },
    steps: plan.steps.map((step) => ({ ...step, guards: [...step.guards, ...placed(step.key)] })),
  };
}

/** The first county of an area that is larger than one. */
function countyOf(areaCode: string): string {
  return areaCode.padEnd(6, '01');
}

/** Every value that waits for the office, as the pack suggests it. */
function suggestedValues(
  library: PackLibrary,
  asked: Pick<Plan, 'packId' | 'procedure' | 'areaCode'>,
): readonly ValueConfirmation[] {
  const outcome = resolvePlan(library, { ...asked, confirmations: [] });
  if (outcome.ok) return [];
  const paper = { documentNo: '试办', documentOn: '2000-01-01', by: '试办' };
  return outcome.unconfirmed.map(({ path, suggested }) => ({ path, value: suggested, ...paper }));
}

function runRule(plan: Plan, rule: ExampleRule): ExampleResult[] {
  const { packId, procedure } = plan;
  const step = plan.steps.find(({ key }) => key === rule.step);
  const about = { packId, procedure, rule, stepName: step?.name ?? '发起' };
  const expected = (also: readonly string[], own?: string) => [
    own ?? rule.code ?? rule.rule,
    ...also,
  ];
  return [
    ...rule.refused.map((example) => {
      const decision = tryExample(plan, rule.step, example);
      const fault = refusedFault(decision, expected(example.also, example.code), rule.clause);
      return { ...about, kind: 'refused' as const, words: example.words, decision, fault };
    }),
    ...rule.warned.map((example) => {
      const decision = tryExample(plan, rule.step, example);
      const fault = warnedFault(decision, expected(example.also, example.code), rule.clause);
      return { ...about, kind: 'warned' as const, words: example.words, decision, fault };
    }),
    ...rule.accepted.map((example) => {
      const decision = tryExample(plan, rule.step, example);
      const fault = warnedFault(decision, [], rule.clause);
      return { ...about, kind: 'accepted' as const, words: example.words, decision, fault };
    }),
  ];
}

/** When lists are made: after the income year; lists of villages in the autumn of the plan's year. */
function startOf({ subject, year, standards }: Plan): PlainDate {
  if (subject !== undefined) return plainDate(`${year}-10-09`);
  return addDays(standards.incomeWindow.to, LIST_DAYS_AFTER_INCOME_YEAR);
}

/** 试办: a lawful list walked to the step, the example's facts laid over it, the example's act tried. */
export function tryExample(plan: Plan, stepKey: string, { given, act }: Example): Decision {
  const start = `${startOf(plan)} 09:00`;
  const list = new PaperList(plan, start, { cases: act.households ?? 1 });
  if (stepKey === LAUNCH) {
    deviate(list, given);
    const { by = null } = act;
    const cases = list.state.cases.map(({ id, subjectId, groupId }) => ({
      id,
      subjectId,
      groupId,
    }));
    return by === null ? list.open(cases) : list.open(cases, list.who(by.level, by.duty));
  }
  const step = plan.steps.find(({ key }) => key === stepKey);
  invariant(step !== undefined, `${plan.packId}的${plan.title}没有环节${stepKey}`);
  list.walkTo(step.key);
  deviate(list, given);
  prepare(list, step, act);
  const { actor, body } = actOf(list, step, act);
  return list.send(actor, body);
}

function deviate(list: PaperList, given: Example['given']): void {
  const { plan, now } = list;
  for (const [id, facts] of Object.entries(list.caseFacts)) {
    list.caseFacts[id] = factsWith(facts, given, plan, now);
  }
  const cases = list.state.cases.map((item) => caseWith(item, given, plan, now));
  list.state = { ...list.state, cases };
  list.ordinaryPoorOutside = given.ordinaryPoorOutside ?? 0;
  list.monitoringScale = given.monitoringScale ?? list.monitoringScale;
}

function refusedFault(decision: Decision, codes: readonly string[], clause: string): string | null {
  if (decision.ok) return '应不予办理，却办理了';
  return fault(decision.refusals, codes, clause);
}

/** With no codes: taken without a word. */
function warnedFault(decision: Decision, codes: readonly string[], clause: string): string | null {
  if (!decision.ok) return `应可以办理，却不予办理：${saidBy(decision.refusals)}`;
  return fault(decision.warnings, codes, clause);
}

/** Exactly these codes, the first under the clause. */
function fault(
  said: readonly (Refusal | Warning)[],
  codes: readonly string[],
  clause: string,
): string | null {
  const got = new Set(said.map(({ code }) => code));
  const isSame = got.size === new Set(codes).size && codes.every((code) => got.has(code));
  if (!isSame) return `应为${codes.join('、') || '没有提示'}，却是${saidBy(said)}`;
  const other = said.find(({ code, clauseId }) => code === codes[0] && clauseId !== clause);
  return other === undefined ? null : `依据应为${clause}，却是${other.clauseId ?? '没有'}`;
}

function saidBy(said: readonly (Refusal | Warning)[]): string {
  return said.map(({ code, words }) => `${code} ${words}`).join('；') || '没有提示';
}
