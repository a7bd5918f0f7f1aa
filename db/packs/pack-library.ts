/**
 * 规则包库 of an instance: the shipped packs and the versions that the record keeps, be they a scenario's
 * local packs or loaded by an administrator. Whoever resolves a plan reads it here, so that what one
 * process loads rules in all of them without a restart.
 */
import { asc, count, max } from 'drizzle-orm';
import { loadPacks, type PackLibrary } from '../../policies/load-packs.ts';
import type { DbOrTx } from '../import/database.ts';
import { packs } from '../schema/effects.ts';

/** The library as the record holds it now. */
export async function readPackLibrary(db: DbOrTx): Promise<PackLibrary> {
  const rows = await db
    .select({ name: packs.id, text: packs.source })
    .from(packs)
    .orderBy(asc(packs.version), asc(packs.id));
  return loadPacks({ kept: rows });
}

/** The same, read anew only when a version was added or the record was replaced. */
export function packLibraryOf(db: DbOrTx): () => Promise<PackLibrary> {
  let kept: { readonly mark: string; readonly library: PackLibrary } | undefined;
  return async () => {
    const [row] = await db.select({ rows: count(), newest: max(packs.recordedAt) }).from(packs);
    const mark = `${row?.rows ?? 0} ${row?.newest?.toISOString() ?? ''}`;
    if (kept?.mark !== mark) kept = { mark, library: await readPackLibrary(db) };
    return kept.library;
  };
}
