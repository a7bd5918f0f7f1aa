/** 证件号码 in answers: covered unless the whole ones are asked for, which is logged as such. */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { z } from 'zod';
import { readLog } from '../db/schema/effects.ts';
import {
  findCovered,
  isMaskedIdNumber,
  maskIdNumber,
} from '../domain/household/masked-id-number.ts';
import { ApiProblem } from './problem.ts';

/** What of the numbers is shown. */
export const IdNumbersQuery = z.strictObject({
  idNumbers: z.enum(['masked', 'full']).default('masked'),
});

type Shown = z.output<typeof IdNumbersQuery>['idNumbers'];

/** What was read, as it is logged; the whole numbers are another thing than the rest. */
export const READING_WORDS = {
  'visit-form': '采集表',
  'visit-form-id-numbers': '采集表中的完整证件号码',
  comparison: '比对人员',
  'comparison-id-numbers': '比对人员的完整证件号码',
  'comparison-hits': '比对疑点',
  'comparison-file': '送比人员表（含完整证件号码）',
  'registry-entry': '录入内容',
  'registry-entry-id-numbers': '录入内容中的完整证件号码',
  file: '照片或扫描件',
} as const;

/** 查阅事项. */
export type ReadingKind = keyof typeof READING_WORDS;

/** 留查阅记录, before anything is answered. */
export async function logReading(
  db: PostgresJsDatabase,
  reading: { readonly userId: string; readonly what: ReadingKind; readonly reference: string },
): Promise<void> {
  await db.insert(readLog).values(reading);
}

/** A copy of plain data with every `idNumber` in it covered, unless the whole ones are to be shown. */
export function showIdNumbers<T>(content: T, shown: Shown): T {
  return shown === 'full' ? content : (cover(content) as T);
}

function cover(content: unknown): unknown {
  if (Array.isArray(content)) return content.map(cover);
  if (typeof content !== 'object' || content === null) return content;
  return Object.fromEntries(
    Object.entries(content).map(([key, value]: [string, unknown]) =>
      key === 'idNumber' && typeof value === 'string'
        ? [key, maskIdNumber(value)]
        : [key, cover(value)],
    ),
  );
}

interface Person {
  readonly name: string;
  readonly idNumber: string;
}

/** Members as a page sends them back, covered numbers filled in again; MALFORMED where that cannot be. */
export function fillIn<T extends Person>(members: readonly T[], known: readonly Person[]): T[] {
  const missing: string[] = [];
  const filled = members.map((member, index) => {
    if (!isMaskedIdNumber(member.idNumber)) return member;
    const idNumber = findCovered(member, known);
    if (idNumber !== undefined) return { ...member, idNumber };
    missing.push(`第${index + 1}名成员的完整证件号码`);
    return member;
  });
  if (missing.length === 0) return filled;
  const words = '有的证件号码只有首尾几位，请点“查看证件号码”或照证件填写完整后再保存';
  throw new ApiProblem('MALFORMED', words, { missing });
}
