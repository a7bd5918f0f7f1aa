import { and, eq, isNull, lt } from 'drizzle-orm';
import type { DbOrTx } from '../db/import/database.ts';
import { commands, rosters } from '../db/schema/record.ts';
import { drainRoster, type Engine } from './drain-roster.ts';

const ROSTERS_MAX = 100;
const DRAIN_MS_MAX = 10_000;

/**
 * 补办 — has the lists judged whose commands were kept but never reached the engine: the API died after
 * the row, or the engine was away. Throws at the first list that does not answer; call it again.
 * Returns how many lists there were.
 */
export async function resendWaiting(
  engine: Engine,
  db: DbOrTx,
  { receivedBefore }: { readonly receivedBefore: number },
): Promise<number> {
  const found = await db
    .selectDistinct({ rosterId: rosters.id, procedure: rosters.procedure })
    .from(commands)
    .innerJoin(rosters, eq(rosters.id, commands.rosterId))
    .where(and(isNull(commands.outcome), lt(commands.receivedAt, receivedBefore)))
    .limit(ROSTERS_MAX);
  for (const roster of found) await drainRoster(engine, roster, DRAIN_MS_MAX);
  return found.length;
}
