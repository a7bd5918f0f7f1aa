import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';

/** A pool of connections to the record. */
export interface RecordDatabase {
  readonly db: PostgresJsDatabase;
  /** The driver below, for LISTEN; its parsers are Drizzle's, so JSON comes as text. */
  readonly sql: Sql;
  readonly close: () => Promise<void>;
}

/** Between two tries to connect: the driver's own wait grows to 20 s, long after an outage has ended. */
const RECONNECT_S = 0.25;

const CONNECT_S_MAX = 10;

/** Opens a pool; nothing connects before the first query. */
export function openDatabase(url: string, { max = 10 }: { max?: number } = {}): RecordDatabase {
  const sql = postgres(url, {
    max,
    onnotice: () => {},
    backoff: () => RECONNECT_S,
    connect_timeout: CONNECT_S_MAX,
  });
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

/** A connection that only listens; the caller ends it. */
export function openListener(url: string): Sql {
  const connect_timeout = CONNECT_S_MAX;
  return postgres(url, { max: 1, onnotice: () => {}, fetch_types: false, connect_timeout });
}
