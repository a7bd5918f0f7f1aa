/** 逐户环节: 采集、核实、认可 — each household advances alone; the list goes on when all are done. */
import { formOf } from '../../facts/household-facts.ts';
import { incomeStanding } from '../../guards/income.ts';
import { securityGaps } from '../../guards/security.ts';
import { invariant } from '../../invariant.ts';
import type { AcceptanceStep } from '../../plan/plan.ts';
import { startOfDay } from '../../time/instant.ts';
import { NOT_ACCEPTED } from '../block-codes.ts';
import type { CommandRequest } from '../command.ts';
import type { Deliberation } from '../deliberation.ts';
import { afterProgress, dueOf, refuseMissingYear } from '../moves.ts';
import {
  type Diversion,
  requireCases,
  requireEvidence,
  requireGuards,
  requireOrDivert,
  requireRole,
  requireStep,
} from '../requirements.ts';
import type { CaseState } from '../state.ts';

type Of<T extends CommandRequest['type']> = Extract<CommandRequest, { type: T }>;

/** 采集 closes for the households named, each with its form; whom a guard sends elsewhere leaves the list. */
export function recordCollection(d: Deliberation, body: Of<'record-collection'>): void {
  const step = requireStep(d, 'collect');
  if (step === undefined) return;
  requireRole(d, step.by, step.clauseId);
  requireEvidence(d, step.evidence, body.evidence, step.clauseId);
  const items = checkForms(d, body.entries);
  if (d.refused || items === undefined) return;
  const diverted = requireOrDivert(d, step, items);
  if (!d.refused) dateClue(d, items);
  if (d.refused) return;
  const elsewhere = new Set(diverted.map(({ caseId }) => caseId));
  for (const diversion of diverted) divert(d, diversion, body.entries);
  finish(
    d,
    body.entries.filter(({ caseId }) => !elsewhere.has(caseId)),
  );
}

/**
 * 线索起算 — where the plan counts from the clue, the oldest clue of the list is where its clock began. It
 * only marks overdue; a clue that came after the opening gives the list no more time.
 */
function dateClue(d: Deliberation, items: readonly CaseState[]): void {
  const rule = d.plan.outerDue;
  if (rule?.kind !== 'period' || rule.from !== 'clue') return;
  const found = items.flatMap(({ id }) => d.facts.cases[id]?.form?.monitoring?.foundOn ?? []);
  const [foundOn] = found.sort();
  if (foundOn === undefined) return;
  const outerSince = startOfDay(foundOn);
  if (outerSince >= d.state.outerSince) return;
  const due = dueOf(rule, outerSince, d.plan);
  if ('missingYear' in due) return refuseMissingYear(d, due.missingYear, rule.clauseId);
  d.emit({ type: 'clue-dated', foundOn, outerSince, outerDueAt: due.dueAt });
}

/** 核实 closes for the households named; every signer the text names has signed. */
export function verify(d: Deliberation, body: Of<'verify'>): void {
  const step = requireStep(d, 'verification');
  if (step === undefined) return;
  requireRole(d, step.by, step.clauseId);
  requireEvidence(d, step.evidence, body.evidence, step.clauseId);
  const signed = new Set(
    body.signers.filter((item) => item.name.trim() !== '').map((item) => item.role),
  );
  const missing = step.signers.filter((role) => !signed.has(role));
  if (missing.length > 0) {
    const words = `核实表缺少签字：${missing.join('、')}。`;
    d.refuse({ code: 'SIGNATURE-MISSING', words, clauseId: step.clauseId, missing });
  }
  const items = checkForms(d, body.entries);
  if (!d.refused && items !== undefined) requireGuards(d, d.step, items);
  if (d.refused || items === undefined) return;
  const caseIds = items.map((item) => item.id);
  d.emit({ type: 'verified', caseIds, signers: body.signers, evidence: body.evidence });
  finish(d, body.entries);
}

type FormEntry = { readonly caseId: string; readonly formHash: string };

function checkForms(
  d: Deliberation,
  entries: readonly FormEntry[],
): readonly CaseState[] | undefined {
  if (entries.length === 0) {
    d.refuse({
      code: 'NOTHING-NAMED',
      words: `请至少选择一${d.unit}。`,
      missing: [`办理的${d.unit}`],
    });
    return undefined;
  }
  const items = requireCases(
    d,
    entries.map((entry) => entry.caseId),
  );
  const known = new Set(items.map(({ id }) => id));
  for (const { caseId, formHash } of entries.filter((entry) => known.has(entry.caseId))) {
    const form = formOf(d.facts.cases[caseId]);
    if (form === null || form.hash !== formHash) {
      const words = `所附表格不是该${d.unit}最新保存的版本，请重新打开核对后再提交。`;
      d.refuse({
        code: 'FORM-NOT-CURRENT',
        words,
        cases: [caseId],
        missing: [`该${d.unit}最新保存的表`],
      });
    }
  }
  for (const item of items) {
    if (item.done)
      d.refuse({
        code: 'ALREADY-DONE',
        words: `该${d.unit}此环节已办妥，无需重复提交。`,
        cases: [item.id],
      });
  }
  return items;
}

function divert(
  d: Deliberation,
  { caseId, code, words }: Diversion,
  entries: readonly FormEntry[],
) {
  const form = d.facts.cases[caseId]?.form;
  const entry = entries.find((each) => each.caseId === caseId);
  invariant(form != null && entry !== undefined, 'who is sent elsewhere was visited');
  const { unresolved, unfilled } = securityGaps(form.security);
  const isPoor = incomeStanding(form, d.plan).side === 'below';
  const lacking = [...unresolved, ...unfilled, ...(isPoor ? ['收入低于标准'] : [])];
  d.emit({ type: 'case-diverted', caseId, code, words, formHash: entry.formHash, lacking });
}

function finish(d: Deliberation, entries: readonly FormEntry[]): void {
  const caseIds = entries.map((entry) => entry.caseId);
  if (caseIds.length > 0)
    d.emit({ type: 'case-done', caseIds, forms: entries.map((entry) => entry.formHash) });
  afterProgress(d);
}

/** 认可 — one attempt of one party; 不认可 stops that case only, and every attempt is kept. */
export function recordAcceptance(d: Deliberation, body: Of<'record-acceptance'>): void {
  const step = requireStep(d, 'acceptance');
  if (step === undefined) return;
  requireRole(d, step.by, step.clauseId);
  requireEvidence(d, step.evidence, body.evidence, step.clauseId);
  const [item] = requireCases(d, [body.caseId]);
  checkParty(d, step, body);
  if (item?.done === true) {
    d.refuse({ code: 'ALREADY-DONE', words: '该户已认可，无需重复提交。', cases: [body.caseId] });
  }
  if (d.refused || item === undefined) return;
  const { caseId, party, accepted, signer, evidence } = body;
  const proxy = body.proxy ?? null;
  d.emit({ type: 'acceptance-attempted', caseId, party, accepted, signer, proxy, evidence });
  settleAcceptance(d, step, item, body);
}

function checkParty(d: Deliberation, step: AcceptanceStep, body: Of<'record-acceptance'>): void {
  const { clauseId } = step;
  if (!step.parties.some((party) => party.key === body.party)) {
    const missing = step.parties.map((party) => `${party.name}的认可`);
    d.refuse({ code: 'PARTY-NOT-ASKED', words: '本程序不要求这一方认可。', clauseId, missing });
  }
  if (body.signer.trim() === '') {
    d.refuse({
      code: 'SIGNATURE-MISSING',
      words: '请填写签字人姓名。',
      clauseId,
      missing: ['签字人'],
    });
  }
  const { proxy } = body;
  if (proxy === undefined) return;
  const missing = [
    proxy.name.trim() === '' ? '代签人' : '',
    proxy.relation.trim() === '' ? '与户主关系' : '',
    proxy.reason.trim() === '' ? '代签原因' : '',
  ].filter((word) => word !== '');
  if (missing.length > 0) {
    d.refuse({
      code: 'SIGNATURE-MISSING',
      words: `代签须写明：${missing.join('、')}。`,
      clauseId,
      missing,
    });
  }
}

function settleAcceptance(
  d: Deliberation,
  step: AcceptanceStep,
  item: CaseState,
  body: Of<'record-acceptance'>,
): void {
  const { caseId, party } = body;
  const standing = item.blocks.some((block) => block.code === NOT_ACCEPTED && block.ref === party);
  if (!body.accepted) {
    const words =
      party === 'household' ? '贫困户不认可，须做好工作后再次征求意见。' : '帮扶责任人不认可。';
    if (!standing)
      d.emit({ type: 'case-blocked', caseIds: [caseId], code: NOT_ACCEPTED, words, ref: party });
    return;
  }
  if (standing)
    d.emit({ type: 'case-unblocked', caseIds: [caseId], code: NOT_ACCEPTED, ref: party });
  const now = d.state.cases.find((each) => each.id === caseId);
  if (now !== undefined && step.parties.every((each) => now.accepted[each.key])) {
    d.emit({ type: 'case-done', caseIds: [caseId], forms: [] });
    afterProgress(d);
  }
}
