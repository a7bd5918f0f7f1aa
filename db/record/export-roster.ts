import { asc, eq, inArray } from 'drizzle-orm';
import { isVillageForm } from '../../domain/facts/village-facts.ts';
import type { DbOrTx } from '../import/database.ts';
import { registrySnapshots, visitForms } from '../schema/households.ts';
import { commands, decisionFacts, events, plans, postedSheets, rosters } from '../schema/record.ts';
import type { StoredFacts } from './facts-store.ts';
import { BUNDLE_FORMAT, type RosterBundle } from './roster-bundle.ts';

/** 导出核验包 — everything stored of one roster, as of one moment. Null for an unknown id. */
export async function exportRoster(db: DbOrTx, rosterId: string): Promise<RosterBundle | null> {
  const isolation = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;
  return db.transaction((tx) => readRoster(tx, rosterId), isolation);
}

async function readRoster(tx: DbOrTx, rosterId: string): Promise<RosterBundle | null> {
  const [roster] = await tx.select().from(rosters).where(eq(rosters.id, rosterId));
  if (roster === undefined) return null;
  const rows = await tx
    .select()
    .from(events)
    .where(eq(events.rosterId, rosterId))
    .orderBy(asc(events.seq));
  const asked = await tx
    .select()
    .from(commands)
    .where(eq(commands.rosterId, rosterId))
    .orderBy(asc(commands.receivedAt), asc(commands.id));
  const planHashes = [...new Set(rows.map((row) => row.planHash))];
  const pinned = await tx.select().from(plans).where(inArray(plans.hash, planHashes));
  const head = { seq: roster.seq, hash: roster.headHash.toString('hex'), state: roster.state };
  return {
    format: BUNDLE_FORMAT,
    rosterId,
    head,
    events: rows.map((row) => {
      const { seq, body: event, commandId, actor, planHash, factsHash, rulesVersion } = row;
      const cause = { commandId, actor, planHash, factsHash, rulesVersion };
      return { seq, event, ...cause, hash: row.hash.toString('hex') };
    }),
    commands: asked.map(({ id, actor, body, bodyHash, receivedAt, outcome }) => {
      return { id, actor, body, bodyHash, receivedAt, outcome };
    }),
    plans: Object.fromEntries(pinned.map(({ hash, body }) => [hash, body])),
    sheets: await readSheets(tx, rosterId),
    ...(await readFacts(tx, [...new Set(rows.flatMap((row) => row.factsHash ?? []))])),
  };
}

/** 公示表 that were frozen for this list. */
async function readSheets(tx: DbOrTx, rosterId: string): Promise<RosterBundle['sheets']> {
  const rows = await tx.select().from(postedSheets).where(eq(postedSheets.rosterId, rosterId));
  return Object.fromEntries(rows.map(({ hash, body }) => [hash, body]));
}

/** The facts of the decisions, and the papers that they refer to. */
async function readFacts(
  tx: DbOrTx,
  hashes: string[],
): Promise<Pick<RosterBundle, 'facts' | 'snapshots' | 'forms'>> {
  const rows = await tx.select().from(decisionFacts).where(inArray(decisionFacts.hash, hashes));
  // Written by RecordWrites only.
  const facts = rows.map(({ hash, body }) => [hash, body as StoredFacts] as const);
  const named = facts.flatMap(([, body]) => Object.values(body.cases));
  const snapshots = await tx
    .select({ hash: registrySnapshots.hash, body: registrySnapshots.body })
    .from(registrySnapshots)
    .where(
      inArray(registrySnapshots.hash, [
        ...new Set(named.flatMap(({ registry }) => registry?.hash ?? [])),
      ]),
    );
  const forms = await tx
    .select({ hash: visitForms.hash, body: visitForms.body })
    .from(visitForms)
    .where(inArray(visitForms.hash, [...new Set(named.flatMap(({ form }) => form ?? []))]));
  return {
    facts: Object.fromEntries(facts),
    snapshots: Object.fromEntries(snapshots.map(({ hash, body }) => [hash, body])),
    // Villages stand in the facts themselves, with their forms.
    forms: Object.fromEntries(
      forms.flatMap(({ hash, body }) => (isVillageForm(body) ? [] : [[hash, body]])),
    ),
  };
}
