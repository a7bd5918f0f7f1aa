/** 录入/标注 — operator and reviewer stamp each household; a few at a time go to the registry, one by one. */
import type { OrgLevel } from '../../organisation/org-code.ts';
import type { Plan, RegistrationStep } from '../../plan/plan.ts';
import { formatInstant, type Instant } from '../../time/instant.ts';
import { type Role, SYSTEM_ACTOR } from '../actor.ts';
import { findAuthority } from '../authority.ts';
import { REGISTRY_REFUSED } from '../block-codes.ts';
import type { CommandRequest } from '../command.ts';
import type { Deliberation } from '../deliberation.ts';
import type { StampedEntry } from '../event.ts';
import type { WindowFact } from '../facts.ts';
import { afterProgress } from '../moves.ts';
import type { Refusal } from '../refusal.ts';
import {
  requireCases,
  requireEvidence,
  requireGuards,
  requireRole,
  requireStep,
  requireSubjects,
} from '../requirements.ts';
import { type CaseState, isActive } from '../state.ts';
import { refuseListObjections } from './notice.ts';

type Of<T extends CommandRequest['type']> = Extract<CommandRequest, { type: T }>;

const LEVELS_UPWARD: readonly OrgLevel[] = [
  'village',
  'township',
  'county',
  'city',
  'province',
  'nation',
];

/** Stamped rows that one carry may hold: keeps each carry short, the registry still gets one at a time. */
export const CARRY_LIMIT = 25;

/** Carries stamped households to the registry inside an open window. */
export function carryRegistrations(d: Deliberation, body: Of<'carry-registrations'>): void {
  const step = requireStep(d, 'registration');
  if (step === undefined) return;
  requireRole(d, step.reviewers, step.clauseId);
  if (body.entries.length < 1 || body.entries.length > CARRY_LIMIT) {
    d.refuse({
      code: 'G-16',
      words: `必须逐${d.unit}录入、逐${d.unit}复核，每次提交1至${CARRY_LIMIT}${d.unit}，不得批量导入。`,
      clauseId: oneByOneClause(d, step),
      missing: [`逐${d.unit}录入并复核的${d.unit}`],
    });
  }
  const items = requireCases(
    d,
    body.entries.map((entry) => entry.caseId),
  );
  if (items.length !== body.entries.length) {
    d.refuse({
      code: 'G-16',
      words: `每${d.unit}只能提交一次。`,
      clauseId: oneByOneClause(d, step),
      missing: [`每${d.unit}一条录入`],
    });
  }
  for (const entry of body.entries) checkStamps(d, step, entry);
  const window = openWindow(d, step);
  if (window === undefined) refuseClosedWindow(d, step);
  checkAnnouncement(d, step);
  refuseListObjections(d, step.clauseId);
  for (const item of items) checkRegistrable(d, step, item);
  requireSubjects(d, items);
  if (!d.refused) requireGuards(d, step, items);
  if (d.refused || window === undefined) return;
  const again = items.filter((item) =>
    item.blocks.some((block) => block.code === REGISTRY_REFUSED),
  );
  for (const item of again) {
    d.emit({
      type: 'case-unblocked',
      caseIds: [item.id],
      code: REGISTRY_REFUSED,
      ref: item.registration?.effectId ?? null,
    });
  }
  const effectId = `${d.state.rosterId}-e${d.state.effects.length + 1}`;
  d.emit({ type: 'registration-sent', effectId, windowId: window.id, entries: body.entries });
}

/** 操作员与复核人 are two people, each with the duty when stamping, in order, in this pass of the step. */
export function checkStamps(d: Deliberation, step: RegistrationStep, entry: StampedEntry): void {
  const { operatorId, operatorAt, reviewerId, reviewerAt } = entry;
  const base = { clauseId: step.clauseId, cases: [entry.caseId] };
  if (operatorId === reviewerId) {
    d.refuse(samePerson(d.plan, step, [entry.caseId]));
  }
  if (operatorAt > d.at || reviewerAt > d.at) {
    const earliestAt = Math.max(operatorAt, reviewerAt);
    d.refuse({ code: 'STAMP-IN-FUTURE', words: '录入或复核时间晚于现在。', earliestAt, ...base });
  }
  if (operatorAt > reviewerAt) {
    const missing = ['录入之后的复核'];
    const words = '复核早于录入，请先录入、后复核。';
    d.refuse({ code: 'STAMP-OUT-OF-ORDER', words, missing, ...base });
  }
  if (operatorAt < d.state.stepSince) {
    const words = `该${d.unit}的录入早于名单到达本环节，退回前的录入不算数，请重新录入、复核。`;
    d.refuse({ code: 'STAMP-OUT-OF-ORDER', words, missing: ['本环节内的录入和复核'], ...base });
  }
  if (!heldDuty(d, operatorId, step.by, { caseId: entry.caseId, at: operatorAt })) {
    const missing = ['有录入岗位的人录入'];
    d.refuse({ code: 'NOT-YOUR-DUTY', words: '录入人没有本辖区的录入岗位。', missing, ...base });
  }
  if (!heldDuty(d, reviewerId, step.reviewers, { caseId: entry.caseId, at: reviewerAt })) {
    const missing = ['有复核岗位的人复核'];
    d.refuse({ code: 'NOT-YOUR-DUTY', words: '复核人没有本辖区的复核岗位。', missing, ...base });
  }
  if (d.state.typists.includes(reviewerId)) {
    const missing = ['没有代录过这份名单的人复核'];
    const words = '代录过这份名单的人不能复核。';
    d.refuse({ code: 'PROXY-TYPIST-REVIEWS', words, missing, ...base });
  }
}

function heldDuty(
  d: Deliberation,
  userId: string,
  roles: readonly Role[],
  { caseId, at }: { readonly caseId: string; readonly at: Instant },
): boolean {
  const person = d.facts.people[userId];
  const subjects = d.state.cases.flatMap(({ id, subjectId }) => (id === caseId ? [subjectId] : []));
  return person !== undefined && findAuthority(person, roles, d.facts, at, { subjects }).ok;
}

/** G-16 cites the text of 逐户录入, where the pack names one. */
function oneByOneClause({ plan }: Deliberation, step: RegistrationStep): string {
  return plan.citations?.oneByOneClauseId ?? step.clauseId;
}

/** 录入人与复核人是同一人 (G-17), also for whoever asks before the command is sent. */
export function samePerson(plan: Plan, step: RegistrationStep, cases: readonly string[]): Refusal {
  return {
    code: 'G-17',
    words: '录入人与复核人不能是同一人，须由另一人复核。',
    clauseId: plan.citations?.twoPeopleClauseId ?? step.clauseId,
    missing: ['另一人的复核'],
    whoClears: '另一复核人',
    cases,
  };
}

/** 功能窗口 over this list: functions are opened from above, so one of the city covers its counties. */
function windowsOver(d: Deliberation, step: RegistrationStep): readonly WindowFact[] {
  const from = LEVELS_UPWARD.indexOf(step.windowLevel);
  const units = LEVELS_UPWARD.slice(from).flatMap((level) => d.facts.chain[level] ?? []);
  return d.facts.windows.filter(
    ({ functionKey, unitCode }) => functionKey === step.functionKey && units.includes(unitCode),
  );
}

function openWindow(d: Deliberation, step: RegistrationStep): WindowFact | undefined {
  return windowsOver(d, step).find(
    ({ opensAt, closesAt }) => opensAt <= d.at && (closesAt === null || d.at < closesAt),
  );
}

function refuseClosedWindow(d: Deliberation, step: RegistrationStep): void {
  const opening = windowsOver(d, step)
    .filter((window) => window.opensAt > d.at)
    .map((window) => window.opensAt);
  const words = `全国扶贫开发信息系统“${step.functionName}”功能当前未开放，不能录入或标注。`;
  const earliest = opening.length === 0 ? {} : { earliestAt: Math.min(...opening) };
  d.refuse({
    code: 'G-15',
    words,
    clauseId: d.plan.citations?.windowClauseId ?? step.clauseId,
    missing: [`${step.functionName}功能开放`],
    whoClears: '本级或上级领导小组办公室',
    ...earliest,
  });
}

function checkAnnouncement(d: Deliberation, step: RegistrationStep): void {
  const { announcement } = d.state;
  if (announcement?.endsAt == null || d.at >= announcement.endsAt) return;
  const words = `公告未满规定天数，${formatInstant(announcement.endsAt, { endOfDay: true })}之后方可录入或标注。`;
  d.refuse({
    code: 'ANNOUNCEMENT-RUNNING',
    words,
    clauseId: announcement.receipt?.clauseId ?? step.clauseId,
    missing: ['公告满规定天数'],
    earliestAt: announcement.endsAt,
  });
}

function checkRegistrable(d: Deliberation, step: RegistrationStep, item: CaseState): void {
  const cases = [item.id];
  if (item.registration !== null && item.registration.state !== 'refused') {
    d.refuse({
      code: 'ALREADY-DONE',
      words: `该${d.unit}已提交登记，不能重复提交。`,
      clauseId: step.clauseId,
      cases,
    });
  }
  const other = item.blocks.find((block) => block.code !== REGISTRY_REFUSED);
  if (other !== undefined) {
    d.refuse({ code: other.code, words: other.words, clauseId: step.clauseId, cases });
  }
}

/** What the registry answered; reported by the system, which approves nothing. */
export function reportRegistrations(d: Deliberation, body: Of<'report-registrations'>): void {
  const step = requireStep(d, 'registration');
  if (step === undefined) return;
  if (d.command.actor.userId !== SYSTEM_ACTOR.userId) {
    return d.refuse({
      code: 'NOT-YOUR-DUTY',
      words: '登记结果由系统回报，不能手工填写。',
      clauseId: step.clauseId,
      missing: ['登记系统的答复'],
      whoClears: '登记系统（系统自动回报）',
    });
  }
  const effect = d.state.effects.find((item) => item.id === body.effectId);
  if (effect === undefined || effect.settled) {
    return d.refuse({ code: 'ALREADY-DONE', words: '该批登记结果已回报。' });
  }
  const { effectId, answers } = body;
  d.emit({ type: 'registration-answered', effectId, outcome: step.outcome, answers });
  for (const answer of answers) {
    const item = d.state.cases.find((each) => each.id === answer.caseId);
    if (answer.result !== 'refused' || item === undefined || !isActive(item)) continue;
    const words = `登记系统未受理：${answer.words}`;
    d.emit({
      type: 'case-blocked',
      caseIds: [answer.caseId],
      code: REGISTRY_REFUSED,
      words,
      ref: effectId,
    });
  }
  afterProgress(d);
}

/** 监督检查 — after the label; a problem is recorded and flagged, then the list is closed. */
export function inspect(d: Deliberation, body: Of<'inspect'>): void {
  const step = requireStep(d, 'inspection');
  if (step === undefined) return;
  requireRole(d, step.by, step.clauseId);
  requireEvidence(d, step.evidence, body.evidence, step.clauseId);
  const labelled = new Set(
    d.state.cases.filter((item) => item.status === 'closed').map((item) => item.id),
  );
  const unknown = body.findings.filter((finding) => !labelled.has(finding.caseId));
  if (unknown.length > 0) {
    const cases = unknown.map((finding) => finding.caseId);
    const missing = [`本名单上已标注的${d.unit}`];
    d.refuse({
      code: 'UNKNOWN-CASE',
      words: `只能检查本名单上已标注的${d.unit}。`,
      cases,
      missing,
    });
  }
  if (body.findings.length === 0) {
    d.refuse({
      code: 'NOTHING-NAMED',
      words: `请至少检查一${d.unit}。`,
      missing: [`检查的${d.unit}`],
    });
  }
  if (d.refused) return;
  d.emit({ type: 'inspected', findings: body.findings, evidence: body.evidence });
  d.emit({ type: 'roster-closed' });
}
