/** 登录: server-side sessions, memory-hard password hashes, lock-out. All on real time. */
import { randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { and, count, eq, gt, ne, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import { sessions, signInFailures, users } from '../db/schema/organisation.ts';
import { invariant } from '../domain/invariant.ts';
import type { ApiDeps } from './deps.ts';
import { ApiProblem } from './problem.ts';
import { DatabaseSessionStore, hashedSessionId, SESSION_MS } from './session-store.ts';

declare module 'express-session' {
  interface SessionData {
    userId: string;
  }
}

const FAILURES_MAX = 5;
const LOCK_MS = 10 * 60_000;

/** A hash to compare with when there is no such user, so that time does not tell who exists. */
const nobodysHash = hash(randomUUID());

/** Middleware that reads the cookie. */
export function sessionMiddleware(deps: ApiDeps): RequestHandler {
  return session({
    name: deps.cookieName,
    secret: deps.sessionSecret,
    store: new DatabaseSessionStore(deps.db),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'strict', secure: 'auto', maxAge: SESSION_MS },
  });
}

/**
 * A page of another site can send forms, but neither this header nor JSON. Uploads, which are forms,
 * therefore need the header.
 */
export const refuseForeignWrites: RequestHandler = (request, _response, next) => {
  const reads = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  // The header itself, since `request.is` looks away when there is no body.
  const fromPage = /^application\/json\b/i.test(request.get('content-type') ?? '');
  if (reads || fromPage || request.get('x-gongshi') !== undefined) next();
  else next(new ApiProblem('WRITE-NOT-FROM-PAGE', '请从本系统的页面提交'));
};

async function refuseLockedOut(db: PostgresJsDatabase, name: string): Promise<void> {
  const since = new Date(Date.now() - LOCK_MS);
  const [row] = await db
    .select({ failures: count() })
    .from(signInFailures)
    .where(and(eq(signInFailures.signInName, name), gt(signInFailures.failedAt, since)));
  if ((row?.failures ?? 0) >= FAILURES_MAX) {
    throw new ApiProblem('LOCKED-OUT', '登录失败已满五次，请十分钟后再试');
  }
}

/** 登录. Refuses with the same words whether the name or the password is wrong. */
export async function signIn(
  db: PostgresJsDatabase,
  request: Request,
  given: { readonly name: string; readonly password: string },
): Promise<string> {
  const name = given.name.toLowerCase();
  await refuseLockedOut(db, name);
  const [user] = await db
    .select()
    .from(users)
    .where(eq(sql`lower(${users.signInName})`, name));
  const right = await verify(user?.passwordHash ?? (await nobodysHash), given.password);
  if (user === undefined || !right || user.disabledAt !== null) {
    await db
      .insert(signInFailures)
      .values({ id: randomUUID(), signInName: name, address: request.ip ?? '' });
    throw new ApiProblem('SIGN-IN-FAILED', '用户名或口令不对');
  }
  // A new id at sign-in: one that somebody planted before is worth nothing.
  await new Promise<void>((resolve, reject) => {
    request.session.regenerate((error: unknown) => (error ? reject(error) : resolve()));
  });
  request.session.userId = user.id;
  await new Promise<void>((resolve, reject) => {
    request.session.save((error: unknown) => (error ? reject(error) : resolve()));
  });
  return user.id;
}

/**
 * 修改口令 — checks the old one (a wrong one counts as a failed sign-in), stores the new one and ends
 * every other session of the user in the same transaction.
 */
export async function changePassword(
  db: PostgresJsDatabase,
  request: Request,
  userId: string,
  given: { readonly old: string; readonly new: string },
): Promise<void> {
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  invariant(user !== undefined, 'the session has a user');
  const name = user.signInName.toLowerCase();
  await refuseLockedOut(db, name);
  if (!(await verify(user.passwordHash, given.old))) {
    const failure = { id: randomUUID(), signInName: name, address: request.ip ?? '' };
    await db.insert(signInFailures).values(failure);
    throw new ApiProblem('PASSWORD-WRONG', '原口令不对，口令没有修改');
  }
  if (given.new === given.old) throw new ApiProblem('MALFORMED', '新口令不能与原口令相同');
  const passwordHash = await hash(given.new);
  const own = hashedSessionId(request.sessionID);
  await db.transaction(async (tx) => {
    const changed = { passwordHash, mustChangePassword: false };
    await tx.update(users).set(changed).where(eq(users.id, userId));
    const isUsers = sql`${sessions.data} ->> 'userId' = ${userId}`;
    await tx.delete(sessions).where(and(isUsers, ne(sessions.id, own)));
  });
}

/** 退出登录. */
export function signOut(request: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    request.session.destroy((error: unknown) => (error ? reject(error) : resolve()));
  });
}
