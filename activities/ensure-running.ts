import { asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../db/import/database.ts';
import { rosters } from '../db/schema/record.ts';
import { type Engine, type RosterReference, startOf, workflowTypeOf } from './drain-roster.ts';

/**
 * 确保在办 — the only place that starts a roster's workflow on purpose: launch, split, restore and every
 * start of the system call it. One that runs is left alone; a closed list needs none.
 */
export async function ensureRunning(
  engine: Engine,
  roster: RosterReference & { readonly open: boolean },
): Promise<void> {
  if (!roster.open) return;
  const { procedure, rosterId } = roster;
  await engine.client.workflow.start(workflowTypeOf(procedure), startOf(engine, rosterId));
}

/** Starts asked of the engine at once; more only wait for one another. */
const STARTS_AT_ONCE = 20;

/** Every open list of the record is carried by a workflow afterwards. Returns how many there are. */
export async function ensureAllRunning(engine: Engine, db: DbOrTx): Promise<number> {
  const { id: rosterId, procedure, open } = rosters;
  const found = await db
    .select({ rosterId, procedure, open })
    .from(rosters)
    .where(eq(open, true))
    .orderBy(asc(rosterId));
  for (let from = 0; from < found.length; from += STARTS_AT_ONCE) {
    const some = found.slice(from, from + STARTS_AT_ONCE);
    await Promise.all(some.map((roster) => ensureRunning(engine, roster)));
  }
  return found.length;
}
