import { asc } from 'drizzle-orm';
import type { DbOrTx } from '../../db/import/database.ts';
import { isAnyOf } from '../../db/record/any-of.ts';
import { registryEntries } from '../../db/schema/effects.ts';
import type { RegistryWrite } from '../../registry/entry.ts';
import type { EntryPayload } from '../registry/entry-journal.ts';

/** An entry of a case as the label checks read it. */
export interface ComparedEntry {
  readonly caseId: string;
  readonly state: string;
  readonly payload: unknown;
}

/** The cases with their entries, in the order of their effects. */
export async function withEntries<Case extends { readonly caseId: string }>(
  db: DbOrTx,
  cases: readonly Case[],
): Promise<readonly (Case & { readonly entries: readonly ComparedEntry[] })[]> {
  if (cases.length === 0) return [];
  const { caseId, state, payload, intentAt } = registryEntries;
  const ids = cases.map((each) => each.caseId);
  const rows = await db
    .select({ caseId, state, payload })
    .from(registryEntries)
    .where(isAnyOf(caseId, ids))
    .orderBy(asc(intentAt));
  return cases.map((each) => ({
    ...each,
    entries: rows.filter((entry) => entry.caseId === each.caseId),
  }));
}

/** What the registry took of a case last; undefined while it took nothing. */
export function findAccepted(entries: readonly ComparedEntry[]): RegistryWrite | undefined {
  const accepted = entries.findLast(({ state }) => state === 'accepted');
  return accepted && (accepted.payload as EntryPayload).write;
}

/** A call that is on its way may have arrived: then a label there is no other's. */
export function isOnItsWay(entries: readonly ComparedEntry[]): boolean {
  return entries.some(({ state }) => state !== 'refused');
}
