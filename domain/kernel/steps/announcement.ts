/** 公告 — publishes the decision. Its days gate registration; they never hold the decision back. */
import { computePeriod } from '../../time/date-receipt.ts';
import type { CommandRequest } from '../command.ts';
import type { Deliberation } from '../deliberation.ts';
import { enterNext, refuseMissingYear } from '../moves.ts';
import { requireRole, requireStep } from '../requirements.ts';
import { activeCases } from '../state.ts';
import { checkPosting } from './notice.ts';

/** 张贴公告 at one place; when every place has it the days start and the list goes on. */
export function postAnnouncement(
  d: Deliberation,
  body: Extract<CommandRequest, { type: 'post-announcement' }>,
): void {
  const step = requireStep(d, 'announcement');
  if (step === undefined) return;
  requireRole(d, step.posters, step.clauseId);
  checkPosting(d, step.places, body);
  if (!d.facts.files.includes(body.sheet)) {
    d.refuse({
      code: 'EVIDENCE-MISSING',
      words: '找不到公告稿，请重新生成。',
      missing: ['公告稿'],
    });
  }
  const posted = (d.state.announcement?.postings ?? []).map((item) => item.place);
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
  const caseIds = activeCases(d.state).map((item) => item.id);
  d.emit({
    type: 'announcement-posted',
    place: body.place,
    proof: body.proof,
    sheet: body.sheet,
    caseIds,
  });
  const all = new Set([...posted, body.place]);
  if (!step.places.every((place) => all.has(place.key))) return;
  if (period !== null) d.emit({ type: 'announcement-started', receipt: period.receipt });
  enterNext(d, new Set());
}
