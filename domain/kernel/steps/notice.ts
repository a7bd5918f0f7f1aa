/** 公示 — drafted, posted with proof at every place, up for its whole period, then closed by a person. */
import type { NoticeStep } from '../../plan/plan.ts';
import { composeCorrection, composeNotice } from '../../sheet/compose-sheet.ts';
import { computePeriod } from '../../time/date-receipt.ts';
import { formatInstant, type Instant } from '../../time/instant.ts';
import type { CommandRequest } from '../command.ts';
import type { Deliberation } from '../deliberation.ts';
import { enterNext, refuseMissingYear } from '../moves.ts';
import { requireCases, requireEvidence, requireRole, requireStep } from '../requirements.ts';
import {
  activeCases,
  type CaseState,
  clearCases,
  type RosterState,
  type SheetState,
} from '../state.ts';
import { freezeSheet, refuseOtherList, sheetInput } from './freeze-sheet.ts';
import { warnSharedPersons } from './shared-persons.ts';

type Of<T extends CommandRequest['type']> = Extract<CommandRequest, { type: T }>;

/** 定稿 — freezes the sheet that the server makes; may be drafted again until it is first posted. */
export function draftNotice(d: Deliberation, body: Of<'draft-notice'>): void {
  const step = requireStep(d, 'notice');
  if (step === undefined) return;
  requireRole(d, step.by, step.clauseId);
  const notice = currentNotice(d);
  if (notice !== null && notice.postings.length > 0) {
    d.refuse({
      code: 'ALREADY-DONE',
      words: '公示已张贴，名单不能再改；有误请办理更正。',
      clauseId: step.clauseId,
    });
  }
  if (d.refused) return;
  const caseIds = activeCases(d.state).map((item) => item.id);
  const content = composeNotice(sheetInput(d, body.contact), step);
  const sheet = freezeSheet(d, content, caseIds, body.seen);
  if (d.refused) return;
  warnSharedPersons(d);
  d.emit({ type: 'notice-drafted', sheet, caseIds });
}

/** The notice of the current step; a sheet of an earlier notice is history. */
function currentNotice(d: Deliberation): SheetState | null {
  const { notice, stepIndex } = d.state;
  return notice !== null && notice.stepIndex === stepIndex ? notice : null;
}

function requireNotice(d: Deliberation, step: NoticeStep): SheetState | undefined {
  const notice = currentNotice(d);
  if (notice !== null) return notice;
  d.refuse({
    code: 'NOTICE-NOT-DRAFTED',
    words: '公示稿尚未定稿。',
    clauseId: step.clauseId,
    missing: ['公示稿'],
  });
  return undefined;
}

/** 张贴 at one place with proof; the period starts when the last required place has it. */
export function postNotice(d: Deliberation, body: Of<'post-notice'>): void {
  const step = requireStep(d, 'notice');
  if (step === undefined) return;
  requireRole(d, step.posters, step.clauseId);
  const notice = requireNotice(d, step);
  checkPosting(d, step.places, body);
  const correction = body.correction ?? null;
  if (notice !== undefined && correction === null) refuseOtherList(d, notice);
  const made = notice?.corrections.find((item) => item.no === correction);
  if (correction !== null && (made === undefined || made.complete)) {
    d.refuse({ code: 'NO-CORRECTION', words: '没有这份待张贴的更正。' });
  }
  const postings = (correction === null ? notice?.postings : made?.postings) ?? [];
  if (postings.some((item) => item.place === body.place)) {
    d.refuse({ code: 'ALREADY-DONE', words: '该地点已登记张贴。' });
  }
  if (d.refused) return;
  const all = new Set([...postings.map((item) => item.place), body.place]);
  const complete = step.places.every((place) => all.has(place.key));
  const period = computePeriod(d.at, step.period, step.periodClauseId, d.plan.calendar);
  if (!period.ok) return refuseMissingYear(d, period.missingYear, step.periodClauseId);
  d.emit({ type: 'notice-posted', place: body.place, proof: body.proof, correction });
  if (complete) d.emit({ type: 'notice-period-started', receipt: period.receipt, correction });
}

/** The place is one of the plan's, and the photo is there. */
export function checkPosting(
  d: Deliberation,
  places: readonly { readonly key: string; readonly name: string }[],
  body: { readonly place: string; readonly proof: string },
): void {
  const place = places.find((item) => item.key === body.place);
  if (place === undefined) {
    const names = places.map((item) => item.name).join('、');
    d.refuse({
      code: 'WRONG-PLACE',
      words: `张贴地点应为：${names}。`,
      missing: places.map((item) => item.name),
    });
  }
  if (!d.facts.files.includes(body.proof)) {
    d.refuse({ code: 'EVIDENCE-MISSING', words: '缺少张贴照片。', missing: ['张贴照片'] });
  }
}

/**
 * When a household's own period ends: with the list's, or later when its entry was corrected; null while
 * a sheet or a material correction that names it does not hang at every place. Without a case: the last.
 */
export function entryEndsAt(state: RosterState, item?: CaseState): Instant | null {
  const { notice } = state;
  const ends = notice?.stepIndex === state.stepIndex ? notice.endsAt : null;
  if (notice === null || ends === null) return null;
  const isWaiting = notice.corrections.some(
    ({ material, complete, caseIds }) =>
      material && !complete && (item === undefined || caseIds.includes(item.id)),
  );
  if (isWaiting) return null;
  const own = item === undefined ? activeCases(state) : [item];
  return Math.max(ends, ...own.map(({ noticeEndsAt }) => noticeEndsAt ?? ends));
}

/** 撤下. Before every period on it has run, the sheet was not continuously up: it starts anew. */
export function removeNotice(d: Deliberation, body: Of<'remove-notice'>): void {
  const step = requireStep(d, 'notice');
  if (step === undefined) return;
  requireRole(d, step.posters, step.clauseId);
  const notice = requireNotice(d, step);
  checkPosting(d, step.places, body);
  if (
    notice !== undefined &&
    !notice.postings.some((item) => item.place === body.place && item.removedAt === null)
  ) {
    d.refuse({ code: 'NOT-POSTED', words: '该地点没有张贴中的公示。', missing: ['张贴'] });
  }
  if (d.refused || notice === undefined) return;
  const ends = activeCases(d.state).map((item) => entryEndsAt(d.state, item));
  const early = ends.some((end) => end === null || d.at < end);
  if (early) {
    d.warn({
      code: 'G-03',
      words: '公示期未满即撤下，须重新张贴并重新起算。',
      clauseId: step.periodClauseId,
    });
  }
  d.emit({ type: 'notice-removed', place: body.place, proof: body.proof, early });
}

/** 更正 — outcome, identity or an added name restarts those entries; other mistakes do not. */
export function correctNotice(d: Deliberation, body: Of<'correct-notice'>): void {
  const step = requireStep(d, 'notice');
  if (step === undefined) return;
  requireRole(d, step.by, step.clauseId);
  const notice = requireNotice(d, step);
  if (notice !== undefined && notice.postings.length === 0) {
    d.refuse({
      code: 'NOT-POSTED',
      words: '公示尚未张贴，直接重新定稿即可。',
      missing: ['张贴'],
    });
  }
  requireCases(d, body.caseIds);
  if (body.caseIds.length === 0)
    d.refuse({ code: 'NOTHING-NAMED', words: `请选择更正涉及的${d.unit}。` });
  if (d.refused || notice === undefined) return;
  const { words } = body;
  const content = composeCorrection(sheetInput(d, body.contact), step, notice, body);
  const named = new Set(body.caseIds);
  const caseIds = d.state.cases.filter(({ id }) => named.has(id)).map(({ id }) => id);
  const sheet = freezeSheet(d, content, caseIds);
  if (d.refused) return;
  const no = notice.corrections.length + 1;
  d.emit({
    type: 'notice-corrected',
    no,
    material: body.change !== 'other',
    caseIds,
    words,
    sheet,
  });
}

/** 公示结束 — refused until the whole period has run and every objection is disposed of. */
export function closeNotice(d: Deliberation, body: Of<'close-notice'>): void {
  const step = requireStep(d, 'notice');
  if (step === undefined) return;
  requireRole(d, step.by, step.clauseId);
  const notice = requireNotice(d, step);
  // First what no paper changes: whoever comes early hears of the day, then of what he forgot.
  if (notice !== undefined) checkPeriod(d, step, notice);
  refuseListObjections(d, step.clauseId);
  requireEvidence(d, step.evidence, body.evidence, step.clauseId);
  const later = clearCases(d.state).filter(
    (item) => item.noticeEndsAt !== null && item.noticeEndsAt > d.at,
  );
  const behind = new Set(later.map((item) => item.id));
  if (!d.refused) requireSomethingLeft(d, step, behind);
  if (d.refused) return;
  d.emit({ type: 'notice-closed', evidence: body.evidence });
  enterNext(d, behind);
}

function checkPeriod(d: Deliberation, step: NoticeStep, notice: SheetState): void {
  const posted = new Set(notice.postings.map((item) => item.place));
  const missing = step.places.filter((place) => !posted.has(place.key)).map((place) => place.name);
  const { periodClauseId: clauseId } = step;
  if (notice.endsAt === null) {
    const words = `公示尚未在规定地点全部张贴（${missing.join('、')}），公示期还没有起算。`;
    return d.refuse({ code: 'G-03', words, clauseId, missing });
  }
  if (d.at < notice.endsAt) {
    const words = `公示期未满，${formatInstant(notice.endsAt, { endOfDay: true })}届满后方可办理。${notice.receipt?.words ?? ''}`;
    d.refuse({ code: 'G-03', words, clauseId, earliestAt: notice.endsAt });
  }
  const open = notice.corrections.filter((item) => !item.complete);
  if (open.length > 0) {
    d.refuse({
      code: 'G-03',
      words: '有更正尚未在规定地点全部张贴。',
      clauseId,
      missing: ['更正张贴'],
    });
  }
}

/** An undisposed objection to the meeting or the notice itself holds up the whole list. */
export function refuseListObjections(d: Deliberation, clauseId: string): void {
  const open = d.state.objections.filter(
    (item) => item.kind === 'list' && !item.late && item.disposal === null,
  );
  if (open.length === 0) return;
  const missing = open.map((item) => item.id);
  d.refuse({ code: 'G-04', words: '对会议或公示本身的异议尚未处理完毕。', clauseId, missing });
}

function requireSomethingLeft(
  d: Deliberation,
  step: NoticeStep,
  behind: ReadonlySet<string>,
): void {
  const going = clearCases(d.state).filter((item) => !behind.has(item.id));
  if (going.length > 0) return;
  const ends = clearCases(d.state).map((item) => item.noticeEndsAt ?? 0);
  const cases = activeCases(d.state).map((item) => item.id);
  if (behind.size > 0) {
    const words = `名单上的${d.unit}因更正重新公示，公示期未满。`;
    return d.refuse({
      code: 'G-03',
      words,
      clauseId: step.periodClauseId,
      earliestAt: Math.min(...ends),
      cases,
    });
  }
  d.refuse({
    code: 'G-04',
    words: `名单上的${d.unit}都有未处理的异议，不能进入下一环节。`,
    clauseId: step.clauseId,
    cases,
  });
}
