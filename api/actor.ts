/** 经办人: who acts is read from the session and the record, never from a request's body. */
import { eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Request } from 'express';
import { loadActor } from '../db/record/load-actor.ts';
import { users } from '../db/schema/organisation.ts';
import type { ActorSnapshot, HeldDuty, HeldGrant } from '../domain/kernel/actor.ts';
import { type Instant, plainDateAt } from '../domain/time/instant.ts';
import { ApiProblem } from './problem.ts';

/**
 * The signed-in user with all duties and grants ever given; `decide` judges their dates. Somebody with a
 * one-time password gets no further than to changing it.
 */
export async function actorOf(
  db: PostgresJsDatabase,
  request: Request,
  { withOneTimePassword = false }: { readonly withOneTimePassword?: boolean } = {},
): Promise<ActorSnapshot> {
  const { userId } = request.session;
  if (userId === undefined) throw new ApiProblem('NOT-SIGNED-IN', '请先登录');
  const [[user], actor] = await Promise.all([
    db
      .select({ disabledAt: users.disabledAt, mustChange: users.mustChangePassword })
      .from(users)
      .where(eq(users.id, userId)),
    loadActor(db, userId),
  ]);
  if (user === undefined || actor === undefined || user.disabledAt !== null) {
    throw new ApiProblem('NOT-SIGNED-IN', '请先登录');
  }
  if (user.mustChange && !withOneTimePassword) {
    throw new ApiProblem('PASSWORD-CHANGE-REQUIRED', '这是一次性口令，请先修改口令');
  }
  return actor;
}

/** Duties held on the day of `at`. */
export function dutiesAt(actor: ActorSnapshot, at: Instant): readonly HeldDuty[] {
  const day = plainDateAt(at);
  return actor.duties.filter(
    ({ validFrom, validTo }) => validFrom <= day && (validTo === null || day < validTo),
  );
}

/** Grants held on the day of `at`. */
export function grantsAt(actor: ActorSnapshot, at: Instant): readonly HeldGrant[] {
  const day = plainDateAt(at);
  return actor.grants.filter(
    ({ validFrom, validTo }) => validFrom <= day && (validTo === null || day < validTo),
  );
}
