/** 部门认定 — each indicator certified by its own county department, by a document; never by another. */
import type { CertificationStep } from '../../plan/plan.ts';
import type { CommandRequest } from '../command.ts';
import type { Deliberation } from '../deliberation.ts';
import { afterProgress } from '../moves.ts';
import {
  requireCases,
  requireDepartment,
  requireDocumentNo,
  requireDocumentPast,
  requireEvidence,
  requireGuards,
  requireStep,
  requireSubjects,
} from '../requirements.ts';
import type { CaseState } from '../state.ts';

type Certify = Extract<CommandRequest, { type: 'certify' }>;

/** 不达标: the code under which a village leaves the list with its failed indicators. */
const NOT_CERTIFIED = 'GV2';

/** 认定意见: one document of one department; an opinion given again replaces the one before. */
export function certify(d: Deliberation, body: Certify): void {
  const step = requireStep(d, 'certification');
  if (step === undefined) return;
  const answer = { name: '认定意见', given: '出具', isAsked: true };
  requireDepartment(d, step, body.department, answer);
  requireEvidence(d, step.evidence, body.evidence, step.clauseId);
  const { opinions } = body;
  const items = requireCases(
    d,
    opinions.map(({ caseId }) => caseId),
  );
  checkOpinions(d, step, body);
  requireDocumentNo(d, step, body.documentNo, '认定意见须有文号。');
  requireDocumentPast(d, step, body.documentOn);
  requireSubjects(d, items);
  if (!d.refused) requireGuards(d, step, items);
  if (d.refused) return;
  const { department, documentNo, documentOn, evidence } = body;
  d.emit({ type: 'certified', department, documentNo, documentOn, opinions, evidence });
  settle(d, step, new Set(items.map(({ id }) => id)));
}

function checkOpinions(d: Deliberation, step: CertificationStep, body: Certify): void {
  const { opinions, department } = body;
  const { clauseId } = step;
  if (opinions.length === 0) {
    const words = '请至少填写一项认定意见。';
    d.refuse({ code: 'NOTHING-NAMED', words, clauseId, missing: ['认定意见'] });
  }
  const seen = new Set<string>();
  for (const { caseId, indicator, passed, words } of opinions) {
    const known = step.indicators.find(({ key }) => key === indicator);
    const cases = [caseId];
    if (known === undefined || known.department !== department) {
      d.refuse({
        code: 'NOT-YOUR-INDICATOR',
        words: `“${known?.name ?? indicator}”不由${department}认定。`,
        clauseId,
        cases,
        missing: [known === undefined ? '规则中有的退出指标' : `${known.department}的认定意见`],
        ...(known !== undefined && { whoClears: known.department }),
      });
    }
    const pair = `${caseId}\n${indicator}`;
    if (seen.has(pair)) {
      const said = `“${known?.name ?? indicator}”写了两条意见，请核对。`;
      d.refuse({ code: 'RESULT-REPEATED', words: said, cases, missing: ['每项一条意见'] });
    }
    seen.add(pair);
    if (!passed && words.trim() === '') {
      const said = `“${known?.name ?? indicator}”未达标须写明理由。`;
      d.refuse({ code: 'WORDS-MISSING', words: said, clauseId, cases, missing: ['未达标的理由'] });
    }
  }
}

/** Villages on which every department has spoken go on, or leave with what they failed. */
function settle(d: Deliberation, step: CertificationStep, named: ReadonlySet<string>): void {
  const heard = d.state.cases.filter(
    (item) =>
      named.has(item.id) && step.indicators.every(({ key }) => item.certified?.[key] !== undefined),
  );
  for (const item of heard) {
    const failed = failedOf(step, item);
    if (failed.length === 0) continue;
    const words = `退出指标未达标：${failed.join('、')}`;
    d.emit({ type: 'case-refused', caseIds: [item.id], code: NOT_CERTIFIED, words });
  }
  const passed = heard.filter((item) => !item.done && failedOf(step, item).length === 0);
  const caseIds = passed.map(({ id }) => id);
  if (caseIds.length > 0) d.emit({ type: 'case-done', caseIds, forms: [] });
  afterProgress(d);
}

function failedOf(step: CertificationStep, { certified }: CaseState): readonly string[] {
  return step.indicators.filter(({ key }) => certified?.[key] === false).map(({ name }) => name);
}
