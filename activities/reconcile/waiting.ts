/** What nobody asked about in time: commands that were never judged, wakes that were never noted. */
import { and, asc, eq, isNull, lt } from 'drizzle-orm';
import type { DisagreementKind } from '../../db/reconcile/kinds.ts';
import { commands, rosters } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import { drainRoster } from '../drain-roster.ts';
import type { Check, ReconcileServices } from './check.ts';

const FOUND_MAX = 200;
const DRAIN_MS_MAX = 10_000;

/** 未处理的指令 — the API died after the row, or the engine was away. */
export const unjudgedCommands: Check = {
  kinds: ['command-unjudged'],
  async look({ db, clock, patience }) {
    const before = (await clock.now()) - patience.waitingMs;
    const rows = await db
      .select({ subject: commands.id, rosterId: rosters.id, countyCode: rosters.countyCode })
      .from(commands)
      .innerJoin(rosters, eq(rosters.id, commands.rosterId))
      .where(and(isNull(commands.outcome), lt(commands.receivedAt, before)))
      .orderBy(asc(commands.receivedAt))
      .limit(FOUND_MAX);
    return { found: rows.map((row) => ({ kind: 'command-unjudged', ...row })) };
  },
  repair: (services, { rosterId }) => drainList(services, rosterId),
};

/** 未记录的到期 — its timer was lost, or a list split off was never started. */
export const missedWakes: Check = {
  kinds: ['wake-missed'],
  async look({ db, clock, patience }) {
    const before = (await clock.now()) - patience.waitingMs;
    const { id: subject, countyCode, open, nextWakeAt } = rosters;
    const rows = await db
      .select({ subject, rosterId: subject, countyCode })
      .from(rosters)
      .where(and(eq(open, true), lt(nextWakeAt, before)))
      .orderBy(asc(nextWakeAt))
      .limit(FOUND_MAX);
    const kind: DisagreementKind = 'wake-missed';
    return { found: rows.map((row) => ({ kind, ...row })) };
  },
  repair: (services, { rosterId }) => drainList(services, rosterId),
};

/** Has the list's run ask the record; starts it where the engine does not know it. False: no such list. */
export async function drainList(
  services: ReconcileServices,
  rosterId: string | null,
): Promise<boolean> {
  invariant(rosterId !== null, 'the finding names a list');
  const [row] = await services.db
    .select({ procedure: rosters.procedure })
    .from(rosters)
    .where(eq(rosters.id, rosterId));
  if (row === undefined) return false;
  await drainRoster(services, { rosterId, procedure: row.procedure }, DRAIN_MS_MAX);
  return true;
}
