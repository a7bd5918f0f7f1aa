/** 账号管理 — people who sign in. Passwords come hashed; none is ever in the record of changes. */
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { plainDateAt } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { duties, grants, sessions, signInFailures, users } from '../schema/organisation.ts';
import { endDutyRow, refuseLastAdministrator } from './duties.ts';
import { endGrantRow } from './grants.ts';
import { type Change, type Changed, recordChange, refused } from './record-change.ts';
import { refusePlace } from './standing.ts';

type UserRow = typeof users.$inferSelect;

/** An account without its password. */
export type Account = Omit<UserRow, 'passwordHash'>;

/** An account to be opened. */
export interface NewUser {
  readonly id: string;
  readonly signInName: string;
  readonly displayName: string;
  /** 所属单位. */
  readonly orgCode: string;
  readonly passwordHash: string;
  /** False only where the password was the person's own choice from the beginning. */
  readonly mustChangePassword: boolean;
}

/** 开设账号. Gives no authority. */
export async function createUser(
  tx: DbOrTx,
  given: NewUser,
  change: Change,
): Promise<Changed<Account>> {
  const place = await refusePlace(tx, given.orgCode);
  if (place !== undefined) return place;
  const [row] = await tx.insert(users).values(given).onConflictDoNothing().returning();
  if (row === undefined) {
    return refused('USER-NAME-TAKEN', '这个登录名已有人用（不分大小写），请换一个');
  }
  const after = accountOf(row);
  await recordChange(tx, change, { kind: 'user-created', ...subjectOf(row), before: null, after });
  return { ok: true, value: after };
}

/** 停用账号 — ends the account at once with its sessions, duties and grants. What was signed stays signed. */
export async function endUser(
  tx: DbOrTx,
  userId: string,
  change: Change,
): Promise<Changed<Account>> {
  const user = await lockUser(tx, userId);
  if (user === undefined) return refused('USER-UNKNOWN', '没有这个用户');
  if (user.disabledAt !== null) return refused('USER-ENDED', '这个账号已停用');
  if (userId === change.by) return refused('OWN-ACCOUNT', '不能停用自己的账号');
  const today = plainDateAt(change.at);
  const held = await tx
    .select()
    .from(duties)
    .where(and(eq(duties.userId, userId), or(isNull(duties.validTo), gt(duties.validTo, today))));
  for (const row of held) {
    const last = await refuseLastAdministrator(tx, row, today);
    if (last !== undefined) return last;
  }
  for (const row of held) await endDutyRow(tx, row, today, change);
  const granted = await tx
    .select()
    .from(grants)
    .where(and(eq(grants.userId, userId), or(isNull(grants.validTo), gt(grants.validTo, today))));
  for (const row of granted) await endGrantRow(tx, row, today, change);
  const [row] = await tx
    .update(users)
    .set({ disabledAt: sql`now()` })
    .where(eq(users.id, userId))
    .returning();
  if (row === undefined) throw new TypeError('an update of a locked row returns it');
  await endSessions(tx, userId);
  const [before, after] = [accountOf(user), accountOf(row)];
  await recordChange(tx, change, { kind: 'user-ended', ...subjectOf(row), before, after });
  return { ok: true, value: after };
}

/** 重置口令 — the new one must be changed at the first sign-in; sessions and the lock-out end. */
export async function resetPassword(
  tx: DbOrTx,
  { userId, passwordHash }: { readonly userId: string; readonly passwordHash: string },
  change: Change,
): Promise<Changed<Account>> {
  const user = await lockUser(tx, userId);
  if (user === undefined) return refused('USER-UNKNOWN', '没有这个用户');
  if (user.disabledAt !== null) return refused('USER-ENDED', '这个账号已停用');
  if (userId === change.by) return refused('OWN-ACCOUNT', '自己的口令请在“修改口令”中办理');
  const set = { passwordHash, mustChangePassword: true };
  await tx.update(users).set(set).where(eq(users.id, userId));
  await endSessions(tx, userId);
  await clearFailures(tx, user);
  const after = accountOf({ ...user, ...set });
  await recordChange(tx, change, {
    kind: 'password-reset',
    ...subjectOf(user),
    before: accountOf(user),
    after,
  });
  return { ok: true, value: after };
}

/** 解除锁定 — forgets the failed sign-ins of the name. */
export async function unlockUser(
  tx: DbOrTx,
  userId: string,
  change: Change,
): Promise<Changed<Account>> {
  const user = await lockUser(tx, userId);
  if (user === undefined) return refused('USER-UNKNOWN', '没有这个用户');
  const failures = await clearFailures(tx, user);
  const after = { failures: 0 };
  await recordChange(tx, change, {
    kind: 'user-unlocked',
    ...subjectOf(user),
    before: { failures },
    after,
  });
  return { ok: true, value: accountOf(user) };
}

async function lockUser(tx: DbOrTx, userId: string): Promise<UserRow | undefined> {
  const [row] = await tx.select().from(users).where(eq(users.id, userId)).for('update');
  return row;
}

async function endSessions(tx: DbOrTx, userId: string): Promise<void> {
  await tx.delete(sessions).where(sql`${sessions.data} ->> 'userId' = ${userId}`);
}

async function clearFailures(tx: DbOrTx, { signInName }: UserRow): Promise<number> {
  const gone = await tx
    .delete(signInFailures)
    .where(eq(signInFailures.signInName, signInName.toLowerCase()))
    .returning({ id: signInFailures.id });
  return gone.length;
}

function accountOf({ passwordHash: _hash, ...account }: UserRow): Account {
  return account;
}

function subjectOf({ id, orgCode }: UserRow) {
  return { subject: id, orgCode };
}
