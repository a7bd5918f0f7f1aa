/**
 * 入档 — what one transaction adds to the record: gathered while it judges, written at its end with one
 * statement a table, however many commands it judged.
 */
import { sql } from 'drizzle-orm';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { CommandOutcome } from '../../domain/kernel/command.ts';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import type { Facts } from '../../domain/kernel/facts.ts';
import type { FrozenSheet } from '../../domain/sheet/posted-sheet.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { commands, decisionFacts, events, postedSheets } from '../schema/record.ts';
import { toStoredFacts } from './facts-store.ts';
import { type ChainedEvent, chainKey, contentHash, linkHash } from './hash-chain.ts';
import { rowsTogether } from './insert-together.ts';

/** Version of kernel and guards, stored with every event: which rules judged it. */
export const RULES_VERSION = '2026-11';

/** What caused events, and on what ground. Wakes have neither command nor facts. */
export interface EventCause {
  readonly commandId: string | null;
  readonly actor: ActorSnapshot | null;
  readonly planHash: string;
  readonly factsHash: string | null;
}

/** One transaction's additions. Nothing is in the database before `write`. */
export class RecordWrites {
  readonly #events: (typeof events.$inferInsert)[] = [];
  readonly #facts = new Map<string, typeof decisionFacts.$inferInsert>();
  readonly #sheets = new Map<string, typeof postedSheets.$inferInsert>();
  readonly #outcomes: { readonly id: string; readonly outcome: CommandOutcome }[] = [];

  /** Adds events in order after `headHash` and returns the new end of the chain. */
  addEvents(
    rosterId: string,
    headHash: Buffer,
    added: readonly RosterEvent[],
    cause: EventCause,
  ): Buffer {
    const key = chainKey();
    let head = headHash;
    for (const event of added) {
      // A wake that was noted on the way to a command is nobody's act.
      const actor = event.actorId === null ? null : cause.actor;
      const link: ChainedEvent = { ...cause, actor, rosterId, event, rulesVersion: RULES_VERSION };
      head = linkHash(key, head, link);
      const { seq, at, receivedAt } = event;
      const { event: body, ...columns } = link;
      const row = { ...columns, seq, type: event.body.type, at, receivedAt, body, hash: head };
      this.#events.push(row);
    }
    return head;
  }

  /** Adds facts under their content hash and returns it. */
  addFacts(facts: Facts): string {
    const body = toStoredFacts(facts);
    const hash = contentHash(body);
    this.#facts.set(hash, { hash, body });
    return hash;
  }

  /** Adds frozen sheets; the same words are kept once. */
  addSheets(rosterId: string, sheets: readonly FrozenSheet[]): void {
    for (const { hash, sheet } of sheets) this.#sheets.set(hash, { hash, rosterId, body: sheet });
  }

  /** Adds the answer to a command. */
  addOutcome(id: string, outcome: CommandOutcome): void {
    this.#outcomes.push({ id, outcome });
  }

  /** The answers added so far, by command. */
  outcomes(): ReadonlyMap<string, CommandOutcome> {
    return new Map(this.#outcomes.map(({ id, outcome }) => [id, outcome]));
  }

  /** Writes all of it. The statements go out together; the first that fails ends the transaction. */
  async write(tx: DbOrTx, appliedAt: Instant): Promise<void> {
    const facts = inOneOrder(this.#facts);
    const sheets = inOneOrder(this.#sheets);
    await Promise.all([
      ...(facts.length > 0 ? [tx.insert(decisionFacts).values(facts).onConflictDoNothing()] : []),
      ...(sheets.length > 0 ? [tx.insert(postedSheets).values(sheets).onConflictDoNothing()] : []),
      ...(this.#events.length > 0
        ? [tx.insert(events).select(rowsTogether(events, this.#events))]
        : []),
      ...(this.#outcomes.length > 0 ? [this.#answer(tx, appliedAt)] : []),
    ]);
  }

  #answer(tx: DbOrTx, appliedAt: Instant) {
    const answers = sql`jsonb_to_recordset(${JSON.stringify(this.#outcomes)}::jsonb) as answer(id text, outcome jsonb)`;
    return tx
      .update(commands)
      .set({ outcome: sql`answer.outcome`, appliedAt })
      .from(answers)
      .where(sql`${commands.id} = answer.id`);
  }
}

/** The same for all writers, so that two transactions never wait for each other. */
function inOneOrder<T extends { readonly hash: string }>(rows: ReadonlyMap<string, T>): T[] {
  return [...rows.values()].sort((a, b) => (a.hash < b.hash ? -1 : 1));
}
