/** 防重复提交 at the edge: the same request again answers with what it made before. */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Request } from 'express';
import { creationOf, findCreation, noteCreation } from '../db/creation.ts';
import type { DbOrTx } from '../db/import/database.ts';
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

/** Thrown to roll back when the same request was quicker in another transaction. */
class MadeMeanwhile extends Error {}

/** The creation of a request; its key is checked. */
export function creationAsked({ request, ...asked }: Omit<CreatingRequest, 'subjectId'>) {
  return creationOf({ ...asked, key: idempotencyKeyOf(request) });
}

/**
 * Makes the thing in one transaction with the note that it was made. `isNew` is false when an earlier
 * request made it; another body under the same key is refused and changes nothing.
 */
export async function createOnce(
  db: PostgresJsDatabase,
  { subjectId, ...asked }: CreatingRequest,
  make: (tx: DbOrTx) => Promise<unknown>,
): Promise<{ readonly subjectId: string; readonly isNew: boolean }> {
  const creation = creationAsked(asked);
  for (;;) {
    const found = await findCreation(db, creation);
    if (found.kind === 'made') return { subjectId: found.subjectId, isNew: false };
    if (found.kind === 'other') throw reusedKey();
    try {
      await db.transaction(async (tx) => {
        if (!(await noteCreation(tx, creation, subjectId))) throw new MadeMeanwhile();
        await make(tx);
      });
      return { subjectId, isNew: true };
    } catch (error) {
      if (!(error instanceof MadeMeanwhile)) throw error;
    }
  }
}

/** Refusal of a key that came before with another body. */
export function reusedKey(): ApiProblem {
  const words = '同一次提交的内容前后不一致，请刷新页面后重新提交';
  return new ApiProblem('IDEMPOTENCY-KEY-REUSED', words);
}
