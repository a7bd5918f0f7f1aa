/** 首任管理员 — the one account that no administrator gives, on a system that has none. */
import { and, eq, isNull } from 'drizzle-orm';
import type { OrgCode } from '../../domain/organisation/org-code.ts';
import type { DbOrTx } from '../import/database.ts';
import { duties, organisations, users } from '../schema/organisation.ts';
import { giveDuty } from './duties.ts';
import { createOrganisation } from './organisations.ts';
import { type Change, type Changed, refused } from './record-change.ts';
import { type Account, createUser } from './users.ts';

/** The root of the tree and who administers it first. */
export interface FirstAdministrator {
  readonly root: OrgCode;
  readonly rootName: string;
  readonly since: string;
  readonly id: string;
  readonly dutyId: string;
  readonly signInName: string;
  readonly displayName: string;
  readonly passwordHash: string;
}

/** Somebody who administers, if anybody does. */
export async function findAdministrator(tx: DbOrTx): Promise<{ name: string } | undefined> {
  const [found] = await tx
    .select({ name: users.displayName })
    .from(duties)
    .innerJoin(users, eq(users.id, duties.userId))
    .where(and(eq(duties.duty, 'administrator'), isNull(duties.validTo), isNull(users.disabledAt)));
  return found;
}

/** Makes the root where there is none, and the administrator. Refused while anybody administers. */
export async function appointFirstAdministrator(
  tx: DbOrTx,
  given: FirstAdministrator,
  change: Change,
): Promise<Changed<Account>> {
  const other = await findAdministrator(tx);
  if (other !== undefined) {
    const words = `系统已有管理员（${other.name}），其他管理员由他任命`;
    return refused('ADMINISTRATOR-EXISTS', words, { whoClears: '现任管理员' });
  }
  const { root, since, signInName, displayName, passwordHash } = given;
  const [standing] = await tx.select().from(organisations).where(isNull(organisations.parentCode));
  if (standing === undefined) {
    const place = { code: root, parentCode: null, name: given.rootName, validFrom: since };
    const made = await createOrganisation(tx, place, change);
    if (!made.ok) return made;
  } else if (standing.code !== root) {
    return refused('ORGANISATION-PARENT', `最高一级组织已是${standing.name}（${standing.code}）`);
  }
  const account = { id: given.id, signInName, displayName, passwordHash, orgCode: root };
  const user = await createUser(tx, { ...account, mustChangePassword: true }, change);
  if (!user.ok) return user;
  const duty = {
    id: given.dutyId,
    userId: given.id,
    orgCode: root,
    duty: 'administrator',
  } as const;
  const term = { department: null, validFrom: since, validTo: null };
  const held = await giveDuty(tx, { ...duty, ...term }, change);
  return held.ok ? user : held;
}
