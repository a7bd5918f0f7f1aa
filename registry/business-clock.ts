import type { Sql } from 'postgres';
import type { Instant } from '../domain/time/instant.ts';

/**
 * 业务时钟 — real time, moved by the offset of the training clock where the database has that row.
 * A registry alone in its database (no such table) runs on real time.
 */
export async function readBusinessClock(sql: Sql): Promise<Instant> {
  const [found] = await sql<{ name: string | null }[]>`
    select to_regclass('public.business_clock')::text as name`;
  if (found?.name == null) return Date.now();
  const [row] = await sql<{ offset_ms: string }[]>`
    select offset_ms from public.business_clock where id = 1`;
  return Date.now() + Number(row?.offset_ms ?? 0);
}
