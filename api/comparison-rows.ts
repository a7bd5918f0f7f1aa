/** 比对结果对账: a department's rows matched to a batch by ID number, whole or not at all. */
import readXlsxFile from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import { z } from 'zod';
import { isMaskedIdNumber, maskIdNumber } from '../domain/household/masked-id-number.ts';
import { checkContainer } from '../registry/roll/xlsx-container.ts';
import { ApiProblem } from './problem.ts';

/** One row as a department returns it. */
export const ResultRowJson = z.strictObject({
  idNumber: z.string().min(1).max(30),
  hit: z.boolean(),
  detail: z.string().max(500),
});

/** 比对结果 of one person. */
export type ResultRow = z.output<typeof ResultRowJson>;

/** The same from a page, which knows the person by his 序号 and not by his number. */
export const NumberedRowJson = z.strictObject({
  no: z.number().int().min(1),
  hit: z.boolean(),
  detail: z.string().max(500),
});

type NumberedRow = z.output<typeof NumberedRowJson>;

/** One person of one case in the batch. */
export interface BatchSubject {
  readonly caseId: string;
  readonly idNumber: string;
  readonly name: string;
}

/** Headings of the sheet, for the request file and for the answer. */
export const HEADINGS = ['姓名', '证件号码', '比中', '说明'] as const;

/** Rows of the answer for each person: a person listed in two cases answers both. */
export type MatchedRow = ResultRow & { readonly caseId: string };

function normal(idNumber: string): string {
  return idNumber.trim().toUpperCase();
}

/** 序号 of each distinct ID number of a batch; a batch never changes, so neither do they. */
function ordinals(people: readonly { readonly idNumber: string }[]): Map<string, number> {
  const numbers = [...new Set(people.map(({ idNumber }) => normal(idNumber)))].sort();
  return new Map(numbers.map((idNumber, index) => [idNumber, index + 1]));
}

/** The people of a batch, each with his 序号. */
export function numberPersons<T extends { readonly idNumber: string }>(
  people: readonly T[],
): (T & { readonly no: number })[] {
  const noOf = ordinals(people);
  return people.map((person) => ({ ...person, no: noOf.get(normal(person.idNumber)) ?? 0 }));
}

/**
 * Rows with the ID numbers for which their 序号, or the covered numbers that a client was shown, stand;
 * ROWS-FAULTY where one stands for nobody or for several.
 */
export function withIdNumbers(
  subjects: readonly BatchSubject[],
  rows: readonly (ResultRow | NumberedRow)[],
): readonly ResultRow[] {
  const byNo = new Map([...ordinals(subjects)].map(([idNumber, no]) => [no, idNumber]));
  const numbers = [...byNo.values()];
  const faults: string[] = [];
  const whole = rows.flatMap((row, index) => {
    if ('idNumber' in row) {
      if (!isMaskedIdNumber(row.idNumber)) return [row];
      const covered = normal(row.idNumber);
      const [only, ...others] = numbers.filter((number) => maskIdNumber(number) === covered);
      if (only !== undefined && others.length === 0) return [{ ...row, idNumber: only }];
      faults.push(`第${index + 1}条：证件号码只有首尾几位，认不出是谁，请用序号`);
      return [];
    }
    const { no, ...result } = row;
    const idNumber = byNo.get(no);
    if (idNumber !== undefined) return [{ ...result, idNumber }];
    faults.push(`第${index + 1}条：本批名单中没有序号${no}`);
    return [];
  });
  if (faults.length === 0) return whole;
  const words = `结果有${faults.length}处错误，全部未入库，请改正后重新提交`;
  throw new ApiProblem('ROWS-FAULTY', words, { missing: faults });
}

/**
 * Matches. Any row that is not in the batch, any ID number twice, any hit that says not what was hit and
 * any person without a row refuse the whole answer (ROWS-FAULTY); faults are told by row and name, never by ID number.
 */
export function matchRows(
  subjects: readonly BatchSubject[],
  rows: readonly ResultRow[],
): readonly MatchedRow[] {
  const wanted = new Set(subjects.map(({ idNumber }) => normal(idNumber)));
  const byNumber = new Map<string, ResultRow>();
  const faults: string[] = [];
  rows.forEach((row, index) => {
    const key = normal(row.idNumber);
    if (!wanted.has(key)) faults.push(`第${index + 1}条：证件号码不在本批名单中`);
    else if (byNumber.has(key)) faults.push(`第${index + 1}条：证件号码重复`);
    else if (row.hit && row.detail.trim() === '')
      faults.push(`第${index + 1}条：比中的要写明比中了什么，村里才能说明`);
    byNumber.set(key, row);
  });
  const unanswered = subjects.filter(({ idNumber }) => !byNumber.has(normal(idNumber)));
  // Each once, though he stands in two cases.
  const missing = new Map(unanswered.map(({ idNumber, name }) => [normal(idNumber), name]));
  for (const name of missing.values()) faults.push(`缺少${name}的结果`);
  if (faults.length > 0) {
    const words = `结果有${faults.length}处错误，全部未入库，请改正后重新提交`;
    throw new ApiProblem('ROWS-FAULTY', words, { missing: faults });
  }
  return subjects.flatMap(({ caseId, idNumber }) => {
    const row = byNumber.get(normal(idNumber));
    return row === undefined ? [] : [{ ...row, idNumber, caseId }];
  });
}

/** Reads the first sheet of a workbook with exactly the headings 姓名, 证件号码, 比中 (是/否), 说明. */
export async function readResultSheet(file: Buffer): Promise<readonly ResultRow[]> {
  const container = checkContainer(file);
  if (!container.ok) throw new ApiProblem('FILE-TYPE', container.words);
  if (container.formulas.length > 0)
    throw new ApiProblem('ROWS-FAULTY', '表中有公式，请改为固定内容');
  const sheets = await readXlsxFile(file).catch(() => undefined);
  const data = sheets?.[0]?.data;
  if (data === undefined) throw new ApiProblem('FILE-TYPE', '表格无法读取，请用系统给出的表');
  const [head = [], ...body] = data;
  const headings = head.map((cell) => (cell === null ? '' : String(cell).trim()));
  const missing = HEADINGS.filter((name) => !headings.includes(name));
  if (missing.length > 0) throw new ApiProblem('ROWS-FAULTY', '表头不对，全部未入库', { missing });
  const faults: string[] = [];
  const rows = body.flatMap((cells, index) => {
    const texts = HEADINGS.map((name) => String(cells[headings.indexOf(name)] ?? '').trim());
    const [, idNumber = '', hit = '', detail = ''] = texts;
    if (texts.every((text) => text === '')) return [];
    if (hit !== '是' && hit !== '否') faults.push(`第${index + 2}行：“比中”要填是或否`);
    const row = ResultRowJson.safeParse({ idNumber, hit: hit === '是', detail });
    if (row.success) return [row.data];
    faults.push(`第${index + 2}行：证件号码或说明不合要求`);
    return [];
  });
  if (faults.length > 0) {
    const words = `表中有${faults.length}处错误，全部未入库`;
    throw new ApiProblem('ROWS-FAULTY', words, { missing: faults });
  }
  return rows;
}

/** The sheet that a department fills in; each person once, every cell text. */
export async function writeRequestSheet(
  people: readonly { readonly name: string; readonly idNumber: string }[],
): Promise<Buffer> {
  const text = (value: string) => (value === '' ? null : { value, type: String });
  const once = new Map(people.map((person) => [normal(person.idNumber), person]));
  const rows = [...once].map(([idNumber, { name }]) => [name, idNumber, '', ''].map(text));
  const data = [[...HEADINGS].map(text), ...rows];
  return writeXlsxFile([{ sheet: '比对', data }]).toBuffer();
}
