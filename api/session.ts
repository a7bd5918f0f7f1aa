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

/** Namespace of the advisory locks below; the second key is the name's hash. */
const SIGN_IN_LOCK = 530_627;

/**
 * 登录预占 — counts an attempt before the password is checked, one after another for each name, so that
 * guesses sent at once are counted like guesses sent in turn. Refuses a name that is locked. The row is
 * removed by {@link forgiveAttempt} when the password was right, and stands for a failure otherwise.
 */
async function reserveAttempt(
  db: PostgresJsDatabase,
  name: string,
  request: Request,
): Promise<string> {
  const id = randomUUID();
  const since = new Date(Date.now() - LOCK_MS);
  const { signInName, failedAt } = signInFailures;
  const isFree = await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${SIGN_IN_LOCK}, hashtext(${name}))`);
    const counted = and(eq(signInName, name), gt(failedAt, since));
    if ((await tx.$count(signInFailures, counted)) >= FAILURES_MAX) return false;
    await tx.insert(signInFailures).values({ id, signInName: name, address: request.ip ?? '' });
    return true;
  });
  if (isFree) return id;
  throw new ApiProblem('LOCKED-OUT', '登录失败已满五次，请十分钟后再试');
}

/** The password was right: the attempt was none. */
async function forgiveAttempt(db: PostgresJsDatabase, id: string): Promise<void> {
  await db.delete(signInFailures).where(eq(signInFailures.id, id));
}

/** Names that are locked now, in small letters. */
export async function lockedNames(db: PostgresJsDatabase): Promise<ReadonlySet<string>> {
  const since = new Date(Date.now() - LOCK_MS);
  const rows = await db
    .select({ name: signInFailures.signInName, failures: count() })
    .from(signInFailures)
    .where(gt(signInFailures.failedAt, since))
    .groupBy(signInFailures.signInName);
  return new Set(rows.filter(({ failures }) => failures >= FAILURES_MAX).map(({ name }) => name));
}

/** 登录. Refuses with the same words whether the name or the password is wrong. */
export async function signIn(
  db: PostgresJsDatabase,
  request: Request,
  given: { readonly name: string; readonly password: string },
): Promise<string> {
  const name = given.name.toLowerCase();
  const attempt = await reserveAttempt(db, name, request);
  const [user] = await db
    .select()
    .from(users)
    .where(eq(sql`lower(${users.signInName})`, name));
  const right = await verify(user?.passwordHash ?? (await nobodysHash), given.password);
  if (user === undefined || !right || user.disabledAt !== null) {
    throw new ApiProblem('SIGN-IN-FAILED', '用户名或口令不对');
  }
  await forgiveAttempt(db, attempt);
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
  const attempt = await reserveAttempt(db, name, request);
  if (!(await verify(user.passwordHash, given.old))) {
    throw new ApiProblem('PASSWORD-WRONG', '原口令不对，口令没有修改');
  }
  await forgiveAttempt(db, attempt);
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
