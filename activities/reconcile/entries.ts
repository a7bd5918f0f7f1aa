/** Record against its own journal of entries: what was sent is answered, what is answered reaches its list. */
import { and, asc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Disagreement } from '../../db/reconcile/kinds.ts';
import { registryEntries } from '../../db/schema/effects.ts';
import { events, rosters } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import { settleEntry } from '../registry/entry-journal.ts';
import { writeRegistry } from '../write-registry.ts';
import type { Check, ReconcileServices } from './check.ts';
import { drainList } from './waiting.ts';

const FOUND_MAX = 200;

/** 未答复的条目. Entries that people make by hand wait for people, not for an answer. */
export const unansweredEntries: Check = {
  kinds: ['entry-unanswered'],
  async look({ db, clock, port, patience }) {
    if (port.kind === 'manual') return { found: [] };
    const before = (await clock.now()) - patience.entryMs;
    const { id: subject, rosterId, state, sentAt, adapter } = registryEntries;
    const rows = await db
      .select({ subject, rosterId, countyCode: rosters.countyCode })
      .from(registryEntries)
      .leftJoin(rosters, eq(rosters.id, rosterId))
      .where(and(inArray(state, ['sent', 'unknown']), eq(adapter, port.kind), lt(sentAt, before)))
      .orderBy(asc(sentAt))
      .limit(FOUND_MAX);
    return { found: rows.map((row) => ({ kind: 'entry-unanswered', ...row })) };
  },
  async repair({ db, clock, port }, { subject }) {
    const now = await clock.now();
    await settleEntry(db, port, subject, { now: () => now });
    return true;
  },
};

/** 未取回的复核 — an entry made by hand that its reviewer confirmed and that its list was not told of. */
export const unfetchedConfirmations: Check = {
  kinds: ['confirmation-unfetched'],
  async look({ db, clock, patience }) {
    const before = (await clock.now()) - patience.waitingMs;
    const { id: subject, rosterId, state, adapter, manualRecord } = registryEntries;
    const rows = await db
      .select({ subject, rosterId, countyCode: rosters.countyCode })
      .from(registryEntries)
      .innerJoin(rosters, eq(rosters.id, rosterId))
      .where(
        and(
          eq(state, 'sent'),
          eq(adapter, 'manual'),
          sql`(${manualRecord} #>> '{checked,at}')::bigint < ${before}`,
        ),
      )
      .limit(FOUND_MAX);
    return { found: rows.map((row) => ({ kind: 'confirmation-unfetched', ...row })) };
  },
  repair: (services, { rosterId }) => drainList(services, rosterId),
};

/** 未回报的登记 — an effect of which no entry waits any more, and whose list has not heard of it. */
export const unsettledEffects: Check = {
  kinds: ['effect-unsettled'],
  async look(services) {
    const found: Disagreement[] = [];
    for (const { rosterId, countyCode, effectId, at } of await openEffects(services)) {
      if (at > (await services.clock.now()) - services.patience.entryMs) continue;
      if (await isWaiting(services, rosterId, effectId)) continue;
      found.push({ kind: 'effect-unsettled', subject: effectId, rosterId, countyCode });
    }
    return { found };
  },
  async repair(services, { rosterId, subject: effectId }) {
    invariant(rosterId !== null, 'an effect is of a list');
    await writeRegistry(services, { rosterId, effectId });
    return drainList(services, rosterId);
  },
};

/** Effects that the state of an open list still waits for, with the instant at which they were sent. */
async function openEffects({ db }: ReconcileServices) {
  const sent = await db
    .select({
      rosterId: rosters.id,
      countyCode: rosters.countyCode,
      effectId: sql<string>`${events.body} #>> '{body,effectId}'`,
      at: events.at,
    })
    .from(rosters)
    .innerJoin(events, and(eq(events.rosterId, rosters.id), eq(events.type, 'registration-sent')))
    .where(
      and(
        eq(rosters.open, true),
        eq(rosters.stepKind, 'registration'),
        sql`${rosters.state} @? '$.effects[*] ? (@.settled == false)'`,
        sql`exists (select 1 from jsonb_array_elements(${rosters.state} -> 'effects') effect
          where effect ->> 'id' = ${events.body} #>> '{body,effectId}'
            and not (effect ->> 'settled')::boolean)`,
      ),
    )
    .orderBy(asc(events.at))
    .limit(FOUND_MAX);
  return sent;
}

/** Whether an entry of the effect is still on its way, or in the hands of people. */
async function isWaiting(
  { db }: ReconcileServices,
  rosterId: string,
  effectId: string,
): Promise<boolean> {
  const rows = await db
    .select({ state: registryEntries.state })
    .from(registryEntries)
    .where(
      and(
        eq(registryEntries.rosterId, rosterId),
        eq(registryEntries.effectId, effectId),
        isNull(registryEntries.reportedAt),
      ),
    );
  return rows.some(({ state }) => state !== 'accepted' && state !== 'refused');
}
