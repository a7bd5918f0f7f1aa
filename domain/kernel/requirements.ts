/** 办理要件 common to the steps: right step, known cases, files named, guards held. */
import { GUARDS } from '../guards/index.ts';
import { invariant } from '../invariant.ts';
import type { DecisionStep, GuardUse, PlanStep, ReviewStep, StepKind } from '../plan/plan.ts';
import { type Instant, type PlainDate, plainDateAt, startOfDay } from '../time/instant.ts';
import type { Role } from './actor.ts';
import { findAuthority } from './authority.ts';
import { concernedSubjects } from './concerned-subjects.ts';
import type { Deliberation } from './deliberation.ts';
import type { Evidence } from './event.ts';
import type { Refusal } from './refusal.ts';
import { type CaseState, isActive } from './state.ts';
import { subjectRefusal } from './subject.ts';

/** The current step if it is of the kind the act belongs to; otherwise an OUT-OF-ORDER refusal. */
export function requireStep<K extends StepKind>(
  d: Deliberation,
  kind: K,
): Extract<PlanStep, { kind: K }> | undefined {
  const { step } = d;
  if (step.kind === kind) return step as Extract<PlanStep, { kind: K }>;
  const wanted = d.plan.steps.filter((item) => item.kind === kind);
  const names = wanted.map((item) => item.name).join('、');
  const words =
    wanted.length === 0
      ? '本程序没有这个环节。'
      : `当前环节是“${step.name}”，此项应在“${names}”环节办理，不能提前、不能跳过。`;
  d.refuse({ code: 'OUT-OF-ORDER', words, clauseId: step.clauseId, missing: stepsBefore(d, kind) });
  return undefined;
}

/** 尚未办结的环节 between the list and the next step of the kind; none where it lies behind or nowhere. */
function stepsBefore(d: Deliberation, kind: StepKind): readonly string[] {
  const { stepIndex } = d.state;
  const next = d.plan.steps.findIndex((item, index) => index > stepIndex && item.kind === kind);
  return d.plan.steps.slice(stepIndex, Math.max(next, stepIndex)).map((item) => item.name);
}

/** Requires one of the roles over this list and notes the organisation for which the actor signs. */
export function requireRole(d: Deliberation, roles: readonly Role[], clauseId?: string): void {
  const { actor } = d.standing;
  invariant(actor !== null, 'a command has an actor');
  const day = d.standing.proxy === null ? d.at : d.standing.receivedAt;
  const matter = { clauseId, subjects: concernedSubjects(d.state, d.body) };
  const authority = findAuthority(actor, roles, d.facts, day, matter);
  if (authority.ok) d.standing = { ...d.standing, actorOrg: authority.orgCode };
  else d.refuse(authority.refusal);
}

/** What a department gives at a step, and the verb for giving it. */
export interface DepartmentAnswer {
  readonly name: string;
  readonly given: string;
  /** False where this list never asked the department. */
  readonly isAsked: boolean;
}

/** The department answers for itself: the duty that reaches this list must be its own. */
export function requireDepartment(
  d: Deliberation,
  step: PlanStep,
  department: string,
  { name, given, isAsked }: DepartmentAnswer,
): void {
  const roles = step.by.filter((role) => role.duty === 'department');
  requireRole(d, roles, step.clauseId);
  const { actor, at } = d.standing;
  const duties = (actor?.duties ?? []).filter((duty) => duty.department === department);
  const subjects = concernedSubjects(d.state, d.body);
  const isOwn =
    actor !== null && findAuthority({ ...actor, duties }, roles, d.facts, at, { subjects }).ok;
  if (isOwn && isAsked) return;
  d.refuse({
    code: 'NOT-YOUR-DUTY',
    words: `${department}的${name}只能由该部门${given}。`,
    clauseId: step.clauseId,
    missing: [`${department}的${name}`],
    whoClears: department,
  });
}

/** A document has its number. */
export function requireDocumentNo(
  d: Deliberation,
  { clauseId }: PlanStep,
  documentNo: string,
  words: string,
): void {
  if (documentNo.trim() !== '') return;
  d.refuse({ code: 'DOCUMENT-NO-MISSING', words, clauseId, missing: ['文号'] });
}

/** A document is not of a day to come; false when it was refused for that. */
export function requireDocumentPast(
  d: Deliberation,
  { clauseId }: PlanStep,
  on: PlainDate,
): boolean {
  if (on <= plainDateAt(d.at)) return true;
  const words = '文件日期晚于今天，请核对。';
  const missing = ['日期不晚于今天的文件'];
  const earliestAt = startOfDay(on);
  d.refuse({ code: 'DOCUMENT-DATE', words, clauseId, missing, earliestAt });
  return false;
}

/** 代录 typists may not review the list they typed. */
export function requireNotTypist(d: Deliberation): void {
  // Neither in one's own name nor by typing the reviewer's paper.
  const users = [d.standing.actor?.userId, d.command.actor.userId];
  if (users.some((userId) => userId !== undefined && d.state.typists.includes(userId))) {
    d.refuse({
      code: 'PROXY-TYPIST-REVIEWS',
      words: '您代录过这份名单的材料，不能再审核它，请由他人审核。',
      missing: ['没有代录过这份名单的人审核'],
    });
  }
}

/** Requires a reason in words. */
export function requireReason(d: Deliberation, reason: string): void {
  if (reason.trim() === '')
    d.refuse({ code: 'WORDS-MISSING', words: '请写明理由。', missing: ['理由'] });
}

/** Requires the files of a requirement: named, and held by the file store. */
export function requireEvidence(
  d: Deliberation,
  uses: readonly { readonly key: string; readonly name: string; readonly min: number }[],
  evidence: Evidence,
  clauseId: string,
): void {
  const missing: string[] = [];
  for (const use of uses) {
    const named = [...new Set(evidence[use.key])];
    const held = named.filter((hash) => d.facts.files.includes(hash));
    if (held.length < use.min || held.length < named.length) missing.push(use.name);
  }
  if (missing.length === 0) return;
  const words = `缺少附件或附件未上传成功：${missing.join('、')}。`;
  d.refuse({ code: 'EVIDENCE-MISSING', words, clauseId, missing });
}

/** The cases named, or a refusal for each that this list does not carry. */
export function requireCases(d: Deliberation, caseIds: readonly string[]): readonly CaseState[] {
  const found: CaseState[] = [];
  for (const id of new Set(caseIds)) {
    const item = d.state.cases.find((each) => each.id === id);
    if (item === undefined || !isActive(item)) {
      d.refuse({
        code: 'UNKNOWN-CASE',
        words: `名单上没有在办的办件 ${id}。`,
        cases: [id],
        missing: [`名单上在办的${d.unit}`],
      });
    } else found.push(item);
  }
  return found;
}

/** Subjects on their way to the registry stay where they are until it has answered. */
export function requireNotSent(d: Deliberation, caseIds: readonly string[]): void {
  const named = new Set(caseIds);
  const sent = d.state.cases.filter(
    (item) => named.has(item.id) && item.registration?.state === 'sent',
  );
  if (sent.length === 0) return;
  const cases = sent.map((item) => item.id);
  d.refuse({
    code: 'REGISTRATION-UNDER-WAY',
    words: `该${d.unit}正在登记，须等登记结果。`,
    cases,
    missing: ['登记系统的答复'],
    whoClears: '登记系统（系统自动回报）',
  });
}

/** Requires that every case still is a household that the procedure is for. */
export function requireSubjects(d: Deliberation, items: readonly CaseState[]): void {
  for (const refusal of subjectRefusals(d, items)) d.refuse(refusal);
}

function subjectRefusals(d: Deliberation, items: readonly CaseState[]): readonly Refusal[] {
  return items.flatMap(({ id }) => subjectRefusal(d.plan, d.facts, id) ?? []);
}

/** Requires the step's guards of every case named: no household passes on the strength of its neighbours. */
export function requireGuards(d: Deliberation, step: PlanStep, items: readonly CaseState[]): void {
  for (const use of step.guards) report(d, use, findingsOf(d, step, use, items));
}

/** 转办: which guard sends a household elsewhere, and why. */
export interface Diversion {
  readonly caseId: string;
  readonly code: string;
  readonly words: string;
}

/** As `requireGuards`, where the step can send households elsewhere; returns those, each once. */
export function requireOrDivert(
  d: Deliberation,
  step: PlanStep,
  items: readonly CaseState[],
): readonly Diversion[] {
  const diverted = new Map<string, Diversion>();
  for (const use of step.guards) {
    const found = findingsOf(d, step, use, items);
    if (use.mode !== 'divert') {
      report(d, use, found);
      continue;
    }
    for (const { caseId, words } of found) {
      if (!diverted.has(caseId)) diverted.set(caseId, { caseId, code: use.id, words });
      d.warn({ code: use.id, words, clauseId: use.clauseId, cases: [caseId] });
    }
  }
  return [...diverted.values()];
}

/**
 * Runs the guards of a list-paced step; returns the ids that fail a refusing guard. Only here may the
 * list go on without them (`leaveBehind`), because they then stay behind as a list of their own.
 */
export function failingCases(
  d: Deliberation,
  step: ReviewStep | DecisionStep,
  items: readonly CaseState[],
): ReadonlySet<string> {
  const misplaced = subjectRefusals(d, items);
  const failing = new Set(misplaced.flatMap(({ cases = [] }) => cases));
  if (d.body.leaveBehind !== true) for (const refusal of misplaced) d.refuse(refusal);
  for (const use of step.guards) {
    const found = findingsOf(d, step, use, items);
    if (isRefusing(use)) for (const finding of found) failing.add(finding.caseId);
    if (!isRefusing(use) || d.body.leaveBehind !== true) report(d, use, found);
  }
  return failing;
}

interface CaseFinding {
  readonly caseId: string;
  readonly words: string;
  readonly missing: readonly string[];
  readonly whoClears: string | undefined;
  readonly earliestAt: Instant | undefined;
}

/** What guards are asked of: a command under judgement, or a list that is looked at beforehand. */
export type Judged = Pick<Deliberation, 'plan' | 'at' | 'facts'>;

/** What the refusing guards of a step have against cases, without anything being done. */
export function guardRefusals(
  judged: Judged,
  step: PlanStep,
  items: readonly CaseState[],
): readonly Refusal[] {
  return step.guards
    .filter(isRefusing)
    .flatMap((use) =>
      findingsOf(judged, step, use, items).map((finding) => refusalOf(use, alone(finding))),
    );
}

function findingsOf(
  judged: Judged,
  step: PlanStep,
  use: GuardUse,
  items: readonly CaseState[],
): readonly CaseFinding[] {
  const guard = GUARDS[use.id];
  invariant(guard !== undefined, `unknown guard ${use.id}`);
  const { plan, at } = judged;
  const { ordinaryPoorOutside, monitoringScale } = judged.facts;
  const found: CaseFinding[] = [];
  for (const item of items) {
    const facts = judged.facts.cases[item.id];
    invariant(facts !== undefined, 'facts of every judged case are loaded');
    const finding = guard({
      plan,
      step,
      at,
      item,
      facts,
      ordinaryPoorOutside,
      monitoringScale,
    });
    if (finding === null) continue;
    const { words, whoClears, earliestAt } = finding;
    const missing = finding.missing ?? [];
    found.push({ caseId: item.id, words, missing, whoClears, earliestAt });
  }
  return found;
}

/** Where nothing can be sent elsewhere, what should be is refused. */
function isRefusing({ mode }: GuardUse): boolean {
  return mode === 'refuse' || mode === 'divert';
}

interface SaidFinding extends CaseFinding {
  readonly cases: readonly string[];
}

function alone(finding: CaseFinding): SaidFinding {
  return { ...finding, cases: [finding.caseId] };
}

/** A warning about the whole list is said once, with the households that it was found at. */
function oncePerWords(found: readonly CaseFinding[]): readonly SaidFinding[] {
  const said = new Map<string, CaseFinding & { cases: string[] }>();
  for (const finding of found) {
    const same = said.get(finding.words);
    if (same === undefined) said.set(finding.words, { ...finding, cases: [finding.caseId] });
    else same.cases.push(finding.caseId);
  }
  return [...said.values()];
}

function refusalOf({ id: code, clauseId }: GuardUse, said: SaidFinding): Refusal {
  const { words, cases, missing, whoClears, earliestAt } = said;
  return {
    code,
    words,
    clauseId,
    cases,
    missing,
    ...(whoClears === undefined ? {} : { whoClears }),
    ...(earliestAt === undefined ? {} : { earliestAt }),
  };
}

function report(d: Deliberation, use: GuardUse, found: readonly CaseFinding[]): void {
  const said = use.mode === 'warn' ? oncePerWords(found) : found.map(alone);
  for (const finding of said) {
    const { words, cases } = finding;
    const { id: code, clauseId } = use;
    if (isRefusing(use)) {
      d.refuse(refusalOf(use, finding));
      continue;
    }
    const reason = d.body.reasons?.[code]?.trim();
    if (use.mode === 'warn-with-reason' && (reason === undefined || reason === '')) {
      const asked = `${words}文件为原则性要求，如需继续请填写理由。`;
      d.refuse({
        code: 'REASON-REQUIRED',
        words: asked,
        clauseId,
        cases,
        missing: [`reasons.${code}：理由`],
      });
      continue;
    }
    d.warn({ code, words, clauseId, cases, ...(reason === undefined ? {} : { reason }) });
  }
}
