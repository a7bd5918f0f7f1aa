import { eq } from 'drizzle-orm';
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

/** `existing`: the same command came before. `conflict`: the key came before with another command. */
export type Submission =
  | { readonly kind: 'inserted' | 'existing'; readonly id: string }
  | { readonly kind: 'conflict'; readonly id: string };

/** The id that user and Idempotency-Key give. */
export function commandId(userId: string, idempotencyKey: string): string {
  return uuidv5(JSON.stringify([userId, idempotencyKey]), COMMAND_NAMESPACE);
}

/** 收下指令 — writes the row that makes the command ours; nothing is in force yet. */
export async function insertCommand(db: DbOrTx, command: NewCommand): Promise<Submission> {
  const { rosterId, actor, body, receivedAt } = command;
  const id = commandId(actor.userId, command.idempotencyKey);
  const bodyHash = contentHash(body);
  const actId = body.act?.actId ?? null;
  const inserted = await db
    .insert(commands)
    .values({ id, rosterId, actId, userId: actor.userId, actor, body, bodyHash, receivedAt })
    .onConflictDoNothing({ target: commands.id })
    .returning({ id: commands.id });
  if (inserted.length === 1) return { kind: 'inserted', id };
  const [row] = await db.select().from(commands).where(eq(commands.id, id));
  invariant(row !== undefined, 'a conflicting command exists');
  const isSame = row.bodyHash === bodyHash && row.rosterId === rosterId;
  return { kind: isSame ? 'existing' : 'conflict', id };
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
