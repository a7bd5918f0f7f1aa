/** 账号 as administrators see them, and the passwords that they hand out once. */
import { randomInt } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { asc, eq, inArray } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { z } from 'zod';
import { duties, grants, users } from '../db/schema/organisation.ts';
import { invariant } from '../domain/invariant.ts';
import { DUTY_WORDS, type Duty } from '../domain/kernel/actor.ts';
import type { AccountJson, HeldDutyJson } from './json/administration.ts';
import { lockedNames } from './session.ts';

/** Without letters and digits that look alike on paper. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 12;

/** 一次性口令 — some 59 bits; must be changed at the first sign-in. */
export function makeOneTimePassword(): string {
  return Array.from({ length: LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
}

/** The stored form of a password. */
export function passwordHashOf(password: string): Promise<string> {
  return hash(password);
}

/** A duty as shown. */
export function dutyView(row: typeof duties.$inferSelect): z.output<typeof HeldDutyJson> {
  // Written from the domain's own union.
  return { ...row, words: DUTY_WORDS[row.duty as Duty] };
}

type UserRow = typeof users.$inferSelect;

/** Accounts of these organisations, with what they hold. */
export async function accountsOf(db: PostgresJsDatabase, orgCodes: readonly string[]) {
  const rows = await db
    .select()
    .from(users)
    .where(inArray(users.orgCode, [...orgCodes]))
    .orderBy(asc(users.orgCode), asc(users.signInName));
  return withHeld(db, rows);
}

/** One account. */
export async function accountView(
  db: PostgresJsDatabase,
  userId: string,
): Promise<z.output<typeof AccountJson>> {
  const rows = await db.select().from(users).where(eq(users.id, userId));
  const [view] = await withHeld(db, rows);
  invariant(view !== undefined, 'the account was just written');
  return view;
}

async function withHeld(
  db: PostgresJsDatabase,
  rows: readonly UserRow[],
): Promise<z.output<typeof AccountJson>[]> {
  const ids = rows.map(({ id }) => id);
  const [held, granted, locked] = await Promise.all([
    db.select().from(duties).where(inArray(duties.userId, ids)).orderBy(asc(duties.validFrom)),
    db.select().from(grants).where(inArray(grants.userId, ids)).orderBy(asc(grants.validFrom)),
    lockedNames(db),
  ]);
  return rows.map(({ id, signInName, displayName, orgCode, mustChangePassword, disabledAt }) => ({
    id,
    signInName,
    displayName,
    orgCode,
    mustChangePassword,
    locked: locked.has(signInName.toLowerCase()),
    disabledAt: disabledAt?.toISOString() ?? null,
    duties: held.filter(({ userId }) => userId === id).map(dutyView),
    grants: granted
      .filter(({ userId }) => userId === id)
      .map((grant) => ({
        ...grant,
        households: grant.households === null ? null : [...grant.households],
      })),
  }));
}
