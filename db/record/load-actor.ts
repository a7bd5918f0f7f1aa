import { eq } from 'drizzle-orm';
import type { ActorSnapshot, Duty, HeldGrant } from '../../domain/kernel/actor.ts';
import type { OrgLevel } from '../../domain/organisation/org-code.ts';
import type { DbOrTx } from '../import/database.ts';
import { duties, grants, organisations, users } from '../schema/organisation.ts';

/**
 * 经办人快照 — a user with every duty and grant ever held; the kernel compares their days with the day
 * of the act. Undefined for an unknown user. A disabled one is returned: old papers keep their signer.
 */
export async function loadActor(db: DbOrTx, userId: string): Promise<ActorSnapshot | undefined> {
  const [[user], held, granted] = await Promise.all([
    db.select({ name: users.displayName }).from(users).where(eq(users.id, userId)),
    db
      .select({ duty: duties, level: organisations.level, orgName: organisations.name })
      .from(duties)
      .innerJoin(organisations, eq(organisations.code, duties.orgCode))
      .where(eq(duties.userId, userId))
      .orderBy(duties.id),
    db.select().from(grants).where(eq(grants.userId, userId)).orderBy(grants.id),
  ]);
  if (user === undefined) return undefined;
  return {
    userId,
    name: user.name,
    duties: held.map(({ duty, level, orgName }) => ({
      orgCode: duty.orgCode,
      // Written from the domain's own unions by the load and the administration routes.
      level: level as OrgLevel,
      orgName,
      duty: duty.duty as Duty,
      department: duty.department,
      validFrom: duty.validFrom,
      validTo: duty.validTo,
    })),
    grants: granted.map((grant) => ({
      kind: grant.kind as HeldGrant['kind'],
      orgCode: grant.orgCode,
      duty: grant.duty as Duty | null,
      households: grant.households,
      validFrom: grant.validFrom,
      validTo: grant.validTo,
    })),
  };
}
