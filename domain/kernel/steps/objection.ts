/** 异议 — names a listed case, an unlisted household (漏评), or the meeting or notice itself. */

import type { AnnouncementStep, NoticeStep } from '../../plan/plan.ts';
import { computeDue } from '../../time/deadline.ts';
import type { Instant } from '../../time/instant.ts';
import type { Role } from '../actor.ts';
import { INVESTIGATION_EVIDENCE } from '../beside-evidence.ts';
import { OBJECTION } from '../block-codes.ts';
import type { CommandRequest } from '../command.ts';
import type { Deliberation } from '../deliberation.ts';
import { afterProgress, refuseMissingYear, returnRoster, splitOff } from '../moves.ts';
import { requireCases, requireEvidence, requireNotSent, requireRole } from '../requirements.ts';
import { activeCases, type CaseState, isActive, type Objection } from '../state.ts';
import { entryEndsAt } from './notice.ts';

type Of<T extends CommandRequest['type']> = Extract<CommandRequest, { type: T }>;

/** Whoever receives an objection records it; the objector needs no account. */
const RECEIVERS: readonly Role[] = [
  { level: 'village', duty: 'clerk' },
  { level: 'village', duty: 'work-team' },
  { level: 'township', duty: 'clerk' },
  { level: 'township', duty: 'reviewer' },
  { level: 'county', duty: 'clerk' },
  { level: 'county', duty: 'office' },
  { level: 'county', duty: 'inspector' },
];

/** 登记异议. In its period it blocks; after it, it is no bar but the next reviewer must answer. */
export function raiseObjection(d: Deliberation, body: Of<'raise-objection'>): void {
  requireRole(d, RECEIVERS);
  if (body.words.trim() === '')
    d.refuse({ code: 'WORDS-MISSING', words: '请写明异议内容。', missing: ['异议内容'] });
  const item = namedCase(d, body);
  if (body.kind === 'unlisted' && (body.subjectWords ?? '').trim() === '') {
    d.refuse({
      code: 'WORDS-MISSING',
      words: `请写明反映漏评的是哪一${d.unit}。`,
      missing: [`漏评的${d.unit}`],
    });
  }
  if (d.refused) return;
  const late = !isInPeriod(d, item);
  const due = objectionDue(d);
  if (due === 'refused') return;
  const objection: Objection = {
    id: `${d.state.rosterId}-o${d.state.objections.length + 1}`,
    kind: body.kind,
    caseId: item?.id ?? null,
    raisedAt: d.at,
    stepIndex: d.state.stepIndex,
    late,
    dueAt: due,
    disposal: null,
    answered: false,
  };
  const { words, channel } = body;
  const objector = body.objector ?? null;
  d.emit({
    type: 'objection-raised',
    objection,
    words,
    channel,
    objector,
    subjectWords: body.subjectWords ?? null,
  });
  if (item !== undefined && !late) {
    const blocked = `该${d.unit}有异议，查清之前不能进入下一环节。`;
    d.emit({
      type: 'case-blocked',
      caseIds: [item.id],
      code: OBJECTION,
      words: blocked,
      ref: objection.id,
    });
  }
}

function namedCase(d: Deliberation, body: Of<'raise-objection'>): CaseState | undefined {
  if (body.kind !== 'case') return undefined;
  const item = d.state.cases.find((each) => each.id === body.caseId);
  if (item === undefined || item.status === 'split-off') {
    d.refuse({
      code: 'UNKNOWN-CASE',
      words: `名单上没有这一${d.unit}。`,
      missing: [`名单上的${d.unit}`],
      cases: body.caseId === undefined ? [] : [body.caseId],
    });
  }
  return item;
}

/**
 * In a notice's period, or from the decision on until the case is registered: 「公示公告无异议后」 (§3.1)
 * leaves no gap between a decision and its announcement in which an objection would not count.
 */
function isInPeriod(d: Deliberation, item: CaseState | undefined): boolean {
  if (item !== undefined && !isActive(item)) return false;
  const sheet = sheetStep(d, d.state.stepIndex);
  if (sheet?.kind !== 'notice') return sheet !== null;
  const end = entryEndsAt(d.state, item);
  return end === null || d.at < end;
}

/** The notice or announcement under which an objection stands that is raised at a step; null before. */
function sheetStep(d: Deliberation, stepIndex: number): NoticeStep | AnnouncementStep | null {
  const at = d.plan.steps[stepIndex];
  if (at?.kind === 'notice') return at;
  const announcement = d.plan.steps.findIndex((step) => step.kind === 'announcement');
  const found = d.plan.steps[announcement];
  return found?.kind === 'announcement' && announcement <= stepIndex ? found : null;
}

function objectionDue(d: Deliberation): Instant | null | 'refused' {
  const step = sheetStep(d, d.state.stepIndex);
  if (step === null) return null;
  const due = computeDue(d.at, step.objectionRule, step.objectionClauseId, d.plan.calendar);
  if (due.ok) return due.deadline.lastInstant;
  refuseMissingYear(d, due.missingYear, step.objectionClauseId);
  return 'refused';
}

/** 异议处理 — upheld or rejected after investigation, by the level whose sheet it concerns. */
export function disposeObjection(d: Deliberation, body: Of<'dispose-objection'>): void {
  const objection = d.state.objections.find((item) => item.id === body.objectionId);
  if (objection === undefined || objection.disposal !== null) {
    return d.refuse({ code: 'NO-OBJECTION', words: '没有这件待处理的异议。' });
  }
  const step = sheetStep(d, objection.stepIndex) ?? d.step;
  requireRole(d, step.by, step.clauseId);
  requireEvidence(d, INVESTIGATION_EVIDENCE, body.evidence, step.clauseId);
  if (body.investigators.filter((name) => name.trim() !== '').length === 0) {
    d.refuse({
      code: 'SIGNATURE-MISSING',
      words: '请填写调查核实人。',
      missing: ['调查核实人'],
      clauseId: step.clauseId,
    });
  }
  if (body.words.trim() === '')
    d.refuse({ code: 'WORDS-MISSING', words: '请写明调查结论。', missing: ['调查结论'] });
  const target = returnTarget(d, objection, body);
  if (body.result === 'upheld') requireNotSent(d, concerned(d, objection));
  if (d.refused) return;
  const { objectionId, result, words, investigators, evidence } = body;
  d.emit({ type: 'objection-disposed', objectionId, result, words, investigators, evidence });
  settleDisposal(d, objection, body, target);
}

/** The cases that an upheld objection moves. */
function concerned(d: Deliberation, { kind, caseId }: Objection): readonly string[] {
  if (kind === 'list') return activeCases(d.state).map((item) => item.id);
  return caseId === null ? [] : [caseId];
}

function returnTarget(
  d: Deliberation,
  objection: Objection,
  body: Of<'dispose-objection'>,
): number | undefined {
  if (body.result === 'rejected') return undefined;
  if (body.returnTo === undefined) {
    if (objection.kind === 'list') {
      d.refuse({
        code: 'RETURN-TARGET',
        words: '对会议或公示的异议成立，请指明退回到哪个环节重新办理。',
        missing: ['退回环节'],
      });
    }
    return undefined;
  }
  const index = d.plan.steps.findIndex((step) => step.key === body.returnTo);
  // Back to the notice where the list stands means a notice from its beginning; elsewhere it means nothing.
  const isAgain = index === d.state.stepIndex && d.step.kind === 'notice';
  if (index < 0 || (index >= d.state.stepIndex && !isAgain)) {
    d.refuse({
      code: 'RETURN-TARGET',
      words: '只能退回到本名单已办过的环节，或重新公示。',
      missing: d.plan.steps.slice(0, d.state.stepIndex).map((step) => step.name),
    });
  }
  return index;
}

function settleDisposal(
  d: Deliberation,
  objection: Objection,
  body: Of<'dispose-objection'>,
  target: number | undefined,
): void {
  const { caseId } = objection;
  if (objection.kind === 'list' && target !== undefined) return returnRoster(d, target, body.words);
  if (caseId === null) return;
  const item = d.state.cases.find((each) => each.id === caseId);
  if (item === undefined || (item.status !== 'on-list' && item.status !== 'blocked')) return;
  if (!objection.late)
    d.emit({ type: 'case-unblocked', caseIds: [caseId], code: OBJECTION, ref: objection.id });
  if (body.result === 'rejected') return afterProgress(d);
  if (target !== undefined) splitOff(d, requireCases(d, [caseId]), body.words, target);
  else {
    const words = `异议经调查成立，该${d.unit}不再列入名单。`;
    d.emit({ type: 'case-refused', caseIds: [caseId], code: 'OBJECTION-UPHELD', words });
  }
  afterProgress(d);
}
