import { and, eq, exists, gt, isNull, lt, not, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '../db/import/database.ts';
import { registryEntries } from '../db/schema/effects.ts';
import { commands, rosters } from '../db/schema/record.ts';
import type { Instant } from '../domain/time/instant.ts';
import { drainRoster, type Engine } from './drain-roster.ts';

const ROSTERS_MAX = 100;
const DRAIN_MS_MAX = 10_000;

/** Lists asked at once: one that does not answer holds up few others. */
const AT_ONCE = 10;

/**
 * 补办 — drains the lists that nobody asked about in time: a command came before `before` and was never
 * judged (the API died after the row, the engine was away), a wake fell due before it and was not
 * noted (its timer was lost, or a list split off was never started), or an entry made by hand was
 * confirmed before it and not fetched. `withEffects` adds lists whose rows are on their way to the
 * registry: an engine that lost its data, or has those of yesterday, carries them no further by itself.
 * Returns how many there were; throws after the round when some did not answer: call it again.
 */
export async function resendWaiting(
  engine: Engine,
  db: DbOrTx,
  given: { readonly before: Instant; readonly withEffects?: boolean },
): Promise<number> {
  const found = await findNeglected(db, given);
  const failures: unknown[] = [];
  for (let from = 0; from < found.length; from += AT_ONCE) {
    const some = found.slice(from, from + AT_ONCE);
    const drained = some.map((roster) => drainRoster(engine, roster, DRAIN_MS_MAX));
    for (const answer of await Promise.allSettled(drained)) {
      if (answer.status === 'rejected') failures.push(answer.reason);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'some lists did not answer');
  return found.length;
}

function findNeglected(
  db: DbOrTx,
  { before, withEffects = false }: { readonly before: Instant; readonly withEffects?: boolean },
) {
  const waiting = db
    .select({ id: commands.id })
    .from(commands)
    .where(
      and(
        eq(commands.rosterId, rosters.id),
        isNull(commands.outcome),
        lt(commands.receivedAt, before),
      ),
    );
  const byHand = and(
    eq(registryEntries.rosterId, rosters.id),
    eq(registryEntries.adapter, 'manual'),
    isNull(registryEntries.reportedAt),
  );
  const { id, manualRecord, state } = registryEntries;
  const isConfirmed = sql`(${manualRecord} #>> '{checked,at}')::bigint < ${before}`;
  const confirmed = db
    .select({ id })
    .from(registryEntries)
    .where(and(byHand, eq(state, 'sent'), isConfirmed));
  // Rows that people enter by hand wait for days, and are looked at when one was confirmed.
  const waitsForPeople = exists(db.select({ id }).from(registryEntries).where(byHand));
  const isOnItsWay = and(gt(rosters.pendingEffects, 0), not(waitsForPeople));
  const hasMissedWake = and(eq(rosters.open, true), lt(rosters.nextWakeAt, before));
  const reasons = [exists(waiting), hasMissedWake, exists(confirmed)];
  return (
    db
      .select({ rosterId: rosters.id, procedure: rosters.procedure })
      .from(rosters)
      .where(or(...reasons, ...(withEffects ? [isOnItsWay] : [])))
      // A hundred that never answer must not keep the others out for ever.
      .orderBy(sql`random()`)
      .limit(ROSTERS_MAX)
  );
}
