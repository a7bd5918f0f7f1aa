/** 审核 and 审定 — a higher level passes a frozen list; late entries and late objections by name. */

import type { DecisionStep, ReviewStep } from '../../plan/plan.ts';
import { formatInstant, type PlainDate, plainDateAt } from '../../time/instant.ts';
import { checkIssuer } from '../act-reference.ts';
import type { CommandRequest } from '../command.ts';
import type { Deliberation } from '../deliberation.ts';
import { enterNext } from '../moves.ts';
import {
  failingCases,
  requireCases,
  requireDocumentNo,
  requireDocumentPast,
  requireEvidence,
  requireNotTypist,
  requireRole,
  requireStep,
} from '../requirements.ts';
import { clearCases } from '../state.ts';
import { refuseListObjections } from './notice.ts';
import { warnSharedPersons } from './shared-persons.ts';

type Review = Extract<CommandRequest, { type: 'review' }>;
type Decide = Extract<CommandRequest, { type: 'decide' }>;

/** 审核 by the level above. */
export function review(d: Deliberation, body: Review): void {
  const step = requireStep(d, 'review');
  if (step === undefined) return;
  const behind = judgeList(d, step, body);
  if (d.refused) return;
  warnSharedPersons(d);
  const { opinion, evidence, acceptLate } = body;
  const { act } = d.body;
  const documentNo = act?.documentNo ?? null;
  const actId = act?.actId ?? null;
  d.emit({ type: 'reviewed', opinion, documentNo, actId, evidence, acceptedLate: acceptLate });
  passList(d, body, behind);
}

/** 审定 by the county's document. */
export function decideList(d: Deliberation, body: Decide): void {
  const step = requireStep(d, 'decision');
  if (step === undefined) return;
  const behind = judgeList(d, step, body);
  requireDocumentNo(d, step, body.documentNo, '审定须有文号。');
  checkDocumentDate(d, step, body.documentOn);
  if (d.refused) return;
  const { opinion, documentNo, documentOn, evidence, acceptLate } = body;
  const actId = d.body.act?.actId ?? null;
  d.emit({
    type: 'decided',
    opinion,
    documentNo,
    documentOn,
    actId,
    evidence,
    acceptedLate: acceptLate,
  });
  passList(d, body, behind);
}

/** A document dated before the notice had run in full decided too early (G-03). */
function checkDocumentDate(d: Deliberation, step: DecisionStep, on: PlainDate): void {
  const { clauseId } = step;
  if (!requireDocumentPast(d, step, on)) return;
  const noticeEndsAt = d.state.notice?.endsAt ?? null;
  if (noticeEndsAt !== null && on < plainDateAt(noticeEndsAt)) {
    const ended = formatInstant(noticeEndsAt, { endOfDay: true });
    const words = `文件日期${on}早于公示期届满（${ended}），不能据此审定。`;
    return d.refuse({ code: 'DOCUMENT-DATE', words, clauseId, missing: ['公示期满后的文件'] });
  }
  const { stepSince } = d.state;
  if (on < plainDateAt(stepSince)) {
    const words = `文件日期${on}早于名单报到本级（${formatInstant(stepSince)}），请核对。`;
    d.warn({ code: 'DOCUMENT-DATE', words, clauseId });
  }
}

function judgeList(
  d: Deliberation,
  step: ReviewStep | DecisionStep,
  body: Review | Decide,
): ReadonlySet<string> {
  requireRole(d, step.by, step.clauseId);
  checkIssuer(d);
  requireNotTypist(d);
  requireEvidence(d, step.evidence, body.evidence, step.clauseId);
  refuseListObjections(d, step.clauseId);
  requireLateAccepted(d, step, body);
  requireAnswers(d, step, body);
  requireCases(
    d,
    body.refuse.map((item) => item.caseId),
  );
  for (const { caseId, words } of body.refuse) {
    if (words.trim() === '') {
      d.refuse({
        code: 'WORDS-MISSING',
        words: `不予通过的${d.unit}须写明理由。`,
        cases: [caseId],
        missing: ['理由'],
      });
    }
  }
  const refused = new Set(body.refuse.map((item) => item.caseId));
  const passing = clearCases(d.state).filter((item) => !refused.has(item.id));
  const failing = failingCases(d, step, passing);
  if (refused.size === 0 && passing.length === 0) {
    d.refuse({
      code: 'NOTHING-TO-PASS',
      words: `名单上没有可以通过的${d.unit}。`,
      clauseId: step.clauseId,
      missing: [`可以通过的${d.unit}`],
    });
  }
  if (failing.size > 0 && failing.size === passing.length && d.body.leaveBehind === true) {
    const words = `名单上的${d.unit}都不符合条件，不能先行。`;
    const missing = [`符合条件的${d.unit}`];
    d.refuse({
      code: 'NOTHING-TO-PASS',
      words,
      clauseId: step.clauseId,
      cases: [...failing],
      missing,
    });
  }
  return failing;
}

/** 补登 counts only when this level accepts each entry by name. */
function requireLateAccepted(
  d: Deliberation,
  step: ReviewStep | DecisionStep,
  body: Review | Decide,
): void {
  const open = d.state.lateEntries.filter((entry) => !entry.accepted).map((entry) => entry.seq);
  const named = new Set(body.acceptLate);
  const missing = open.filter((seq) => !named.has(seq));
  if (missing.length > 0) {
    const words = '名单中有补登事项，须逐项确认后才能通过；不认可的请退回。';
    d.refuse({
      code: 'LATE-ENTRY-UNACCEPTED',
      words,
      clauseId: step.clauseId,
      missing: missing.map((seq) => `第${seq}项补登`),
    });
  }
  const own = d.state.lateEntries.filter(
    ({ accepted, enteredBy }) => !accepted && enteredBy === d.command.actor.userId,
  );
  if (own.length > 0) {
    const words = '名单中有您本人补登的事项，须由另一人审核确认。';
    d.refuse({
      code: 'LATE-ENTRY-OWN',
      words,
      clauseId: step.clauseId,
      missing: ['另一人的审核确认'],
    });
  }
  if (body.acceptLate.some((seq) => !open.includes(seq))) {
    d.refuse({ code: 'LATE-ENTRY-UNKNOWN', words: '所确认的补登事项不存在或已确认。' });
  }
}

function requireAnswers(
  d: Deliberation,
  step: ReviewStep | DecisionStep,
  body: Review | Decide,
): void {
  const open = d.state.objections.filter((item) => item.late && !item.answered);
  const answered = new Set(
    body.answers.filter((item) => item.words.trim() !== '').map((item) => item.objectionId),
  );
  const missing = open.filter((item) => !answered.has(item.id)).map((item) => item.id);
  if (missing.length === 0) return;
  const words = '有公示期后收到的异议，须逐件答复。';
  d.refuse({ code: 'OBJECTION-UNANSWERED', words, clauseId: step.clauseId, missing });
}

function passList(d: Deliberation, body: Review | Decide, behind: ReadonlySet<string>): void {
  for (const { objectionId, words } of body.answers) {
    d.emit({ type: 'objection-answered', objectionId, words });
  }
  for (const { caseId, words } of body.refuse) {
    d.emit({ type: 'case-refused', caseIds: [caseId], code: 'NOT-APPROVED', words });
  }
  enterNext(d, behind);
}
