/** Parts of requests, checked at the edge: ids, codes, dates, instants, hashes, words. */
import { z } from 'zod';
import { type OrgCode, parseOrgCode } from '../../domain/organisation/org-code.ts';
import { type PlainDate, parsePlainDate } from '../../domain/time/instant.ts';

/** Longest opinion or reason that a form takes. */
const WORDS_MAX = 2_000;
const ITEMS_MAX = 500;

/** Ids that this system gave out. */
export const Id = z.string().regex(/^[\w:.~-]{1,120}$/);

/** 文字: never empty, never only blanks. */
export const Words = z.string().max(WORDS_MAX).regex(/\S/);

/** Words that go on paper as they are. */
export const SheetWords = z.string().max(200).regex(/\S/);

/** SHA-256 of a file or form. */
export const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** 时点, epoch milliseconds from year 1950 to 2100. */
export const InstantJson = z.number().int().min(-631_152_000_000).max(4_102_444_800_000);

/** 日期 'YYYY-MM-DD' that exists. */
export const PlainDateJson = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .transform((text, context): PlainDate => {
    const date = parsePlainDate(text);
    if (date !== undefined) return date;
    context.addIssue({ code: 'custom', message: 'no such day' });
    return z.NEVER;
  });

/** 区划代码 without padding. */
export const OrgCodeJson = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform((text, context): OrgCode => {
    const code = parseOrgCode(text);
    if (code !== undefined) return code;
    context.addIssue({ code: 'custom', message: 'no such code' });
    return z.NEVER;
  });

/** A list of at most 500, as long as the longest roster. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.array(item).max(ITEMS_MAX).readonly();
}

/** 附件 by requirement key. */
export const EvidenceJson = z
  .record(z.string().regex(/^[\w-]{1,60}$/), z.array(Hash).max(50).readonly())
  .readonly();
