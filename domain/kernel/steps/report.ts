/** 报告 — a level writes to the one above what is to be put right: why, and how many down to the county (G-20). */
import type { ReportStep } from '../../plan/plan.ts';
import { checkIssuer } from '../act-reference.ts';
import type { CommandRequest } from '../command.ts';
import type { Deliberation } from '../deliberation.ts';
import { enterNext } from '../moves.ts';
import {
  requireDocumentNo,
  requireDocumentPast,
  requireEvidence,
  requireNotTypist,
  requireRole,
  requireStep,
  requireSubjects,
} from '../requirements.ts';
import { clearCases } from '../state.ts';

type Report = Extract<CommandRequest, { type: 'report' }>;

/** Key of the paper that lists every person by name. */
export const NAME_LIST = 'name-list';

/** 报告 of a list, by itself or by a document over many lists. */
export function report(d: Deliberation, body: Report): void {
  const step = requireStep(d, 'report');
  if (step === undefined) return;
  requireRole(d, step.by, step.clauseId);
  checkIssuer(d);
  requireNotTypist(d);
  const { documentNo, documentOn, why, counts, evidence } = body;
  requireDocumentNo(d, step, documentNo, '报告须有文号。');
  requireDocumentPast(d, step, documentOn);
  requireEvidence(d, step.evidence, evidence, step.clauseId);
  const passing = clearCases(d.state);
  if (passing.length === 0) {
    const words = '名单上没有可以报告的户。';
    d.refuse({
      code: 'NOTHING-TO-PASS',
      words,
      clauseId: step.clauseId,
      missing: ['可以报告的户'],
    });
  }
  requireSubjects(d, passing);
  requireContent(d, step, body, passing.length);
  if (d.refused) return;
  const actId = d.body.act?.actId ?? null;
  d.emit({ type: 'reported', documentNo, documentOn, why, counts, actId, evidence });
  enterNext(d, new Set());
}

/**
 * G-20: the reason, the number of each county — of this list's own at least as many as the list has — and
 * the list of names where the step asks for one.
 */
function requireContent(
  d: Deliberation,
  step: ReportStep,
  { why, counts, evidence }: Report,
  households: number,
): void {
  const { county } = d.facts.chain;
  const counted = counts.find(({ countyCode }) => countyCode === county)?.households ?? 0;
  const names = (evidence[NAME_LIST] ?? []).filter((hash) => d.facts.files.includes(hash));
  const missing = [
    ...(why.trim() === '' ? ['需要进行处理的原因'] : []),
    ...(counted < households ? [`本县统计数据（本名单有${households}户）`] : []),
    ...(step.nameList && names.length === 0 ? ['详细人员名单'] : []),
  ];
  if (missing.length === 0) return;
  const words = `报告内容不全，缺：${missing.join('、')}。`;
  d.refuse({ code: 'G-20', words, clauseId: step.clauseId, missing });
}
