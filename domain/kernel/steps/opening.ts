/** 功能开通 — the level above opens the registry's functions for those who applied; they close by themselves. */
import { invariant } from '../../invariant.ts';
import type { OpeningStep } from '../../plan/plan.ts';
import { parseDeadline } from '../../time/deadline.ts';
import { formatInstant, type Instant } from '../../time/instant.ts';
import type { CommandRequest } from '../command.ts';
import type { Deliberation } from '../deliberation.ts';
import type { WindowFact } from '../facts.ts';
import { enterNext } from '../moves.ts';
import {
  requireDocumentNo,
  requireDocumentPast,
  requireEvidence,
  requireGuards,
  requireNotTypist,
  requireRole,
  requireStep,
} from '../requirements.ts';
import { type CaseState, clearCases } from '../state.ts';

type OpenFunctions = Extract<CommandRequest, { type: 'open-functions' }>;

/** 开通: every function of the step for every unit on the list, one window each. */
export function openFunctions(d: Deliberation, body: OpenFunctions): void {
  const step = requireStep(d, 'opening');
  if (step === undefined) return;
  requireRole(d, step.by, step.clauseId);
  requireNotTypist(d);
  const { documentNo, documentOn, evidence } = body;
  requireDocumentNo(d, step, documentNo, '开通功能须有文号。');
  requireDocumentPast(d, step, documentOn);
  requireEvidence(d, step.evidence, evidence, step.clauseId);
  const items = clearCases(d.state);
  if (items.length === 0) {
    const words = `名单上没有可以开通的${d.unit}。`;
    const missing = [`可以开通的${d.unit}`];
    d.refuse({ code: 'NOTHING-TO-PASS', words, clauseId: step.clauseId, missing });
  }
  const windows = windowsOf(d, step, body, items);
  if (!d.refused) requireGuards(d, step, items);
  if (d.refused) return;
  const caseIds = items.map(({ id }) => id);
  d.emit({ type: 'functions-opened', caseIds, documentNo, documentOn, windows, evidence });
  enterNext(d, new Set());
}

function windowsOf(
  d: Deliberation,
  step: OpeningStep,
  { opensAt, closesAt }: OpenFunctions,
  items: readonly CaseState[],
): readonly WindowFact[] {
  const last = lastInstantOf(step);
  const from = opensAt ?? d.at;
  const until = closesAt ?? (last === null ? null : last + 1);
  checkTimes(d, step, from, until, last);
  const wanted = items.flatMap(({ id, subjectId: unitCode }) =>
    step.functions.map(({ key, name }) => ({
      name,
      window: { id: `w-${id}-${key}`, functionKey: key, unitCode, opensAt: from, closesAt: until },
    })),
  );
  for (const { name, window } of wanted) refuseStanding(d, step, name, window);
  return wanted.map(({ window }) => window);
}

function lastInstantOf({ closing }: OpeningStep): Instant | null {
  if (closing === null) return null;
  const deadline = parseDeadline(closing.deadline);
  invariant(deadline !== undefined, `deadline ${closing.deadline} of a plan is readable`);
  return deadline.lastInstant;
}

/** Neither backwards nor beyond the last day of the text: what is opened closes by itself. */
function checkTimes(
  d: Deliberation,
  step: OpeningStep,
  from: Instant,
  until: Instant | null,
  last: Instant | null,
): void {
  if (from < d.at) {
    const words = '开放时间不能早于现在。';
    d.refuse({
      code: 'WINDOW-TIMES',
      words,
      clauseId: step.clauseId,
      missing: ['不早于现在的开放时间'],
    });
  }
  const limit = last === null ? null : last + 1;
  if (limit !== null && ((until !== null && until > limit) || from >= limit)) {
    const clauseId = step.closing?.clauseId ?? step.clauseId;
    const words = `本功能最迟开放到${formatInstant(limit, { endOfDay: true })}，不能开放得更晚。`;
    return d.refuse({ code: 'WINDOW-TIMES', words, clauseId, missing: ['截止日以内的开放时间'] });
  }
  if (until !== null && until <= from) {
    const words = '关闭时间应晚于开放时间。';
    d.refuse({
      code: 'WINDOW-TIMES',
      words,
      clauseId: step.clauseId,
      missing: ['晚于开放时间的关闭时间'],
    });
  }
}

/** A second window over the same time would keep open what the office believes to have closed. */
function refuseStanding(
  d: Deliberation,
  step: OpeningStep,
  name: string,
  wanted: WindowFact,
): void {
  const standing = d.facts.windows.find(
    ({ unitCode, functionKey, opensAt, closesAt }) =>
      unitCode === wanted.unitCode &&
      functionKey === wanted.functionKey &&
      (closesAt === null || closesAt > wanted.opensAt) &&
      (wanted.closesAt === null || opensAt < wanted.closesAt),
  );
  if (standing === undefined) return;
  const unit = d.facts.orgNames[wanted.unitCode] ?? wanted.unitCode;
  d.refuse({
    code: 'WINDOW-STANDS',
    words: `${unit}的“${name}”已自${formatInstant(standing.opensAt)}起开放，不能重复开通。`,
    clauseId: step.clauseId,
    missing: ['关闭已有的开放'],
    whoClears: '上级或本级领导小组办公室',
  });
}
