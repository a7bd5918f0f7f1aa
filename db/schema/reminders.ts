/** 提醒、催办、空岗: who was told what and when. Reminders are only added; people mark what they read. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Duty } from '../../domain/kernel/actor.ts';
import type { OffsetReceipt } from '../../domain/time/day-offset.ts';

const instant = (name: string) => bigint(name, { mode: 'number' });

/** 受提醒岗位 as it was when it was told. */
export interface ToldDesk {
  readonly orgCode: string;
  readonly duty: Duty;
  readonly department: string | null;
  /** How many people held it; 0 = 空岗, and the next desk above is told too. */
  readonly people: number;
}

/**
 * 提醒记录 — a rung that fired, or a 催办 by a person. Append-only; the primary key is the claim, so that
 * a rung fires once per list, term, pass and key whoever sweeps and however often.
 */
export const reminders = pgTable(
  'reminders',
  {
    rosterId: text('roster_id').notNull(),
    /** 事项: `step:<key>`, `objection:<id>`, `clue:<id>`. */
    term: text('term').notNull(),
    pass: integer('pass').notNull(),
    /** Key of the rung; `nudge:<day>` for a 催办. */
    rung: text('rung').notNull(),
    kind: text('kind').notNull(),
    countyCode: text('county_code').notNull(),
    unitCode: text('unit_code').notNull(),
    /** Null for a 催办 of something without a due date. */
    dueAt: instant('due_at'),
    /** When it fell by the ladder; not before the term began. */
    firesAt: instant('fires_at').notNull(),
    /** Business time at which it was noted. */
    firedAt: instant('fired_at').notNull(),
    told: jsonb('told').$type<readonly ToldDesk[]>().notNull(),
    words: text('words').notNull(),
    /** How the day was counted; null for a 催办. */
    receipt: jsonb('receipt').$type<OffsetReceipt>(),
    /** 催办人; null for a rung, which nobody does. */
    nudgedBy: text('nudged_by'),
    recordedAt: timestamp('recorded_at', { withTimezone: true, mode: 'date' })
      .notNull()
      .defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.rosterId, table.term, table.pass, table.rung] }),
    index('reminders_county_idx').on(table.countyCode, table.firesAt),
  ],
);

/** 通知 — what one person has been told; the row is his, `readAt` his mark. */
export const notifications = pgTable(
  'notifications',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    userId: text('user_id').notNull(),
    /** Which reminder or 空岗; with the person unique, so that nobody is told twice. */
    about: text('about').notNull(),
    kind: text('kind').notNull(),
    rosterId: text('roster_id'),
    unitCode: text('unit_code').notNull(),
    /** The desk for which the person is told. */
    orgCode: text('org_code').notNull(),
    duty: text('duty').notNull(),
    words: text('words').notNull(),
    at: instant('at').notNull(),
    readAt: instant('read_at'),
  },
  (table) => [
    uniqueIndex('notifications_about_key').on(table.userId, table.about),
    index('notifications_user_idx').on(table.userId, table.id),
    index('notifications_unread_idx').on(table.userId).where(sql`${table.readAt} is null`),
  ],
);

/**
 * 空岗 — a desk at which lists wait and that nobody holds, from when it was found until somebody holds it
 * or nothing waits there any more. The partial unique index is the claim: one open row per desk.
 */
export const vacancies = pgTable(
  'vacancies',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    countyCode: text('county_code').notNull(),
    orgCode: text('org_code').notNull(),
    /** The duties of which one has to be held, as `level/duty` or `level/duty:department`, joined by |. */
    desk: text('desk').notNull(),
    words: text('words').notNull(),
    foundAt: instant('found_at').notNull(),
    endedAt: instant('ended_at'),
    /** The desk above that was told; null when nobody above holds one either. */
    toldOrg: text('told_org'),
  },
  (table) => [
    uniqueIndex('vacancies_open_key')
      .on(table.orgCode, table.desk)
      .where(sql`${table.endedAt} is null`),
    index('vacancies_county_idx').on(table.countyCode).where(sql`${table.endedAt} is null`),
  ],
);
