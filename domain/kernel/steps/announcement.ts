/** 公告 — publishes the decision. Its days gate registration; they never hold the decision back. */
import { composeAnnouncement } from '../../sheet/compose-sheet.ts';
import { computePeriod } from '../../time/date-receipt.ts';
import type { CommandRequest } from '../command.ts';
import type { Deliberation } from '../deliberation.ts';
import { enterNext, refuseMissingYear } from '../moves.ts';
import { requireRole, requireStep } from '../requirements.ts';
import { activeCases } from '../state.ts';
import { freezeSheet, refuseOtherList, sheetInput } from './freeze-sheet.ts';
import { checkPosting } from './notice.ts';

type Of<T extends CommandRequest['type']> = Extract<CommandRequest, { type: T }>;

/** 公告定稿 by the level that announces; may be drafted again until it is first posted. */
export function draftAnnouncement(d: Deliberation, body: Of<'draft-announcement'>): void {
  const step = requireStep(d, 'announcement');
  if (step === undefined) return;
  requireRole(d, step.by, step.clauseId);
  if ((d.state.announcement?.postings.length ?? 0) > 0) {
    d.refuse({
      code: 'ALREADY-DONE',
      words: '公告已张贴，不能重新定稿。',
      clauseId: step.clauseId,
    });
  }
  if (d.refused) return;
  const caseIds = activeCases(d.state).map((item) => item.id);
  const content = composeAnnouncement(sheetInput(d, body.contact), step);
  const sheet = freezeSheet(d, content, caseIds, body.seen);
  if (!d.refused) d.emit({ type: 'announcement-drafted', sheet, caseIds });
}

/** 张贴公告 at one place; when every place has it the days start and the list goes on. */
export function postAnnouncement(d: Deliberation, body: Of<'post-announcement'>): void {
  const step = requireStep(d, 'announcement');
  if (step === undefined) return;
  requireRole(d, step.posters, step.clauseId);
  checkPosting(d, step.places, body);
  const { announcement } = d.state;
  if (announcement === null) {
    d.refuse({
      code: 'NOTICE-NOT-DRAFTED',
      words: '公告稿尚未定稿。',
      clauseId: step.clauseId,
      missing: ['公告稿'],
    });
  } else refuseOtherList(d, announcement);
  const posted = (announcement?.postings ?? []).map((item) => item.place);
  if (posted.includes(body.place)) d.refuse({ code: 'ALREADY-DONE', words: '该地点已登记张贴。' });
  const { minPeriod, periodClauseId } = step;
  if (d.refused) return;
  const period =
    minPeriod === null
      ? null
      : computePeriod(d.at, minPeriod, periodClauseId, d.plan.calendar, {
          anchor: '张贴',
          period: '公告',
        });
  if (period !== null && !period.ok)
    return refuseMissingYear(d, period.missingYear, periodClauseId);
  d.emit({ type: 'announcement-posted', place: body.place, proof: body.proof });
  const all = new Set([...posted, body.place]);
  if (!step.places.every((place) => all.has(place.key))) return;
  if (period !== null) d.emit({ type: 'announcement-started', receipt: period.receipt });
  enterNext(d, new Set());
}
