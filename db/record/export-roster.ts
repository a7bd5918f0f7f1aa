import { asc, eq, inArray } from 'drizzle-orm';
import type { DbOrTx } from '../import/database.ts';
import { commands, decisionFacts, events, plans, postedSheets, rosters } from '../schema/record.ts';
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
    facts: await readFacts(tx, [...new Set(rows.flatMap((row) => row.factsHash ?? []))]),
  };
}

/** 公示表 that were frozen for this list. */
async function readSheets(tx: DbOrTx, rosterId: string): Promise<RosterBundle['sheets']> {
  const rows = await tx.select().from(postedSheets).where(eq(postedSheets.rosterId, rosterId));
  return Object.fromEntries(rows.map(({ hash, body }) => [hash, body]));
}

/** The facts of the decisions, and of each case they name. */
async function readFacts(tx: DbOrTx, hashes: string[]): Promise<RosterBundle['facts']> {
  const wholes = await readByHash(tx, hashes);
  const parts = [...wholes.values()].flatMap((body) => Object.values(Object(body).cases));
  const named = [...new Set(parts.map(String))];
  return Object.fromEntries([...wholes, ...(await readByHash(tx, named))]);
}

type FactsBody = RosterBundle['facts'][string];

async function readByHash(tx: DbOrTx, hashes: string[]): Promise<Map<string, FactsBody>> {
  const rows = await tx
    .select({ hash: decisionFacts.hash, body: decisionFacts.body })
    .from(decisionFacts)
    .where(inArray(decisionFacts.hash, hashes));
  return new Map(rows.map(({ hash, body }) => [hash, body as FactsBody]));
}
