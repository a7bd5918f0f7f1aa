/** 回头看 — opened by themselves when the record shows a village over the limit again, never twice at once. */
import { sql } from 'drizzle-orm';
import { invariant } from '../../domain/invariant.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { type LookBackRule, lookBackReason } from '../../domain/village/look-back.ts';
import type { DbOrTx } from '../import/database.ts';
import { lookBacks } from '../schema/villages.ts';
import { loadVillages } from './load-villages.ts';

/** Opens those that the rule asks for in an area; safe to repeat. How many were opened. */
export async function openLookBacks(
  db: DbOrTx,
  rule: LookBackRule,
  { areaCode, at }: { readonly areaCode: string; readonly at: Instant },
): Promise<number> {
  const found = await reasonsIn(db, rule, areaCode);
  if (found.length === 0) return 0;
  const { packId } = rule;
  const { document, article, quote } = rule.clause;
  const clause = `${document} ${article}：“${quote}”`;
  const rows = found.map((each) => ({ ...each, packId, clause, openedAt: at }));
  const opened = await db
    .insert(lookBacks)
    .values(rows)
    .onConflictDoNothing()
    .returning({ villageCode: lookBacks.villageCode });
  return opened.length;
}

/** Why a village would be looked back at now; null where it no longer has to be. */
export async function reasonNow(
  db: DbOrTx,
  rule: LookBackRule,
  villageCode: string,
): Promise<string | null> {
  const [found] = await reasonsIn(db, rule, villageCode);
  return found?.words ?? null;
}

async function reasonsIn(db: DbOrTx, rule: LookBackRule, areaCode: string) {
  const sheets = await db.execute<{ code: string; persons: number | null }>(sql`
    select village_code as code,
      case when details ->> '总人口' ~ '^[0-9]{1,7}$' then (details ->> '总人口')::int end as persons
    from village_profiles where village_code like ${`${areaCode}%`}`);
  const personsOf = new Map([...sheets].map(({ code, persons }) => [code, persons]));
  const villages = await loadVillages(db, [...personsOf.keys()]);
  return [...villages.values()].flatMap(({ villageCode, exitYear, poorPersons }) => {
    if (exitYear === null) return [];
    const persons = personsOf.get(villageCode);
    invariant(persons !== undefined, 'every village was read with its sheet');
    const words = lookBackReason(rule, { exitYear, poorPersons, persons });
    return words === null ? [] : [{ villageCode, exitYear, words }];
  });
}
