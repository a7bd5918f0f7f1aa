import type { DbOrTx } from '../db/import/database.ts';
import { openLookBacks } from '../db/record/look-backs.ts';
import { type Instant, plainDateAt } from '../domain/time/instant.ts';
import type { PackLibrary } from '../policies/load-packs.ts';
import { lookBackRule } from '../policies/look-back-rule.ts';

/** 回头看: opens what the area's pack of the business year asks for. How many were opened. */
export async function lookBack(
  db: DbOrTx,
  library: PackLibrary,
  { areaCode, at }: { readonly areaCode: string; readonly at: Instant },
): Promise<number> {
  const rule = lookBackRule(library, areaCode, Number(plainDateAt(at).slice(0, 4)));
  return rule === null ? 0 : openLookBacks(db, rule, { areaCode, at });
}
