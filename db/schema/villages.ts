/** 村的事项 that no list carries. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

const instant = (name: string) => bigint(name, { mode: 'number' });

/** 回头看 — a village that left and is over the limit again; opened by the system, finished by its township. */
export const lookBacks = pgTable(
  'look_backs',
  {
    villageCode: text('village_code').notNull(),
    openedAt: instant('opened_at').notNull(),
    /** Pack whose text asks for it, and the text. */
    packId: text('pack_id').notNull(),
    clause: text('clause').notNull(),
    exitYear: integer('exit_year').notNull(),
    /** Why, with the figures of the day on which it was opened. */
    words: text('words').notNull(),
    finishedAt: instant('finished_at'),
    finishedBy: text('finished_by'),
    outcome: text('outcome'),
    /** Scans and photos that prove it, by hash. */
    proofs: jsonb('proofs').$type<readonly string[]>(),
  },
  (table) => [
    primaryKey({ columns: [table.villageCode, table.openedAt] }),
    uniqueIndex('look_backs_open_key')
      .on(table.villageCode)
      .where(sql`${table.finishedAt} is null`),
    index('look_backs_finished_idx').on(table.finishedAt),
  ],
);
