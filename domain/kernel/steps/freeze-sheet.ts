/** 定稿 — a sheet is frozen as the server made it, or refused: changed since the preview, incomplete, G-05. */
import { findSensitiveText, type SheetTextUse } from '../../guards/sheet-text.ts';
import type { SheetInput } from '../../sheet/compose-sheet.ts';
import type { PostedSheet } from '../../sheet/posted-sheet.ts';
import { plainDateAt } from '../../time/instant.ts';
import type { Deliberation } from '../deliberation.ts';
import type { Refusal } from '../refusal.ts';
import { activeCases, type SheetState } from '../state.ts';

/** What a sheet of this decision is made from; its day is the day on which the act counts. */
export function sheetInput(d: Deliberation, contact: string | undefined): SheetInput {
  const { plan, state, facts } = d;
  const given = contact?.trim() ?? '';
  return { plan, state, facts, on: plainDateAt(d.at), contact: given === '' ? null : given };
}

/**
 * Freezes the sheet and returns its hash; adds refusals where it may not hang. `caseIds` are those of its
 * rows; `seen` is the hash of the preview that was looked at, if any was.
 */
export function freezeSheet(
  d: Deliberation,
  sheet: PostedSheet,
  caseIds: readonly string[],
  seen?: string,
): string {
  const hash = d.freeze(sheet);
  const clauses = { step: d.step.clauseId, privacy: d.plan.citations?.sheetClauseId };
  for (const refusal of sheetRefusals(sheet, caseIds, clauses)) d.refuse(refusal);
  if (seen !== undefined && seen !== hash) {
    d.refuse({
      code: 'SHEET-CHANGED',
      words: `预览之后名单、${d.unit}信息或日期有变化，请重新预览核对后再定稿。`,
      missing: ['重新预览'],
    });
  }
  return hash;
}

/** What refusals of a sheet cite: the step that posts it, and the text on what may not be shown. */
export interface SheetClauses {
  readonly step: string;
  readonly privacy: string | undefined;
}

/** Why a sheet may not hang: rows without a name or size, words that nobody may post (G-05). */
export function sheetRefusals(
  sheet: PostedSheet,
  caseIds: readonly string[],
  clauses: SheetClauses,
): readonly Refusal[] {
  const { rows, contact, correction } = sheet;
  const refusals: Refusal[] = [];
  const unknown = caseIds.filter((_, index) => {
    const row = rows[index];
    return row === undefined || row.headName.trim() === '' || row.memberCount < 1;
  });
  if (unknown.length > 0) {
    const { unit, name, size } = rowWords(sheet);
    refusals.push({
      code: 'SHEET-INCOMPLETE',
      words: `有${unknown.length}${unit}没有${name}或${size}，不能公示，请先补齐${unit}信息。`,
      clauseId: clauses.step,
      cases: unknown,
      missing: [name, size],
    });
  }
  const privacy = clauses.privacy ?? clauses.step;
  for (const [index, { headName, groupName, rate = '' }] of rows.entries()) {
    const cases = caseIds.slice(index, index + 1);
    const place = `第${index + 1}行`;
    const name = `${place}${rowWords(sheet).name}`;
    refusals.push(...sensitiveRefusals(name, headName, privacy, { cases }));
    refusals.push(...sensitiveRefusals(`${place}村民小组`, groupName, privacy, { cases }));
    refusals.push(...sensitiveRefusals(`${place}贫困发生率`, rate, privacy, { cases }));
  }
  const words = correction?.words ?? '';
  refusals.push(...sensitiveRefusals('更正内容', words, privacy));
  refusals.push(...sensitiveRefusals('联系方式', contact ?? '', privacy, { use: 'contact' }));
  return refusals;
}

/** What a row is, and what its name and size are called. */
function rowWords({ subject }: PostedSheet) {
  return subject === undefined
    ? { unit: '户', name: '户主姓名', size: '家庭人口' }
    : { unit: '村', name: '村名', size: '贫困发生率的分母' };
}

function sensitiveRefusals(
  where: string,
  text: string,
  clauseId: string,
  { use, cases }: { readonly use?: SheetTextUse; readonly cases?: readonly string[] } = {},
): readonly Refusal[] {
  const found = findSensitiveText(text, use);
  if (found.length === 0) return [];
  const named = found.map(({ kind, shown }) => `${kind}（${shown}）`).join('、');
  const words = `公示公告中不得公开农户身份证件号码、手机号、银行账号、健康状况等敏感信息：${where}中有${named}。`;
  const missing = [...new Set(found.map(({ kind }) => kind))];
  return [{ code: 'G-05', words, clauseId, missing, ...(cases !== undefined && { cases }) }];
}

/** A list that changed between freezing and the first posting is not the one on the paper. */
export function refuseOtherList(d: Deliberation, sheet: SheetState): void {
  if (sheet.postings.length > 0) return;
  const listed = new Set(sheet.caseIds);
  const now = activeCases(d.state);
  if (now.length === listed.size && now.every(({ id }) => listed.has(id))) return;
  d.refuse({
    code: 'SHEET-CHANGED',
    words: '定稿之后名单有变化，纸上的名单已不是现在的名单，请重新定稿并打印。',
    clauseId: d.step.clauseId,
    missing: ['重新定稿'],
  });
}
