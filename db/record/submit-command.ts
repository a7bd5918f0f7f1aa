import { eq, sql } from 'drizzle-orm';
import { v5 as uuidv5 } from 'uuid';
import { invariant } from '../../domain/invariant.ts';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { CommandBody, CommandOutcome } from '../../domain/kernel/command.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { commands } from '../schema/record.ts';
import { contentHash } from './hash-chain.ts';

/** Our own namespace for names made of user and key (RFC 9562 §5.5); never to be changed. */
const COMMAND_NAMESPACE = '0f6cf3a5-6f0b-5d0e-9f0a-5306270120aa';

/** A command before it is a row. `actor` comes from the session, `receivedAt` from the clock. */
export interface NewCommand {
  readonly rosterId: string;
  readonly actor: ActorSnapshot;
  readonly idempotencyKey: string;
  readonly body: CommandBody;
  readonly receivedAt: Instant;
}

/**
 * `existing`: the same command came before. `conflict`: the key came before with another command.
 * `unknown-roster`: there is no such list, nothing was written.
 */
export type Submission =
  | { readonly kind: 'unknown-roster'; readonly id: string }
  | {
      readonly kind: 'inserted' | 'existing' | 'conflict';
      readonly id: string;
      /** Of the list. */
      readonly procedure: string;
    };

/** The id that user and Idempotency-Key give. */
export function commandId(userId: string, idempotencyKey: string): string {
  return uuidv5(JSON.stringify([userId, idempotencyKey]), COMMAND_NAMESPACE);
}

/** 收下指令 — writes the row that makes the command ours; nothing is in force yet. */
export async function insertCommand(db: DbOrTx, command: NewCommand): Promise<Submission> {
  const { rosterId, actor, body, receivedAt } = command;
  const id = commandId(actor.userId, command.idempotencyKey);
  const bodyHash = contentHash(body);
  const [written] = await db.execute<{ procedure: string; inserted: boolean }>(sql`
    with list as (select id, procedure from rosters where id = ${rosterId}),
    kept as (
      insert into commands (id, roster_id, act_id, user_id, actor, body, body_hash, received_at)
      select ${id}, list.id, ${body.act?.actId ?? null}, ${actor.userId},
        ${JSON.stringify(actor)}::jsonb, ${JSON.stringify(body)}::jsonb, ${bodyHash},
        ${receivedAt}::bigint
      from list on conflict (id) do nothing returning id
    ) select procedure, exists (select from kept) as inserted from list`);
  if (written === undefined) return { kind: 'unknown-roster', id };
  const { procedure, inserted } = written;
  if (inserted) return { kind: 'inserted', id, procedure };
  const [known] = await db.select().from(commands).where(eq(commands.id, id));
  invariant(known !== undefined, 'a conflicting command exists');
  const isSame = known.bodyHash === bodyHash && known.rosterId === rosterId;
  return { kind: isSame ? 'existing' : 'conflict', id, procedure };
}

/** What became of a command; `outcome` null while it waits. Undefined for an unknown id. */
export async function findOutcome(
  db: DbOrTx,
  id: string,
): Promise<{ readonly rosterId: string; readonly outcome: CommandOutcome | null } | undefined> {
  const { rosterId, outcome } = commands;
  const [row] = await db.select({ rosterId, outcome }).from(commands).where(eq(commands.id, id));
  return row;
}
