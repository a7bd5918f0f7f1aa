/** 比对 — asked by the county, answered by each department, per case; a hit goes back for explanation. */

import type { ComparisonStep } from '../../plan/plan.ts';
import { computePeriod } from '../../time/date-receipt.ts';
import { plainDateAt, startOfDay } from '../../time/instant.ts';
import type { Role } from '../actor.ts';
import { roleWords } from '../authority.ts';
import { EXPLANATION_EVIDENCE } from '../beside-evidence.ts';
import { HIT } from '../block-codes.ts';
import type { CommandRequest } from '../command.ts';
import type { Deliberation } from '../deliberation.ts';
import { afterProgress, isCompared, refuseMissingYear } from '../moves.ts';
import {
  requireCases,
  requireDepartment,
  requireEvidence,
  requireGuards,
  requireRole,
} from '../requirements.ts';
import { type CaseState, isActive } from '../state.ts';

type Of<T extends CommandRequest['type']> = Extract<CommandRequest, { type: T }>;

/** 疑点说明 is the village's. */
const EXPLAINER: Role = { level: 'village', duty: 'clerk' };

/** The comparison step, if the list stands at it or it may run ahead and still lies before the list. */
function requireComparison(d: Deliberation): ComparisonStep | undefined {
  const index = d.plan.steps.findIndex((step) => step.kind === 'comparison');
  const step = d.plan.steps[index];
  if (step?.kind === 'comparison') {
    if (index === d.state.stepIndex) return step;
    const started = d.state.stepIndex > 0;
    if (step.ahead && started && d.state.stepIndex < index) return step;
    // A result that has run out may be renewed until the county has decided.
    const decision = d.plan.steps.findIndex((each) => each.kind === 'decision');
    if (index < d.state.stepIndex && d.state.stepIndex <= decision) return step;
  }
  const words =
    step === undefined
      ? '本程序没有部门比对。'
      : `当前环节是“${d.step.name}”，还不能（或不再）办理比对。`;
  d.refuse({ code: 'OUT-OF-ORDER', words, clauseId: d.step.clauseId });
  return undefined;
}

/** 提请比对. */
export function requestComparison(d: Deliberation, body: Of<'request-comparison'>): void {
  const step = requireComparison(d);
  if (step === undefined) return;
  requireRole(
    d,
    step.by.filter((role) => role.duty !== 'department'),
    step.clauseId,
  );
  const items = requireCases(d, body.caseIds);
  if (!d.refused) requireGuards(d, step, items);
  if (!d.refused)
    d.emit({ type: 'comparison-requested', batchId: body.batchId, caseIds: body.caseIds });
}

/** 部门反馈 — by the department itself; results count until their validity has run out. */
export function receiveComparison(d: Deliberation, body: Of<'receive-comparison'>): void {
  const step = requireComparison(d);
  if (step === undefined) return;
  const { department, dataOn } = body;
  const departmentIndex = step.departments.indexOf(department);
  requireDepartment(d, step, department, {
    name: '比对结果',
    given: '反馈',
    isAsked: step.departments.includes(department),
  });
  if (d.state.comparisonAsked === null) {
    d.refuse({
      code: 'OUT-OF-ORDER',
      words: '县级尚未对本名单提请比对。',
      clauseId: step.clauseId,
      missing: ['县级提请比对'],
    });
  }
  if (dataOn > plainDateAt(d.at))
    d.refuse({
      code: 'DATA-DATE',
      words: '数据日期晚于今天，请核对。',
      missing: ['日期不晚于今天的数据'],
      earliestAt: startOfDay(dataOn),
    });
  const results = requireResults(d, body.results);
  const period = computePeriod(startOfDay(dataOn), step.validity, step.clauseId, d.plan.calendar);
  if (!period.ok) refuseMissingYear(d, period.missingYear, step.clauseId);
  if (d.refused || !period.ok) return;
  const validUntil = period.receipt.endsAt;
  if (validUntil <= d.at) {
    return d.refuse({
      code: HIT,
      words: '该批数据已过有效期，请用新数据比对。',
      clauseId: step.clauseId,
      missing: ['在有效期内的数据'],
      whoClears: department,
    });
  }
  d.emit({
    type: 'comparison-received',
    batchId: body.batchId,
    department,
    departmentIndex,
    departmentCount: step.departments.length,
    receiptId: body.receiptId,
    dataOn,
    validUntil,
    results,
  });
  for (const { caseId, hit } of results) settleResult(d, caseId, department, hit);
  finishCompared(
    d,
    results.map((result) => result.caseId),
  );
}

type Result = Of<'receive-comparison'>['results'][number];

/** Results of cases that the list still carries; one for each, of this list only. */
function requireResults(d: Deliberation, results: readonly Result[]): readonly Result[] {
  const ids = results.map(({ caseId }) => caseId);
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (repeated.length > 0) {
    d.refuse({
      code: 'RESULT-REPEATED',
      words: '同一户有两条比对结果，请核对。',
      cases: repeated,
      missing: ['每户一条结果'],
    });
  }
  const ended = new Set(d.state.cases.filter((item) => !isActive(item)).map(({ id }) => id));
  const standing = results.filter(({ caseId }) => !ended.has(caseId));
  requireCases(
    d,
    standing.map(({ caseId }) => caseId),
  );
  return standing;
}

function find(d: Deliberation, caseId: string): CaseState | undefined {
  return d.state.cases.find((item) => item.id === caseId);
}

function settleResult(d: Deliberation, caseId: string, department: string, hit: boolean): void {
  const blocked = find(d, caseId)?.blocks.some(
    (block) => block.code === HIT && block.ref === department,
  );
  if (hit && blocked !== true) {
    const words = `${department}比对有疑点，须说明并举证。`;
    d.emit({ type: 'case-blocked', caseIds: [caseId], code: HIT, words, ref: department });
  }
  if (!hit && blocked === true) {
    d.emit({ type: 'case-unblocked', caseIds: [caseId], code: HIT, ref: department });
  }
}

function finishCompared(d: Deliberation, caseIds: readonly string[]): void {
  const done = caseIds.filter((id) => {
    const item = find(d, id);
    return item !== undefined && !item.done && item.status === 'on-list' && isCompared(item);
  });
  if (d.step.kind === 'comparison' && done.length > 0) {
    d.emit({ type: 'case-done', caseIds: done, forms: [] });
  }
  afterProgress(d);
}

function hitOf(
  d: Deliberation,
  step: ComparisonStep,
  caseId: string,
  department: string,
): number | undefined {
  const [item] = requireCases(d, [caseId]);
  const index = step.departments.indexOf(department);
  const mark = item?.comparison?.marks[index];
  if (mark === 'hit' || mark === 'explained') return index;
  d.refuse({ code: 'NO-HIT', words: `该户在${department}没有待说明的疑点。`, cases: [caseId] });
  return undefined;
}

/** 疑点说明 by the village, with proof. */
export function explainHit(d: Deliberation, body: Of<'explain-hit'>): void {
  const step = requireComparison(d);
  if (step === undefined) return;
  requireRole(d, [EXPLAINER], step.clauseId);
  requireEvidence(d, EXPLANATION_EVIDENCE, body.evidence, step.clauseId);
  const { caseId, department, words, evidence } = body;
  const departmentIndex = hitOf(d, step, caseId, department);
  if (words.trim() === '')
    d.refuse({ code: 'WORDS-MISSING', words: '请写明情况说明。', missing: ['情况说明'] });
  if (d.refused || departmentIndex === undefined) return;
  d.emit({ type: 'hit-explained', caseId, department, departmentIndex, words, evidence });
}

/** 疑点认定 by the county: accepted clears the hit, otherwise it stays open. */
export function judgeExplanation(d: Deliberation, body: Of<'judge-explanation'>): void {
  const step = requireComparison(d);
  if (step === undefined) return;
  requireRole(
    d,
    step.by.filter((role) => role.duty !== 'department'),
    step.clauseId,
  );
  requireCases(d, [body.caseId]);
  const { caseId, department, accepted, words } = body;
  const departmentIndex = step.departments.indexOf(department);
  if (find(d, caseId)?.comparison?.marks[departmentIndex] !== 'explained') {
    d.refuse({
      code: 'NO-EXPLANATION',
      words: '村里尚未对该疑点作出说明。',
      cases: [caseId],
      missing: ['村里的疑点说明'],
      whoClears: roleWords(EXPLAINER, d.facts),
    });
  }
  if (words.trim() === '') {
    d.refuse({ code: 'WORDS-MISSING', words: '请写明认定意见。', missing: ['认定意见'] });
  }
  if (d.refused) return;
  const mark = accepted ? 'accepted' : 'hit';
  d.emit({ type: 'explanation-judged', caseId, department, departmentIndex, mark, words });
  if (!accepted) return;
  d.emit({ type: 'case-unblocked', caseIds: [caseId], code: HIT, ref: department });
  finishCompared(d, [caseId]);
}
