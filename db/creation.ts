/** 防重复提交 — a request that creates something creates it once, however often it is sent. */
import { eq } from 'drizzle-orm';
import { v5 as uuidv5 } from 'uuid';
import type { DbOrTx } from './import/database.ts';
import { contentHash } from './record/hash-chain.ts';
import { creations } from './schema/organisation.ts';

/** Namespace of creation ids (RFC 9562 §5.5); never to be changed. */
const CREATION_NAMESPACE = 'b1f2f4c8-3b64-5a41-9d0f-53062701c0de';

/** A creating request: same id and same hash are the same request. */
export interface Creation {
  readonly id: string;
  readonly bodyHash: string;
}

/** The request that user and Idempotency-Key name; `what` keeps kinds of things apart. */
export function creationOf(given: {
  readonly userId: string;
  readonly what: string;
  readonly key: string;
  readonly body: unknown;
}): Creation {
  const { userId, what, key, body } = given;
  const id = uuidv5(JSON.stringify([userId, what, key]), CREATION_NAMESPACE);
  return { id, bodyHash: contentHash(body) };
}

/** What the request made before; `other` = the key came before with another body. */
export type Created =
  | { readonly kind: 'made'; readonly subjectId: string }
  | { readonly kind: 'new' | 'other' };

/** Looks the request up. */
export async function findCreation(tx: DbOrTx, creation: Creation): Promise<Created> {
  const [row] = await tx.select().from(creations).where(eq(creations.id, creation.id));
  if (row === undefined) return { kind: 'new' };
  const isSame = row.bodyHash === creation.bodyHash;
  return isSame ? { kind: 'made', subjectId: row.subjectId } : { kind: 'other' };
}

/**
 * Notes what the request makes, in the transaction that makes it and before anything else there: the
 * same request in another transaction waits here, and gets false once this one has committed.
 */
export async function noteCreation(
  tx: DbOrTx,
  creation: Creation,
  subjectId: string,
): Promise<boolean> {
  const rows = await tx
    .insert(creations)
    .values({ ...creation, subjectId })
    .onConflictDoNothing()
    .returning({ id: creations.id });
  return rows.length === 1;
}
