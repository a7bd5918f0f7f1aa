/**
 * 已办请求 — writes that are no command of a list (发起名单, 拨钟) and that a client may send again because
 * it never saw the answer: the same user and Idempotency-Key get what came of the first one.
 */
import { eq, sql } from 'drizzle-orm';
import type { DbOrTx } from '../import/database.ts';
import { keyedRequests } from '../schema/effects.ts';
import { contentHash } from './hash-chain.ts';
import { commandId } from './submit-command.ts';

/** Who asks, by which key, for what. */
export interface KeyedRequest {
  readonly userId: string;
  readonly idempotencyKey: string;
  readonly body: unknown;
}

/** What is known of a request: nothing yet, its result, or that its key came with another body. */
export type EarlierRequest =
  | { readonly kind: 'none' }
  | { readonly kind: 'done'; readonly result: string }
  | { readonly kind: 'conflict' };

/**
 * Looks for the request and holds its key until the transaction ends, so that of two at the same moment
 * the second finds what the first one did.
 */
export async function findKeyedRequest(
  tx: DbOrTx,
  { userId, idempotencyKey, body }: KeyedRequest,
): Promise<EarlierRequest> {
  const id = commandId(userId, idempotencyKey);
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`);
  const [row] = await tx.select().from(keyedRequests).where(eq(keyedRequests.id, id));
  if (row === undefined) return { kind: 'none' };
  if (row.bodyHash !== contentHash(body)) return { kind: 'conflict' };
  return { kind: 'done', result: row.result };
}

/** Keeps what came of a request, in the transaction that did it. */
export async function keepKeyedRequest(
  tx: DbOrTx,
  { userId, idempotencyKey, body }: KeyedRequest,
  result: string,
): Promise<void> {
  const id = commandId(userId, idempotencyKey);
  await tx.insert(keyedRequests).values({ id, userId, bodyHash: contentHash(body), result });
}
