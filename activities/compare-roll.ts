/** 与花名册对账 — what was entered by us against the roll that the national system exported afterwards. */
import { asc, eq, inArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { DbOrTx } from '../db/import/database.ts';
import { registryEntries } from '../db/schema/effects.ts';
import { households } from '../db/schema/households.ts';
import { organisations } from '../db/schema/organisation.ts';
import { cases, rosters } from '../db/schema/record.ts';
import { parseHouseholdRoll } from '../registry/roll/parse-roll.ts';
import type { RollFinding } from '../registry/roll/roll.ts';
import { reconcileRoll } from './registry/reconcile-roll.ts';

/** One entry that people have to look at, by what a list may show. */
export interface ComparedEntry {
  readonly entryId: string;
  readonly rosterId: string;
  readonly unitName: string;
  readonly headName: string;
  readonly words: string;
}

/** 对账结果, or what is wrong with the file. */
export type RollComparison =
  | {
      readonly ok: true;
      readonly households: number;
      readonly matched: number;
      /** Done here, and the roll does not show it; or shown there and not done here. */
      readonly contradicting: readonly ComparedEntry[];
      /** Neither done here nor shown there. */
      readonly open: readonly ComparedEntry[];
    }
  | { readonly ok: false; readonly errors: readonly RollFinding[] };

const MISSING_WORDS = '本系统已办结，花名册中没有这户（村）';
const OPEN_WORDS = '本系统还没有办结，花名册中也没有标注';

/** The subject of an entry where it is a village. */
const village = alias(organisations, 'village');

/** Compares the entries of lists of these units. The roll is only read, nothing is changed. */
export async function compareRoll(
  db: DbOrTx,
  { units, file }: { readonly units: readonly string[]; readonly file: Buffer },
): Promise<RollComparison> {
  const { rows, errors } = await parseHouseholdRoll(file);
  if (errors.length > 0) return { ok: false, errors };
  const entered = await db
    .select({
      entry: registryEntries,
      unitName: organisations.name,
      headName: sql<string>`coalesce(${households.headName}, ${village.name}, '')`,
    })
    .from(registryEntries)
    .innerJoin(rosters, eq(rosters.id, registryEntries.rosterId))
    .innerJoin(cases, eq(cases.id, registryEntries.caseId))
    .leftJoin(households, eq(households.id, cases.subjectId))
    .leftJoin(village, eq(village.code, cases.subjectId))
    .leftJoin(organisations, eq(organisations.code, rosters.unitCode))
    .where(inArray(rosters.unitCode, [...units]))
    .orderBy(asc(registryEntries.rosterId), asc(registryEntries.id));
  const found = reconcileRoll(
    rows,
    entered.map(({ entry }) => entry),
  );
  const byId = new Map(entered.map((each) => [each.entry.id, each]));
  const named = (entryId: string, words: string): readonly ComparedEntry[] => {
    const each = byId.get(entryId);
    if (each === undefined) return [];
    const { entry, unitName, headName } = each;
    return [{ entryId, rosterId: entry.rosterId, unitName: unitName ?? '', headName, words }];
  };
  return {
    ok: true,
    households: rows.households.length,
    matched: found.matched.length,
    contradicting: [
      ...found.missing.flatMap((id) => named(id, MISSING_WORDS)),
      ...found.contradicting.flatMap(({ entryId, words }) => named(entryId, words)),
    ],
    open: found.open.flatMap((id) => named(id, OPEN_WORDS)),
  };
}
