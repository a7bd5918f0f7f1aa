import { eq } from 'drizzle-orm';
import type { ActorSnapshot, Duty, HeldDuty, HeldGrant } from '../../domain/kernel/actor.ts';
import type { OrgLevel } from '../../domain/organisation/org-code.ts';
import type { DbOrTx } from '../import/database.ts';
import { duties, grants, organisations, users } from '../schema/organisation.ts';
import { isAnyOf } from './any-of.ts';

/**
 * 经办人快照 — a user with every duty and grant ever held; the kernel compares their days with the day
 * of the act. Undefined for an unknown user. A disabled one is returned: old papers keep their signer.
 */
export async function loadActor(db: DbOrTx, userId: string): Promise<ActorSnapshot | undefined> {
  const [actor] = await loadActors(db, [userId]);
  return actor;
}

/** The same of several users, in the order of their ids; unknown ones are left out. */
export async function loadActors(
  db: DbOrTx,
  userIds: readonly string[],
): Promise<readonly ActorSnapshot[]> {
  if (userIds.length === 0) return [];
  const [known, held, granted] = await Promise.all([
    db
      .select({ userId: users.id, name: users.displayName })
      .from(users)
      .where(isAnyOf(users.id, userIds))
      .orderBy(users.id),
    db
      .select({ duty: duties, level: organisations.level, orgName: organisations.name })
      .from(duties)
      .innerJoin(organisations, eq(organisations.code, duties.orgCode))
      .where(isAnyOf(duties.userId, userIds))
      .orderBy(duties.id),
    db.select().from(grants).where(isAnyOf(grants.userId, userIds)).orderBy(grants.id),
  ]);
  return known.map(({ userId, name }) => ({
    userId,
    name,
    duties: held.filter(({ duty }) => duty.userId === userId).map(dutyOf),
    grants: granted.filter((grant) => grant.userId === userId).map(grantOf),
  }));
}

function dutyOf({
  duty,
  level,
  orgName,
}: {
  readonly duty: typeof duties.$inferSelect;
  readonly level: string;
  readonly orgName: string;
}): HeldDuty {
  return {
    orgCode: duty.orgCode,
    // Written from the domain's own unions by the load and the administration routes.
    level: level as OrgLevel,
    orgName,
    duty: duty.duty as Duty,
    department: duty.department,
    validFrom: duty.validFrom,
    validTo: duty.validTo,
  };
}

function grantOf(grant: typeof grants.$inferSelect): HeldGrant {
  return {
    kind: grant.kind as HeldGrant['kind'],
    orgCode: grant.orgCode,
    duty: grant.duty as Duty | null,
    households: grant.households,
    validFrom: grant.validFrom,
    validTo: grant.validTo,
  };
}
