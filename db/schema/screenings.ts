/** 排查 — what was found at each household, and which case answers it (policy.md §10.2, G-29). */
import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { ScreeningFinding, ScreeningSheet } from '../../domain/screening/screening.ts';

const instant = (name: string) => bigint(name, { mode: 'number' });

/** 排查记录 — one sheet of one household; never changed but for what answers it. */
export const screenings = pgTable(
  'screenings',
  {
    id: text('id').primaryKey(),
    packId: text('pack_id').notNull(),
    packVersion: integer('pack_version').notNull(),
    villageCode: text('village_code').notNull(),
    countyCode: text('county_code').notNull(),
    householdId: text('household_id').notNull(),
    finding: text('finding').$type<ScreeningFinding>().notNull(),
    sheet: jsonb('sheet').$type<ScreeningSheet>().notNull(),
    savedBy: text('saved_by').notNull(),
    savedAt: instant('saved_at').notNull(),
    /** Procedure that has to be opened for the household; null where nothing has to follow. */
    followUp: text('follow_up'),
    dueAt: instant('due_at'),
    /** List on which the household's case was opened; null while there is none (应纳未纳). */
    rosterId: text('roster_id'),
    answeredAt: instant('answered_at'),
    /** When its alarm was given; once while it stands unanswered. */
    alarmedAt: instant('alarmed_at'),
  },
  (table) => [
    index('screenings_village_idx').on(table.villageCode, table.packId),
    index('screenings_household_idx').on(table.householdId),
    index('screenings_open_idx')
      .on(table.countyCode, table.dueAt)
      .where(sql`${table.followUp} is not null and ${table.rosterId} is null`),
  ],
);
