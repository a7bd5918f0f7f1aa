/**
 * The zip container of an xlsx file, read only as far as is needed to refuse what the spreadsheet
 * reader would take without a word: bombs, and formulas (of which it returns the last result).
 */
import { inflateRawSync } from 'node:zlib';

/** Bytes of an uploaded roll; a county's largest village needs less than one. */
export const ROLL_BYTES_MAX = 20 * 1024 * 1024;

/** Bytes of all its parts unpacked. */
const UNPACKED_BYTES_MAX = 200 * 1024 * 1024;

const END_RECORD = 0x06054b50;
const ENTRY_RECORD = 0x02014b50;
const END_RECORD_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;

interface Part {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly offset: number;
}

/** A cell that holds a formula. */
export interface FormulaCell {
  readonly sheet: string;
  readonly row: number;
  /** Column number, from 0. */
  readonly column: number;
}

/** What was found in the container. */
export type ContainerCheck =
  | { readonly ok: true; readonly formulas: readonly FormulaCell[] }
  | {
      readonly ok: false;
      readonly code: 'empty-file' | 'too-large' | 'not-xlsx';
      readonly words: string;
    };

const NOT_XLSX: ContainerCheck = {
  ok: false,
  code: 'not-xlsx',
  words: '文件不是有效的xlsx表格（或已损坏），请用系统导出的原文件，或另存为xlsx后重试',
};

const TOO_LARGE: ContainerCheck = {
  ok: false,
  code: 'too-large',
  words: `文件超过${ROLL_BYTES_MAX / 1024 / 1024}兆或内容过大，请按村分别导出`,
};

/** Checks size and structure and lists the formula cells. */
export function checkContainer(file: Buffer): ContainerCheck {
  if (file.length === 0) return { ok: false, code: 'empty-file', words: '文件是空的，请重新导出' };
  if (file.length > ROLL_BYTES_MAX) return TOO_LARGE;
  const parts = listParts(file);
  if (parts === undefined) return NOT_XLSX;
  const unpacked = parts.reduce((total, part) => total + part.unpackedBytes, 0);
  if (unpacked > UNPACKED_BYTES_MAX) return TOO_LARGE;
  const byName = new Map(parts.map((part) => [part.name, part]));
  const workbook = readPart(file, byName.get('xl/workbook.xml'));
  const relations = readPart(file, byName.get('xl/_rels/workbook.xml.rels'));
  if (workbook === undefined || relations === undefined) return NOT_XLSX;
  const formulas: FormulaCell[] = [];
  for (const { name, target } of sheetTargets(workbook, relations)) {
    const sheet = readPart(file, byName.get(target));
    if (sheet === undefined) return NOT_XLSX;
    formulas.push(...formulaCells(name, sheet));
  }
  return { ok: true, formulas };
}

function listParts(file: Buffer): Part[] | undefined {
  const end = findEndRecord(file);
  if (end === undefined) return undefined;
  const count = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  const parts: Part[] = [];
  for (let index = 0; index < count; index++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== ENTRY_RECORD) return undefined;
    const nameBytes = file.readUInt16LE(at + 28);
    parts.push({
      method: file.readUInt16LE(at + 10),
      packedBytes: file.readUInt32LE(at + 20),
      unpackedBytes: file.readUInt32LE(at + 24),
      offset: file.readUInt32LE(at + 42),
      name: file.toString('utf8', at + 46, at + 46 + nameBytes),
    });
    at += 46 + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return parts;
}

function findEndRecord(file: Buffer): number | undefined {
  const first = Math.max(0, file.length - END_RECORD_BYTES - COMMENT_BYTES_MAX);
  for (let at = file.length - END_RECORD_BYTES; at >= first; at--) {
    if (file.readUInt32LE(at) === END_RECORD) return at;
  }
  return undefined;
}

/** Undefined when the part is missing, packed in an unknown way, or larger than it says. */
function readPart(file: Buffer, part: Part | undefined): string | undefined {
  if (part === undefined || part.offset + 30 > file.length) return undefined;
  const nameBytes = file.readUInt16LE(part.offset + 26);
  const extraBytes = file.readUInt16LE(part.offset + 28);
  const start = part.offset + 30 + nameBytes + extraBytes;
  const packed = file.subarray(start, start + part.packedBytes);
  if (part.method === 0) return packed.toString('utf8');
  if (part.method !== 8) return undefined;
  try {
    const maxOutputLength = Math.max(1, Math.min(part.unpackedBytes, UNPACKED_BYTES_MAX));
    return inflateRawSync(packed, { maxOutputLength }).toString('utf8');
  } catch {
    // A part that does not unpack is the file's fault: the caller answers 'not-xlsx'.
    return undefined;
  }
}

function sheetTargets(workbook: string, relations: string): { name: string; target: string }[] {
  const targets = new Map<string, string>();
  for (const [tag] of relations.matchAll(/<Relationship\s[^>]*>/g)) {
    const id = attribute(tag, 'Id');
    const target = attribute(tag, 'Target');
    if (id !== undefined && target !== undefined) {
      targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    }
  }
  const sheets: { name: string; target: string }[] = [];
  for (const [tag] of workbook.matchAll(/<sheet\s[^>]*>/g)) {
    const target = targets.get(attribute(tag, 'r:id') ?? '');
    const name = attribute(tag, 'name');
    if (target !== undefined && name !== undefined) sheets.push({ name, target });
  }
  return sheets;
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
}

function formulaCells(sheet: string, xml: string): FormulaCell[] {
  const cells: FormulaCell[] = [];
  for (const match of xml.matchAll(/<c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>/]*>\s*<f[\s/>]/g)) {
    const [, letters = '', row] = match;
    cells.push({ sheet, row: Number(row), column: columnNumber(letters) });
  }
  return cells;
}

function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number - 1;
}
