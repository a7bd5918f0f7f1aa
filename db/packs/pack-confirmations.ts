/** 核定 as the record holds it, for whoever resolves a plan. */
import { eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { isWithin, orgCode } from '../../domain/organisation/org-code.ts';
import type { ValueConfirmation } from '../../policies/confirm-values.ts';
import type { AreaConfirmation } from '../../policies/find-conflicts.ts';
import { packConfirmations } from '../schema/effects.ts';
import { users } from '../schema/organisation.ts';

/** 核定 that rule over the unit, the oldest first: the last one for a path counts. */
export async function confirmationsFor(
  db: PostgresJsDatabase,
  packId: string,
  unitCode: string,
): Promise<readonly ValueConfirmation[]> {
  const all = await allConfirmations(db, packId);
  return all
    .filter(({ areaCode }) => isWithin(orgCode(unitCode), orgCode(areaCode)))
    .map(({ path, value, documentNo, documentOn, by }) => ({
      path,
      value,
      documentNo,
      documentOn,
      by,
    }));
}

/** Everything that offices confirmed, of one pack or of all, the oldest first. */
export async function allConfirmations(
  db: PostgresJsDatabase,
  packId?: string,
): Promise<readonly AreaConfirmation[]> {
  const rows = await db
    .select({ confirmation: packConfirmations, name: users.displayName })
    .from(packConfirmations)
    .leftJoin(users, eq(users.id, packConfirmations.confirmedBy))
    .where(packId === undefined ? undefined : eq(packConfirmations.packId, packId))
    .orderBy(packConfirmations.confirmedAt, packConfirmations.id);
  return rows.map(({ confirmation, name }) => {
    const { packId: of, areaCode, path, value, documentNo, documentOn } = confirmation;
    const by = name ?? confirmation.confirmedBy;
    return { packId: of, areaCode, path, value, documentNo, documentOn, by };
  });
}
