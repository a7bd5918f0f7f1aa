/** 防重复提交 at the edge: the same request again answers with what it made before. */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Request } from 'express';
import type { DbOrTx } from '../db/import/database.ts';
import { findKeyedRequest, keepKeyedRequest } from '../db/record/keyed-requests.ts';
import { idempotencyKeyOf } from './define-route.ts';
import { ApiProblem } from './problem.ts';

/** A request that creates something. */
export interface CreatingRequest {
  readonly request: Request;
  readonly userId: string;
  /** Kind of thing; keys of different kinds do not meet. */
  readonly what: string;
  readonly body: unknown;
  /** Id that the thing will have. */
  readonly subjectId: string;
}

/**
 * Makes the thing in one transaction with the note that it was made. `isNew` is false when an earlier
 * request made it; another body under the same key is refused and changes nothing.
 */
export function createOnce(
  db: PostgresJsDatabase,
  { request, subjectId, ...asked }: CreatingRequest,
  make: (tx: DbOrTx) => Promise<unknown>,
): Promise<{ readonly subjectId: string; readonly isNew: boolean }> {
  const keyed = { ...asked, idempotencyKey: idempotencyKeyOf(request) };
  return db.transaction(async (tx) => {
    const earlier = await findKeyedRequest(tx, keyed);
    if (earlier.kind === 'done') return { subjectId: earlier.result, isNew: false };
    if (earlier.kind === 'conflict') throw reusedKey();
    await make(tx);
    await keepKeyedRequest(tx, keyed, subjectId);
    return { subjectId, isNew: true };
  });
}

/** Refusal of a key that came before with another body. */
function reusedKey(): ApiProblem {
  const words = '同一次提交的内容前后不一致，请刷新页面后重新提交';
  return new ApiProblem('IDEMPOTENCY-KEY-REUSED', words);
}
