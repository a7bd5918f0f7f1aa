/** 管理 — who administers what. An administrator holds no law: nothing here touches a list. */

import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Change, Changed } from '../db/administration/record-change.ts';
import { unitsBelow } from '../db/administration/tree.ts';
import { duties, grants, users } from '../db/schema/organisation.ts';
import type { ActorSnapshot } from '../domain/kernel/actor.ts';
import { type Instant, plainDateAt } from '../domain/time/instant.ts';
import { dutiesAt } from './actor.ts';
import { ApiProblem, RefusedProblem } from './problem.ts';

/** Who asks, and when. */
interface Asking {
  readonly actor: ActorSnapshot;
  readonly at: Instant;
}

/** Every organisation of the areas that the user administers today. */
export function administeredUnits(
  db: PostgresJsDatabase,
  { actor, at }: Asking,
): Promise<readonly string[]> {
  const roots = dutiesAt(actor, at)
    .filter(({ duty }) => duty === 'administrator')
    .map(({ orgCode }) => orgCode);
  return unitsBelow(db, roots);
}

/** The administered units; refuses whoever administers nothing. */
export async function requireAdministrator(
  db: PostgresJsDatabase,
  asking: Asking,
): Promise<readonly string[]> {
  const units = await administeredUnits(db, asking);
  if (units.length > 0) return units;
  throw new ApiProblem('NOT-YOUR-DUTY', '此事由管理员办理', { whoClears: '管理员' });
}

/** Refuses an organisation outside the administered area. */
export async function requireAdministration(
  db: PostgresJsDatabase,
  asking: Asking,
  orgCodes: readonly string[],
): Promise<void> {
  const units = await requireAdministrator(db, asking);
  if (orgCodes.every((code) => units.includes(code))) return;
  throw new ApiProblem('NOT-YOUR-AREA', '这里不在您的管理范围内', { whoClears: '上级管理员' });
}

/** 账号 are kept by who administers their organisation and every place where they hold anything. */
export async function requireAdministrationOf(
  db: PostgresJsDatabase,
  asking: Asking,
  userId: string,
): Promise<void> {
  const units = await requireAdministrator(db, asking);
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  if (user === undefined) throw new ApiProblem('NOT-FOUND', '没有这个用户');
  const today = plainDateAt(asking.at);
  const held = await db
    .select({ orgCode: duties.orgCode })
    .from(duties)
    .where(and(eq(duties.userId, userId), or(isNull(duties.validTo), gt(duties.validTo, today))));
  const granted = await db
    .select({ orgCode: grants.orgCode })
    .from(grants)
    .where(and(eq(grants.userId, userId), or(isNull(grants.validTo), gt(grants.validTo, today))));
  const places = [user.orgCode, ...[...held, ...granted].map(({ orgCode }) => orgCode)];
  if (places.every((code) => units.includes(code))) return;
  const words = '此人的账号或岗位有在您管理范围之外的';
  throw new ApiProblem('NOT-YOUR-AREA', words, { whoClears: '上级管理员' });
}

/** The line that every change leaves behind. */
export function changeBy({ actor, at }: Asking, reason: string): Change {
  return { by: actor.userId, at, reason };
}

/** What a writer made; its refusal is thrown, which rolls the transaction back. */
export function madeBy<T>(changed: Changed<T>): T {
  if (changed.ok) return changed.value;
  throw new RefusedProblem([changed.refusal], {});
}
