import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { Clock } from '../db/clock.ts';
import type { DbOrTx } from '../db/import/database.ts';
import { businessClock } from '../db/schema/effects.ts';
import { rosters } from '../db/schema/record.ts';
import { invariant } from '../domain/invariant.ts';
import type { Instant } from '../domain/time/instant.ts';
import { drainRoster, type Engine } from './drain-roster.ts';

/** How long one list may take to note what fell due. */
const DRAIN_MS_MAX = 30_000;

/** The clock after the move, and the lists whose wakes were played, in order of their instants. */
export interface ClockMove {
  readonly now: Instant;
  readonly played: readonly string[];
}

/**
 * 拨快时钟 — training only: moves the business clock forward by `byMs` and plays every wake that fell
 * due before it answers. Undefined where the instance is no training instance. Never moves back.
 */
export async function advanceClock(
  services: Engine & { readonly db: DbOrTx; readonly clock: Clock },
  { byMs }: { readonly byMs: number },
): Promise<ClockMove | undefined> {
  invariant(Number.isSafeInteger(byMs) && byMs >= 0, 'the clock only goes forward');
  const { db, clock } = services;
  const moved = await db
    .update(businessClock)
    .set({ offsetMs: sql`${businessClock.offsetMs} + ${byMs}` })
    .where(and(eq(businessClock.id, 1), eq(businessClock.training, true)))
    .returning({ id: businessClock.id });
  if (moved.length === 0) return undefined;
  return { played: await playDueWakes(services), now: await clock.now() };
}

/** Notes every wake that is due, the earliest first. */
export async function playDueWakes(
  services: Engine & { readonly db: DbOrTx; readonly clock: Clock },
): Promise<string[]> {
  const { db, clock } = services;
  const played: string[] = [];
  let last: string | undefined;
  for (;;) {
    const due = await findEarliestDue(db, await clock.now());
    if (due === undefined) return played;
    const key = `${due.rosterId}:${due.wakeAt}`;
    invariant(key !== last, 'a wake that was played is no longer due');
    last = key;
    await drainRoster(services, due, DRAIN_MS_MAX);
    played.push(due.rosterId);
  }
}

async function findEarliestDue(db: DbOrTx, now: Instant) {
  const { id: rosterId, procedure, nextWakeAt: wakeAt, open } = rosters;
  const [row] = await db
    .select({ rosterId, procedure, wakeAt })
    .from(rosters)
    .where(and(eq(open, true), lte(wakeAt, now)))
    .orderBy(asc(wakeAt), asc(rosterId))
    .limit(1);
  return row;
}
