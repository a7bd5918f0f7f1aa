import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';

/** A pool of connections to the record. */
export interface RecordDatabase {
  readonly db: PostgresJsDatabase;
  /** The driver below, for LISTEN; its parsers are Drizzle's, so JSON comes as text. */
  readonly sql: Sql;
  readonly close: () => Promise<void>;
}

/** Opens a pool; nothing connects before the first query. */
export function openDatabase(url: string, { max = 10 }: { max?: number } = {}): RecordDatabase {
  const sql = postgres(url, { max, onnotice: () => {} });
  return { db: drizzle(sql), sql, close: () => sql.end({ timeout: 5 }) };
}
