/**
 * 已办请求 — writes that are no command of a list (发起名单, 拨钟, 组织、人员、岗位、授权) and that a client
 * may send again because it never saw the answer: the same user and Idempotency-Key get what came of the
 * first one.
 */
import { eq, sql } from 'drizzle-orm';
import { v5 as uuidv5 } from 'uuid';
import type { DbOrTx } from '../import/database.ts';
import { keyedRequests } from '../schema/effects.ts';
import { contentHash } from './hash-chain.ts';
import { commandId } from './submit-command.ts';

/** Namespace of the ids of requests that name their kind (RFC 9562 §5.5); never to be changed. */
const KIND_NAMESPACE = 'b1f2f4c8-3b64-5a41-9d0f-53062701c0de';

/** Who asks, by which key, for what. */
export interface KeyedRequest {
  readonly userId: string;
  readonly idempotencyKey: string;
  /** Kind of thing that is made: keys of different kinds do not meet. Launches and the clock name none. */
  readonly what?: string;
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
export async function findKeyedRequest(tx: DbOrTx, request: KeyedRequest): Promise<EarlierRequest> {
  const id = requestId(request);
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`);
  const [row] = await tx.select().from(keyedRequests).where(eq(keyedRequests.id, id));
  if (row === undefined) return { kind: 'none' };
  if (row.bodyHash !== contentHash(request.body)) return { kind: 'conflict' };
  return { kind: 'done', result: row.result };
}

/** Keeps what came of a request, in the transaction that did it. */
export async function keepKeyedRequest(
  tx: DbOrTx,
  request: KeyedRequest,
  result: string,
): Promise<void> {
  const bodyHash = contentHash(request.body);
  await tx.insert(keyedRequests).values({ id: requestId(request), bodyHash, result });
}

function requestId({ userId, what, idempotencyKey }: KeyedRequest): string {
  return what === undefined
    ? commandId(userId, idempotencyKey)
    : uuidv5(JSON.stringify([userId, what, idempotencyKey]), KIND_NAMESPACE);
}
