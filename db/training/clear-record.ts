import { sql } from 'drizzle-orm';
import { invariant } from '../../domain/invariant.ts';
import type { DbOrTx } from '../import/database.ts';
import { businessClock } from '../schema/effects.ts';

/** A transaction of the old world that holds a table for longer than this is given up on. */
const LOCK_WAIT = '8s';

/**
 * 清空演练记录 — empties every table of the record, the append-only ones too, within the caller's
 * transaction: when that fails, nothing was emptied. Only a database whose clock row says 演练 is
 * emptied; whatever mode a process believes in, a production record cannot be.
 */
export async function clearRecord(tx: DbOrTx): Promise<void> {
  await tx.execute(sql`select set_config('lock_timeout', ${LOCK_WAIT}, true)`);
  const [clock] = await tx.select({ training: businessClock.training }).from(businessClock);
  invariant(clock === undefined || clock.training, 'only a training record is ever emptied');
  const rows = await tx.execute<{ name: string }>(sql`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public'
    order by tablename`);
  const names = [...rows].map(({ name }) => name);
  const all = sql.raw(names.join(', '));
  // All locks first and in one order, so that two resets wait for one another.
  await tx.execute(sql`lock table ${all} in access exclusive mode`);
  for (const name of names) {
    await tx.execute(sql`alter table ${sql.raw(name)} disable trigger user`);
  }
  await tx.execute(sql`truncate table ${all} restart identity`);
  for (const name of names) {
    await tx.execute(sql`alter table ${sql.raw(name)} enable trigger user`);
  }
}
