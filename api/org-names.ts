import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { organisations } from '../db/schema/organisation.ts';

/** 组织名称 by code. */
export async function orgNames(db: PostgresJsDatabase): Promise<ReadonlyMap<string, string>> {
  const { code, name } = organisations;
  const rows = await db.select({ code, name }).from(organisations);
  return new Map(rows.map((row) => [row.code, row.name]));
}
