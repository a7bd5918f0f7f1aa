/** 对账: where record, workflows and registry do not agree. */
import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

const realTime = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/**
 * 不一致 — one disagreement from when it was found until it was found no more. Kept by the reconciler
 * alone, on real time: the business clock may stand still while something is broken.
 */
export const disagreements = pgTable(
  'disagreements',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** One of the closed set in db/reconcile/kinds.ts. */
    kind: text('kind').notNull(),
    /** What it is about: id of a list, command, entry, case or run. No personal data. */
    subject: text('subject').notNull(),
    rosterId: text('roster_id'),
    /** Null for what concerns the whole system. */
    countyCode: text('county_code'),
    since: realTime('since').notNull().defaultNow(),
    seenAt: realTime('seen_at').notNull().defaultNow(),
    /** How often a repair went through; the next round shows whether it helped. */
    repairs: integer('repairs').notNull().default(0),
    endedAt: realTime('ended_at'),
  },
  (table) => [
    uniqueIndex('disagreements_open_key')
      .on(table.kind, table.subject)
      .where(sql`${table.endedAt} is null`),
    index('disagreements_county_idx').on(table.countyCode).where(sql`${table.endedAt} is null`),
  ],
);
