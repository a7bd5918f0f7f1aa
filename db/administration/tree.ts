import { sql } from 'drizzle-orm';
import type { DbOrTx } from '../import/database.ts';

function listOf(codes: readonly string[]) {
  return sql.join(
    codes.map((code) => sql`${code}`),
    sql`, `,
  );
}

/** Every organisation at or below `roots` in the tree, and what those that ended left to them. */
export async function unitsBelow(db: DbOrTx, roots: readonly string[]): Promise<readonly string[]> {
  if (roots.length === 0) return [];
  const rows = await db.execute<{ code: string }>(sql`
    with recursive below as (
      select code from organisations where code in (${listOf(roots)})
      union
      select lower.code from organisations lower
        join below on coalesce(lower.successor_code, lower.parent_code) = below.code
    )
    select code from below`);
  return [...rows].map(({ code }) => code);
}

/** Every organisation at or above `roots` in the tree; of one that ended, its successor instead. */
export async function unitsAbove(db: DbOrTx, roots: readonly string[]): Promise<readonly string[]> {
  if (roots.length === 0) return [];
  const rows = await db.execute<{ code: string }>(sql`
    with recursive above as (
      select code, coalesce(successor_code, parent_code) as next
        from organisations where code in (${listOf(roots)})
      union
      select upper.code, coalesce(upper.successor_code, upper.parent_code)
        from organisations upper join above on upper.code = above.next
    )
    select code from above`);
  return [...rows].map(({ code }) => code);
}

/** 被承接的组织 — those that ended and left their lists to one of these, nearest first. */
export async function predecessorsOf(
  db: DbOrTx,
  codes: readonly string[],
): Promise<readonly string[]> {
  if (codes.length === 0) return [];
  const rows = await db.execute<{ code: string }>(sql`
    with recursive left_behind as (
      select code from organisations where successor_code in (${listOf(codes)})
      union
      select former.code from organisations former
        join left_behind on former.successor_code = left_behind.code
    )
    select code from left_behind`);
  return [...rows].map(({ code }) => code);
}
