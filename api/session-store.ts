/** 会话 in the database. A stolen table signs nobody in: ids are stored hashed. */
import { createHash } from 'node:crypto';
import { and, eq, gt, lt } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { type SessionData, Store } from 'express-session';
import { sessions } from '../db/schema/organisation.ts';

/** A working day; sessions stay on real time. */
export const SESSION_MS = 12 * 3_600_000;

type Done = (error?: unknown) => void;

/** The stored form of a session's id. */
export function hashedSessionId(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

/** Store of express-session over the table `sessions`. */
export class DatabaseSessionStore extends Store {
  readonly #db: PostgresJsDatabase;

  constructor(db: PostgresJsDatabase) {
    super();
    this.#db = db;
  }

  override get(id: string, done: (error: unknown, session?: SessionData | null) => void): void {
    this.#db
      .select({ data: sessions.data })
      .from(sessions)
      .where(and(eq(sessions.id, hashedSessionId(id)), gt(sessions.expiresAt, new Date())))
      .then(
        // Only `set` below writes the column.
        ([row]) => done(null, row === undefined ? null : (row.data as SessionData)),
        done,
      );
  }

  override set(id: string, session: SessionData, done?: Done): void {
    const expiresAt = new Date(Date.now() + SESSION_MS);
    const data: unknown = JSON.parse(JSON.stringify(session));
    this.#db
      .insert(sessions)
      .values({ id: hashedSessionId(id), data, expiresAt })
      .onConflictDoUpdate({ target: sessions.id, set: { data, expiresAt } })
      .then(
        () => done?.(),
        (error: unknown) => done?.(error),
      );
  }

  override destroy(id: string, done?: Done): void {
    this.#db
      .delete(sessions)
      .where(eq(sessions.id, hashedSessionId(id)))
      .then(
        () => done?.(),
        (error: unknown) => done?.(error),
      );
  }
}

/** Removes what has run out; called at each start. */
export async function removeOldSessions(db: PostgresJsDatabase): Promise<void> {
  await db.delete(sessions).where(lt(sessions.expiresAt, new Date()));
}
