import { setTimeout as delay } from 'node:timers/promises';
import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { DbOrTx } from '../db/import/database.ts';
import {
  findKeyedRequest,
  type KeyedRequest,
  keepKeyedRequest,
} from '../db/record/keyed-requests.ts';
import { findEarliestAlarm } from '../db/reminders/alarm-screenings.ts';
import { businessClock } from '../db/schema/effects.ts';
import { rosters } from '../db/schema/record.ts';
import { reminders } from '../db/schema/reminders.ts';
import { invariant } from '../domain/invariant.ts';
import type { Instant } from '../domain/time/instant.ts';
import { sweepNow } from './ensure-sweeper.ts';
import { type JudgeServices, judgeTogether } from './judge-together.ts';

/** How long the engine may keep silent before the rest is left to the sweep. */
const SILENT_MS_MAX = 20_000;

/** Between two tries while the engine is away or full. */
const AGAIN_MS = 250;

/** Where a move goes, and as which request: the same one again moves nothing further. */
export interface ClockMove {
  /** Asked for a new request only; what it throws ends the move. */
  readonly findTo: () => Promise<Instant>;
  readonly request?: KeyedRequest;
}

/** What a move did; `moved` says that the clock stands there, or stood further already. */
export type MovedClock =
  | {
      readonly kind: 'moved';
      /** Reminders that fired meanwhile, whoever swept: a sweeper that just starts sweeps by itself, too. */
      readonly reminded: number;
      /** False when the engine did not answer for all that fell due: workflows and sweep go on. */
      readonly isComplete: boolean;
    }
  | { readonly kind: 'not-training' | 'conflict' };

/**
 * 拨快时钟 — training only: moves the business clock forward to an instant and plays every wake and
 * reminder that fell due before it answers. Never moves back.
 */
export async function advanceClock(services: JudgeServices, move: ClockMove): Promise<MovedClock> {
  const { db } = services;
  const before = await db.$count(reminders);
  const kind = await db.transaction((tx) => moveOffset(tx, move));
  if (kind !== 'moved') return { kind };
  const isComplete = await playDue(services);
  return { kind, isComplete, reminded: (await db.$count(reminders)) - before };
}

async function moveOffset(tx: DbOrTx, { findTo, request }: ClockMove): Promise<MovedClock['kind']> {
  const earlier = request === undefined ? null : await findKeyedRequest(tx, request);
  if (earlier?.kind === 'conflict') return 'conflict';
  if (earlier?.kind === 'done') return 'moved';
  const to = await findTo();
  invariant(Number.isSafeInteger(to), 'the clock goes to an instant');
  const { id, offsetMs, training } = businessClock;
  const moved = await tx
    .update(businessClock)
    .set({ offsetMs: sql`greatest(${offsetMs}, ${to - Date.now()})` })
    .where(and(eq(id, 1), eq(training, true)))
    .returning({ id });
  if (moved.length === 0) return 'not-training';
  if (request !== undefined) await keepKeyedRequest(tx, request, String(to));
  return 'moved';
}

/** Notes every wake and fires every reminder that is due, the earliest first; false when nobody answers. */
async function playDue(services: JudgeServices): Promise<boolean> {
  const { db, clock } = services;
  let noted: string | undefined;
  let silentSince = Date.now();
  for (;;) {
    const due = await findEarliestDue(db, await clock.now());
    if (due === undefined) return true;
    const key = JSON.stringify(due);
    invariant(key !== noted, 'what was played is no longer due');
    const leftMs = silentSince + SILENT_MS_MAX - Date.now();
    if (leftMs <= 0) return false;
    if (!(await playOne(services, due, leftMs))) {
      await delay(AGAIN_MS);
      continue;
    }
    noted = key;
    silentSince = Date.now();
  }
}

/** A list with a wake, or a county with reminders. */
type Due =
  | { readonly rosterId: string; readonly procedure: string; readonly at: Instant }
  | { readonly countyCode: string; readonly at: Instant };

/** Whether it was played; false when nobody answered, which says nothing of what fell due. */
async function playOne(services: JudgeServices, due: Due, limitMs: number): Promise<boolean> {
  if ('rosterId' in due) return (await judgeTogether(services, due, limitMs)) !== null;
  const { countyCode, at: upTo } = due;
  return sweepNow(services, { countyCode, upTo }, limitMs).then(
    () => true,
    () => false,
  );
}

async function findEarliestDue(db: DbOrTx, now: Instant): Promise<Due | undefined> {
  const wake = await findEarliestWake(db, now);
  const looks = [await findEarliestLook(db, now), await findEarliestAlarm(db, now)];
  const [look] = looks.filter((each) => each !== undefined).sort((a, b) => a.at - b.at);
  if (wake === undefined || look === undefined) return wake ?? look;
  return look.at <= wake.at ? look : wake;
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
