/** 核定 as the record holds it, for whoever resolves a plan. */
import { eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { packConfirmations } from '../db/schema/effects.ts';
import { users } from '../db/schema/organisation.ts';
import { isWithin, orgCode } from '../domain/organisation/org-code.ts';
import type { ValueConfirmation } from '../policies/confirm-values.ts';

/** 核定 that rule over the unit, the oldest first: the last one for a path counts. */
export async function confirmationsFor(
  db: PostgresJsDatabase,
  packId: string,
  unitCode: string,
): Promise<readonly ValueConfirmation[]> {
  const rows = await db
    .select({ confirmation: packConfirmations, name: users.displayName })
    .from(packConfirmations)
    .leftJoin(users, eq(users.id, packConfirmations.confirmedBy))
    .where(eq(packConfirmations.packId, packId))
    .orderBy(packConfirmations.confirmedAt, packConfirmations.id);
  return rows
    .filter(({ confirmation }) => isWithin(orgCode(unitCode), orgCode(confirmation.areaCode)))
    .map(({ confirmation: { path, value, documentNo, documentOn, confirmedBy }, name }) => ({
      path,
      value,
      documentNo,
      documentOn,
      by: name ?? confirmedBy,
    }));
}
