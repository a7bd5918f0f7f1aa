/** Reads one sheet: headings exactly, then each cell by the kind of its column. */
import { checkIdNumber } from '../../domain/household/id-number.ts';
import { parsePlainDate } from '../../domain/time/instant.ts';
import type { CodeLists } from '../../policies/code-lists.ts';
import { findCodeValue } from '../../policies/code-lists.ts';
import type { RollColumn, RollSheet } from './columns.ts';
import type { Findings } from './roll.ts';

/** A cell as the spreadsheet reader gives it. */
export type RawCell = string | number | boolean | Date | null;

/** One row: texts by heading ('' = empty), codes still as words. `sound` = no error in it. */
export interface SheetRow {
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly sound: boolean;
}

/** More rows than a county's roll of one sheet should have. */
const ROWS_MAX = 100_000;

/** Longest text of a cell. */
const CELL_CHARACTERS_MAX = 400;

const PHONE_DIGITS = 11;

/** The rows of `sheet`; undefined when its headings are wrong, so that nothing can be read. */
export function readSheetRows(
  sheet: RollSheet,
  data: readonly (readonly RawCell[])[],
  codes: CodeLists,
  findings: Findings,
): SheetRow[] | undefined {
  const places = placeHeadings(sheet, data[0] ?? [], findings);
  if (places === undefined) return undefined;
  const body = data.slice(1);
  if (body.length > ROWS_MAX) {
    const words = `“${sheet.name}”表超过${ROWS_MAX}行，请分批导出`;
    findings.error({ sheet: sheet.name, row: 0, column: '', code: 'too-many-rows', words });
    return undefined;
  }
  const rows: SheetRow[] = [];
  body.forEach((raw, index) => {
    if (raw.every((cell) => cell === null || cell === '')) return;
    rows.push(readRow(sheet, places, raw, index + 2, codes, findings));
  });
  return rows;
}

/** Column number of each heading. */
function placeHeadings(
  sheet: RollSheet,
  headings: readonly RawCell[],
  findings: Findings,
): ReadonlyMap<string, number> | undefined {
  const known = new Set(sheet.columns.map((column) => column.heading));
  const places = new Map<string, number>();
  let sound = true;
  headings.forEach((cell, index) => {
    if (cell === null || cell === '') return;
    const heading = String(cell).trim();
    const at = { sheet: sheet.name, row: 1, column: heading };
    if (places.has(heading)) {
      sound = false;
      findings.error({ ...at, code: 'heading-duplicate', words: `栏目“${heading}”出现两次` });
    } else if (known.has(heading)) {
      places.set(heading, index);
    } else {
      findings.suspect({
        ...at,
        code: 'heading-unknown',
        words: `不认识的栏目“${heading}”，未导入`,
      });
    }
  });
  for (const { heading, mayLack } of sheet.columns) {
    if (places.has(heading) || mayLack === true) continue;
    sound = false;
    const words = `缺少栏目“${heading}”，请勿改动系统导出表的表头`;
    findings.error({ sheet: sheet.name, row: 1, column: heading, code: 'heading-missing', words });
  }
  return sound ? places : undefined;
}

function readRow(
  sheet: RollSheet,
  places: ReadonlyMap<string, number>,
  raw: readonly RawCell[],
  row: number,
  codes: CodeLists,
  findings: Findings,
): SheetRow {
  const cells: Record<string, string> = {};
  let sound = true;
  for (const column of sheet.columns) {
    const at = { sheet: sheet.name, row, column: column.heading };
    const reading = readCell(column, raw[places.get(column.heading) ?? -1] ?? null, codes);
    cells[column.heading] = reading.text;
    if (reading.fault === undefined) continue;
    if (reading.suspect === true) {
      findings.suspect({ ...at, ...reading.fault });
    } else {
      sound = false;
      findings.error({ ...at, ...reading.fault });
    }
  }
  return { row, cells, sound };
}

interface CellReading {
  readonly text: string;
  readonly fault?: { readonly code: string; readonly words: string };
  readonly suspect?: boolean;
}

function readCell(column: RollColumn, raw: RawCell, codes: CodeLists): CellReading {
  const { heading } = column;
  if (raw instanceof Date) {
    const words = `“${heading}”是日期格式的单元格，请改为文本格式后重新填写`;
    return { text: '', fault: { code: 'date-cell', words } };
  }
  if (typeof raw === 'boolean') {
    return {
      text: '',
      fault: { code: 'boolean-cell', words: `“${heading}”应填文字，例如“是”“否”` },
    };
  }
  if (typeof raw === 'number' && column.kind !== 'yuan' && !Number.isSafeInteger(raw)) {
    const words = `“${heading}”是数字格式的单元格，后几位已经丢失，请改为文本格式后重新填写`;
    return { text: '', fault: { code: 'number-cell', words } };
  }
  const text = raw === null ? '' : String(raw).trim();
  if (text === '') {
    if (!column.required) return { text };
    return { text, fault: { code: 'required', words: `“${heading}”不能为空` } };
  }
  if (text.length > CELL_CHARACTERS_MAX) {
    return { text: '', fault: { code: 'too-long', words: `“${heading}”内容过长` } };
  }
  return readText(column, text, codes);
}

function readText(column: RollColumn, text: string, codes: CodeLists): CellReading {
  const { heading } = column;
  const bad = (code: string, words: string): CellReading => ({ text, fault: { code, words } });
  switch (column.kind) {
    case 'text':
      return { text };
    case 'code':
    case 'codes':
      return readCode(column, text, codes);
    case 'date': {
      const date = toDate(text);
      return date === undefined
        ? bad('bad-date', `“${heading}”不是有效日期，应写作1980-01-31或19800131`)
        : { text: date };
    }
    case 'year':
      return /^(19|20)\d\d$/.test(text) ? { text } : bad('bad-year', `“${heading}”应是四位年份`);
    case 'count':
      return /^\d{1,9}$/.test(text) ? { text } : bad('bad-number', `“${heading}”应是整数`);
    case 'yuan':
      return toFen(text) === undefined
        ? bad('bad-number', `“${heading}”应是金额，单位元，最多两位小数`)
        : { text };
    case 'id': {
      const check = checkIdNumber(text);
      return check.ok ? { text: check.number } : bad(check.code, check.words);
    }
    case 'phone':
      if (new RegExp(`^\\d{${PHONE_DIGITS}}$`).test(text)) return { text };
      return {
        ...bad('phone-length', `“${heading}”不是${PHONE_DIGITS}位号码，请核对`),
        suspect: true,
      };
  }
}

function readCode(column: RollColumn, text: string, codes: CodeLists): CellReading {
  if (column.list === undefined) return { text };
  const list = codes[column.list];
  const words = column.kind === 'codes' ? text.split(/[,，、]/) : [text];
  // Half-width and full-width brackets are both seen in exports of one system.
  const normal = words.map((word) => word.trim().replace('（', '(').replace('）', ')'));
  const unknown = normal.filter((word) => findCodeValue(list, word) === undefined);
  if (unknown.length === 0) return { text: normal.join(',') };
  const choices = list.codes.map((code) => code.word).join('、');
  const fault = {
    code: 'unknown-code',
    words: `“${column.heading}”的“${unknown.join('、')}”不在代码表中，应为：${choices}`,
  };
  return { text, fault };
}

function toDate(text: string): string | undefined {
  const match = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})$/.exec(text);
  if (match === null) return undefined;
  return parsePlainDate(`${match[1]}-${match[2]}-${match[3]}`);
}

/** Yuan as written to integer fen; undefined unless it has at most two decimals. '' is nothing: 0. */
export function toFen(text: string): number | undefined {
  if (text === '') return 0;
  if (!/^-?\d{1,9}(\.\d+)?$/.test(text)) return undefined;
  const fen = Math.round(Number(text) * 100);
  // A spreadsheet stores 0.3 as 0.30000000000000004; a third decimal that somebody wrote is refused.
  return Math.abs(Number(text) * 100 - fen) < 1e-6 ? fen : undefined;
}
