/** 退回、推进、拆分、撤回、中止 — moves that belong to no single kind of step. */

import { findStepIndex, type StepKind } from '../../plan/plan.ts';
import { type Role, SYSTEM_ACTOR } from '../actor.ts';
import { WITHDRAWAL_EVIDENCE } from '../beside-evidence.ts';
import type { CommandRequest } from '../command.ts';
import type { Deliberation } from '../deliberation.ts';
import { afterProgress, enterNext, returnRoster, splitOff } from '../moves.ts';
import {
  requireCases,
  requireEvidence,
  requireNotSent,
  requireReason,
  requireRole,
} from '../requirements.ts';
import { activeCases, clearCases } from '../state.ts';

type Of<T extends CommandRequest['type']> = Extract<CommandRequest, { type: T }>;

const SUSPENDERS: readonly Role[] = [
  { level: 'county', duty: 'office' },
  { level: 'township', duty: 'reviewer' },
];
/** What goes on without those that are not done. */
const CASE_PACED: readonly StepKind[] = [
  'collect',
  'verification',
  'acceptance',
  'comparison',
  'certification',
  'assembly',
];
const VILLAGE: readonly Role[] = [{ level: 'village', duty: 'clerk' }];

/** Whoever holds the list moves it; a department only answers its comparison. */
function requireHolder(d: Deliberation): void {
  const holders = d.step.by.filter((role) => role.duty !== 'department');
  requireRole(d, holders, d.step.clauseId);
}

/** 退回 — by the level that holds the list, to an earlier step; all cases move it, some split off. */
export function returnCases(d: Deliberation, body: Of<'return-cases'>): void {
  const { step } = d;
  requireHolder(d);
  requireReason(d, body.reason);
  const toStep = findStepIndex(d.plan, body.toStep);
  if (toStep === undefined || toStep >= d.state.stepIndex) {
    return d.refuse({
      code: 'RETURN-TARGET',
      words: '只能退回到本名单已办过的环节。',
      clauseId: step.clauseId,
      missing: d.plan.steps.slice(0, d.state.stepIndex).map((item) => item.name),
    });
  }
  const active = activeCases(d.state);
  const items = body.caseIds === null ? active : requireCases(d, body.caseIds);
  if (items.length === 0) d.refuse({ code: 'NOTHING-NAMED', words: `请选择要退回的${d.unit}。` });
  requireNotSent(
    d,
    items.map((item) => item.id),
  );
  if (d.refused) return;
  if (items.length === active.length) return returnRoster(d, toStep, body.reason);
  splitOff(d, items, body.reason, toStep);
  afterProgress(d);
}

/**
 * 分户、并户退回 — the case starts again: what was visited, voted and posted was of another household. The
 * system sends it once the registry holds the change; it approves nothing. What is not collected yet stays.
 */
export function returnDivided(d: Deliberation, body: Of<'return-divided'>): void {
  const { step } = d;
  if (d.command.actor.userId !== SYSTEM_ACTOR.userId) {
    return d.refuse({
      code: 'NOT-YOUR-DUTY',
      words: '分户、并户的退回由系统在登记后发出，其他退回请用“退回”。',
      clauseId: step.clauseId,
      missing: ['登记系统中的分户、并户'],
      whoClears: '登记系统（系统自动发出）',
    });
  }
  const [item] = requireCases(d, [body.caseId]);
  requireNotSent(d, [body.caseId]);
  if (d.refused || item === undefined) return;
  if (d.state.stepIndex === 0 && !item.done) {
    const words = '该户还没有采集，采集时按变更后的家庭填写，不需退回。';
    return d.refuse({ code: 'ALREADY-DONE', words, cases: [item.id] });
  }
  if (activeCases(d.state).length === 1) return returnRoster(d, 0, body.reason);
  splitOff(d, [item], body.reason, 0);
  afterProgress(d);
}

/** 名单先行 — a case-paced step or assembly goes on without the households that are not done. */
export function advance(d: Deliberation, body: Of<'advance'>): void {
  const { step } = d;
  const cased = CASE_PACED.includes(step.kind);
  if (!cased) {
    const words = `“${step.name}”须按规定办结，不能直接推进。`;
    return d.refuse({ code: 'OUT-OF-ORDER', words, clauseId: step.clauseId });
  }
  requireHolder(d);
  requireReason(d, body.reason);
  const done = clearCases(d.state).filter((item) => item.done);
  if (done.length === 0) {
    d.refuse({
      code: 'NOTHING-TO-PASS',
      words: `还没有一${d.unit}办妥本环节，不能推进。`,
      clauseId: step.clauseId,
      missing: wantedOf(d),
    });
  }
  if (d.refused) return;
  const behind = activeCases(d.state)
    .filter((item) => !item.done)
    .map((item) => item.id);
  enterNext(d, new Set(behind));
}

/** What the step waits for: of a comparison, the departments that have not answered. */
function wantedOf(d: Deliberation): readonly string[] {
  const { step } = d;
  if (step.kind !== 'comparison') return [`${step.name}办妥的${d.unit}`];
  const active = activeCases(d.state);
  const open = step.departments.filter((_, index) =>
    active.some((item) => (item.comparison?.marks[index] ?? 'waiting') === 'waiting'),
  );
  return open.length === 0 ? ['疑点的说明和认定'] : open.map((name) => `${name}的比对结果`);
}

/** 拆分 — some households go on as a list of their own, at the same step. */
export function split(d: Deliberation, body: Of<'split'>): void {
  requireHolder(d);
  requireReason(d, body.reason);
  const items = requireCases(d, body.caseIds);
  if (items.length === 0 || items.length >= activeCases(d.state).length) {
    const words = `请选择部分${d.unit}拆分，名单上至少留一${d.unit}。`;
    d.refuse({ code: 'NOTHING-NAMED', words, missing: [`要拆分的${d.unit}`] });
  }
  requireNotSent(d, body.caseIds);
  if (d.refused) return;
  splitOff(d, items, body.reason);
  afterProgress(d);
}

/** 撤回 — at the household's own wish, until the county has decided. */
export function withdrawCase(d: Deliberation, body: Of<'withdraw-case'>): void {
  requireRole(d, VILLAGE);
  requireReason(d, body.reason);
  requireEvidence(d, WITHDRAWAL_EVIDENCE, body.evidence, d.step.clauseId);
  requireCases(d, [body.caseId]);
  const announced =
    d.state.announcement !== null ||
    d.step.kind === 'announcement' ||
    d.step.kind === 'registration';
  if (announced)
    d.refuse({
      code: 'OUT-OF-ORDER',
      words: '已审定公告，不能再撤回。',
      clauseId: d.step.clauseId,
    });
  if (d.refused) return;
  d.emit({
    type: 'case-withdrawn',
    caseIds: [body.caseId],
    reason: body.reason,
    evidence: body.evidence,
  });
  afterProgress(d);
}

/** 中止 — stops the clocks; it never shortens a period. */
export function suspend(d: Deliberation, body: Of<'suspend'>): void {
  requireRole(d, SUSPENDERS);
  requireReason(d, body.reason);
  if (body.basis.trim() === '')
    d.refuse({ code: 'WORDS-MISSING', words: '请写明中止依据。', missing: ['依据'] });
  if (d.state.suspension !== null) d.refuse({ code: 'ALREADY-DONE', words: '名单已中止。' });
  if (!d.refused) d.emit({ type: 'suspended', reason: body.reason, basis: body.basis });
}

/** 恢复. */
export function resume(d: Deliberation, body: Of<'resume'>): void {
  requireRole(d, SUSPENDERS);
  requireReason(d, body.reason);
  if (d.state.suspension === null) d.refuse({ code: 'ALREADY-DONE', words: '名单没有中止。' });
  if (!d.refused) d.emit({ type: 'resumed', reason: body.reason });
}
