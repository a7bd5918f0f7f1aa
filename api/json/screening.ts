/** 入户排查表 at the edge. */
import { z } from 'zod';
import { SCREENING_FINDINGS } from '../../domain/screening/screening.ts';
import { Hash, listOf, PlainDateJson } from './parts.ts';

const Name = z.string().max(100).regex(/\S/);
/** May be left empty: the rules say what is missing, in words. */
const Text = z.string().max(2_000);
const Signature = z
  .strictObject({ name: Name, role: Name, on: PlainDateJson, scan: Hash })
  .readonly();

/** 入户排查表. */
export const ScreeningSheetJson = z.strictObject({
  screenedOn: PlainDateJson,
  screeners: listOf(Signature),
  groups: listOf(Name),
  risk: Text,
  finding: z.enum(SCREENING_FINDINGS),
  measures: Text,
  wantsLoan: z.boolean(),
  householder: Signature.nullable(),
  remote: z.strictObject({ reason: Text }).readonly().nullable(),
});

/** 排查规则 as a page needs them. */
export const ScreeningRulesJson = z.strictObject({
  packId: z.string(),
  title: z.string(),
  groups: z.array(z.string()),
  visitedBy: z.string(),
  followedBy: z.string(),
});

/** A sheet in a list. */
export const ScreeningRowJson = z.strictObject({
  id: z.string(),
  packId: z.string(),
  villageCode: z.string(),
  villageName: z.string(),
  householdId: z.string(),
  headName: z.string(),
  screenedOn: z.string(),
  finding: z.enum(SCREENING_FINDINGS),
  findingWords: z.string(),
  risk: Text,
  measures: Text,
  screeners: z.array(z.string()),
  /** 须立案的程序; null where nothing has to follow. */
  followUp: z.string().nullable(),
  dueAt: z.string().nullable(),
  lateMs: z.number(),
  /** 立案的名单; null while there is none (应纳未纳). */
  rosterId: z.string().nullable(),
  alarmedAt: z.string().nullable(),
});

/** 应排查、已排查 of a village: everybody who left, and everybody who is monitored. */
export const CoverageJson = z.strictObject({
  packId: z.string(),
  villageCode: z.string(),
  villageName: z.string(),
  shall: z.number(),
  done: z.number(),
  dueAt: z.string().nullable(),
  lateMs: z.number(),
});
