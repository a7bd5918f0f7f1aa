import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import type { Facts } from '../../domain/kernel/facts.ts';
import type { FrozenSheet } from '../../domain/sheet/posted-sheet.ts';
import type { DbOrTx } from '../import/database.ts';
import { decisionFacts, events, postedSheets } from '../schema/record.ts';
import { type ChainedEvent, chainKey, contentHash, linkHash } from './hash-chain.ts';

/** Version of kernel and guards, stored with every event: which rules judged it. */
export const RULES_VERSION = '2026-11';

/** What caused events, and on what ground. Wakes have neither command nor facts. */
export interface EventCause {
  readonly commandId: string | null;
  readonly actor: ActorSnapshot | null;
  readonly planHash: string;
  readonly factsHash: string | null;
}

/** Appends events in order and returns the new end of the chain. */
export async function appendEvents(
  tx: DbOrTx,
  rosterId: string,
  headHash: Buffer,
  added: readonly RosterEvent[],
  cause: EventCause,
): Promise<Buffer> {
  if (added.length === 0) return headHash;
  const key = chainKey();
  let head = headHash;
  const rows = added.map((event) => {
    // A wake that was noted on the way to a command is nobody's act.
    const actor = event.actorId === null ? null : cause.actor;
    const link: ChainedEvent = { ...cause, actor, rosterId, event, rulesVersion: RULES_VERSION };
    head = linkHash(key, head, link);
    const { seq, at, receivedAt } = event;
    const { event: body, ...columns } = link;
    return { ...columns, seq, type: event.body.type, at, receivedAt, body, hash: head };
  });
  await tx.insert(events).values(rows);
  return head;
}

/**
 * Keeps facts by content hash and returns it. Each case is a row of its own, named by hash, so that
 * the facts of an unchanged case are stored once however many decisions used them.
 */
export async function saveFacts(tx: DbOrTx, facts: Facts): Promise<string> {
  const parts = Object.entries(facts.cases).map(([id, body]) => ({
    id,
    hash: contentHash(body),
    body,
  }));
  const whole = { ...facts, cases: Object.fromEntries(parts.map(({ id, hash }) => [id, hash])) };
  const hash = contentHash(whole);
  const rows = [
    ...parts.map((part) => ({ hash: part.hash, body: part.body })),
    { hash, body: whole },
  ];
  // One order for all writers, so that two transactions never wait for each other.
  rows.sort((a, b) => (a.hash < b.hash ? -1 : 1));
  await tx.insert(decisionFacts).values(rows).onConflictDoNothing();
  return hash;
}

/** Keeps frozen sheets by content hash; the same words are kept once. */
export async function saveSheets(
  tx: DbOrTx,
  rosterId: string,
  sheets: readonly FrozenSheet[],
): Promise<void> {
  if (sheets.length === 0) return;
  const rows = sheets.map(({ hash, sheet }) => ({ hash, rosterId, body: sheet }));
  await tx.insert(postedSheets).values(rows).onConflictDoNothing();
}
