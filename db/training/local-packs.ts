import { asc } from 'drizzle-orm';
import type { PackText } from '../../policies/load-packs.ts';
import type { DbOrTx } from '../import/database.ts';
import { packs } from '../schema/effects.ts';

/** 本地规则包 of the loaded scenario, so that they outlive a restart. */
export async function loadLocalPacks(db: DbOrTx): Promise<PackText[]> {
  const rows = await db.select().from(packs).orderBy(asc(packs.recordedAt), asc(packs.id));
  return rows.map(({ id, source }) => ({ name: id, text: source }));
}
