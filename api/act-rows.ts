/** 文书 as rows: how many of each act's lists took it, refused it, or still wait. */
import { type SQL, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';

/** One act over the lists that the reader may read. */
export interface ActRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly documentNo: string | null;
  readonly documentOn: string | null;
  readonly issuerName: string;
  readonly signerName: string;
  readonly signedAt: number;
  readonly lists: number;
  readonly applied: number;
  readonly refused: number;
  readonly pending: number;
}

const COUNTED = ['lists', 'applied', 'refused', 'pending'] as const;

/** Acts with a list of these units, newest first. Lists of other units are not counted. */
export async function actRows(
  db: PostgresJsDatabase,
  units: readonly string[],
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ readonly rows: readonly ActRow[]; readonly total: number }> {
  const own: SQL = sql`rosters.unit_code = any(${sql.param([...units])}::text[])`;
  const [rows, [counted]] = await Promise.all([
    db.execute<Record<(typeof COUNTED)[number], string> & Omit<ActRow, 'lists'>>(sql`
      select acts.id, acts.kind, acts.title, acts.document_no as "documentNo",
        acts.document_on as "documentOn", acts.signed_at as "signedAt",
        coalesce(organisations.name, acts.issuer_code) as "issuerName",
        coalesce(users.display_name, acts.signed_by) as "signerName",
        count(*) as lists,
        count(*) filter (where commands.outcome ->> 'kind' = 'applied') as applied,
        count(*) filter (where commands.outcome ->> 'kind' = 'refused') as refused,
        count(*) filter (where commands.outcome is null) as pending
      from acts
      join act_targets on act_targets.act_id = acts.id
      join rosters on rosters.id = act_targets.roster_id and ${own}
      left join commands on commands.id = act_targets.command_id
      left join organisations on organisations.code = acts.issuer_code
      left join users on users.id = acts.signed_by
      group by acts.id, organisations.name, users.display_name
      order by acts.signed_at desc, acts.id
      limit ${limit} offset ${offset}`),
    db.execute<{ total: string }>(sql`
      select count(distinct act_targets.act_id) as total
      from act_targets join rosters on rosters.id = act_targets.roster_id and ${own}`),
  ]);
  const total = Number(counted?.total ?? 0);
  return { total, rows: rows.map((row) => ({ ...row, ...numbersOf(row) })) };
}

/** PostgreSQL's bigint comes as text. */
function numbersOf(row: Record<string, unknown>) {
  return {
    signedAt: Number(row['signedAt']),
    lists: Number(row['lists']),
    applied: Number(row['applied']),
    refused: Number(row['refused']),
    pending: Number(row['pending']),
  };
}
