import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { Clock } from '../db/clock.ts';
import type { DbOrTx } from '../db/import/database.ts';
import { businessClock } from '../db/schema/effects.ts';
import { rosters } from '../db/schema/record.ts';
import { invariant } from '../domain/invariant.ts';
import type { Instant } from '../domain/time/instant.ts';
import { drainRoster, type Engine } from './drain-roster.ts';
import { sweepNow } from './ensure-sweeper.ts';

/** How long one list or one county may take to note what fell due. */
const ANSWER_MS_MAX = 30_000;

/** The clock after the move, and the lists whose wakes were played, in order of their instants. */
export interface ClockMove {
  readonly now: Instant;
  readonly played: readonly string[];
  /** Reminders that fired. */
  readonly reminded: number;
}

type Services = Engine & { readonly db: DbOrTx; readonly clock: Clock };

/**
 * 拨快时钟 — training only: moves the business clock forward by `byMs` and plays every wake and reminder
 * that fell due before it answers. Undefined where the instance is no training instance. Never moves
 * back.
 */
export async function advanceClock(
  services: Services,
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
  return { ...(await playDue(services)), now: await clock.now() };
}

/** Notes every wake and fires every reminder that is due, the earliest first. */
async function playDue(services: Services): Promise<Omit<ClockMove, 'now'>> {
  const { db, clock } = services;
  const played: string[] = [];
  let reminded = 0;
  let last: string | undefined;
  for (;;) {
    const now = await clock.now();
    const wake = await findEarliestWake(db, now);
    const look = await findEarliestLook(db, now);
    if (wake === undefined && look === undefined) return { played, reminded };
    const isLook = look !== undefined && (wake === undefined || look.at <= wake.at);
    const key = isLook ? `${look.countyCode}:${look.at}` : `${wake?.rosterId}:${wake?.at}`;
    invariant(key !== last, 'what was played is no longer due');
    last = key;
    if (isLook) {
      const { countyCode, at: upTo } = look;
      reminded += (await sweepNow(services, { countyCode, upTo }, ANSWER_MS_MAX)).fired;
    } else if (wake !== undefined) {
      await drainRoster(services, wake, ANSWER_MS_MAX);
      played.push(wake.rosterId);
    }
  }
}

async function findEarliestWake(db: DbOrTx, now: Instant) {
  const { id: rosterId, procedure, nextWakeAt: at, open } = rosters;
  const [row] = await db
    .select({ rosterId, procedure, at })
    .from(rosters)
    .where(and(eq(open, true), lte(at, now)))
    .orderBy(asc(at), asc(rosterId))
    .limit(1);
  return row === undefined ? undefined : { ...row, at: row.at ?? now };
}

/** The county whose sweeper has first to look. */
async function findEarliestLook(db: DbOrTx, now: Instant) {
  const { countyCode, nextReminderAt: at } = rosters;
  const [row] = await db
    .select({ countyCode, at })
    .from(rosters)
    .where(lte(at, now))
    .orderBy(asc(at), asc(countyCode))
    .limit(1);
  return row === undefined ? undefined : { ...row, at: row.at ?? now };
}
