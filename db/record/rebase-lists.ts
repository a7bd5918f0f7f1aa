/** 组织变动后的名单 — the columns by which lists are found follow the tree; what was decided does not. */
import { and, eq, inArray } from 'drizzle-orm';
import type { DbOrTx } from '../import/database.ts';
import { progress, rosters } from '../schema/record.ts';
import { loadChain } from './load-facts.ts';

/**
 * Finds the lists of these units under the organisations that stand above them now, and says who holds
 * them. Writes projections only: events and states keep the organisations of their day.
 */
export async function rebaseLists(tx: DbOrTx, unitCodes: readonly string[]): Promise<void> {
  if (unitCodes.length === 0) return;
  const found = await tx
    .selectDistinct({ unitCode: rosters.unitCode, holderLevel: rosters.holderLevel })
    .from(rosters)
    .where(inArray(rosters.unitCode, [...unitCodes]));
  for (const { unitCode, holderLevel } of found) {
    const { chain } = await loadChain(tx, unitCode);
    const townshipCode = chain.township ?? unitCode;
    const countyCode = chain.county ?? unitCode;
    const holders: Readonly<Record<string, string>> = chain;
    const holderCode = holders[holderLevel] ?? unitCode;
    await tx
      .update(rosters)
      .set({ townshipCode, countyCode, holderCode })
      .where(and(eq(rosters.unitCode, unitCode), eq(rosters.holderLevel, holderLevel)));
    await tx
      .update(progress)
      .set({ townshipCode, countyCode })
      .where(eq(progress.villageCode, unitCode));
  }
}
