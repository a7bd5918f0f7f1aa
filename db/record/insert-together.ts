/** 成批写入 — many rows in one statement with one parameter, so that its text is the same for any number. */
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { invariant } from '../../domain/invariant.ts';

/**
 * What `insert(table).select(…)` takes for these rows, which must all name the same columns; the others
 * get their defaults only through `null`, so a column that may not be null has to be named.
 */
export function rowsTogether<Table extends PgTable>(
  table: Table,
  rows: readonly Table['$inferInsert'][],
): SQL {
  const columns = Object.entries(getTableColumns(table));
  const all = sql.join(
    columns.map(([, column]) => sql.identifier(column.name)),
    sql`, `,
  );
  const named = rows.map((row) =>
    Object.fromEntries(
      columns.map(([key, column]) => [column.name, inJson((row as Record<string, unknown>)[key])]),
    ),
  );
  invariant(named.length > 0, 'there is something to write');
  return sql`select ${all} from jsonb_populate_recordset(null::${table}, ${JSON.stringify(named)}::jsonb)`;
}

/** A value as PostgreSQL reads it out of JSON. */
function inJson(value: unknown): unknown {
  return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value;
}
