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
  prepareStatements(sql);
  const begin = sql.begin.bind(sql);
  // Drizzle begins a transaction by its work alone; other forms are not used.
  sql.begin = ((work: Parameters<typeof begin>[1]) =>
    begin((tx) => {
      prepareStatements(tx);
      return work(tx);
    })) as typeof begin;
  return { db: drizzle(sql), sql, close: () => sql.end({ timeout: 5 }) };
}

/** A statement with more parameters has as many texts as lists have lengths; each would be kept. */
const PREPARED_PARAMETERS_MAX = 48;

/**
 * Has every statement of a connection prepared once. Drizzle asks for none, and an unprepared one costs
 * a second round trip and is planned anew each time.
 */
function prepareStatements(client: Pick<Sql, 'unsafe'>): void {
  const unsafe = client.unsafe.bind(client);
  client.unsafe = ((text, values, options) => {
    const prepare = values !== undefined && values.length <= PREPARED_PARAMETERS_MAX;
    return unsafe(text, values, { ...options, prepare });
  }) as typeof unsafe;
}
