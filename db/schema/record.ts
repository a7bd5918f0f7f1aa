/**
 * The record: rosters, cases, commands, events. Written only by `applyCommand` and launch; when the tree
 * of organisations changes, `rebaseLists` writes the columns by which lists are found.
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { CommandBody, CommandOutcome } from '../../domain/kernel/command.ts';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { PostedSheet } from '../../domain/sheet/posted-sheet.ts';

/** Instants of the law are epoch milliseconds of the business clock, as the domain uses them. */
const instant = (name: string) => bigint(name, { mode: 'number' });

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** 适用规则 — a resolved plan, stored once by content hash, immutable. */
export const plans = pgTable('plans', {
  hash: text('hash').primaryKey(),
  packId: text('pack_id').notNull(),
  procedure: text('procedure').notNull(),
  body: jsonb('body').$type<Plan>().notNull(),
});

/**
 * 名单 — one roster. `state` is the fold of its events (a cache that `verify` reproduces); the scalar
 * columns are projections of it for lists and are written in the same transaction.
 */
export const rosters = pgTable(
  'rosters',
  {
    id: text('id').primaryKey(),
    procedure: text('procedure').notNull(),
    packId: text('pack_id').notNull(),
    planHash: text('plan_hash').notNull(),
    year: integer('year').notNull(),
    title: text('title').notNull(),
    /** The organisation whose list this is (a village), and its ancestors for area lists. */
    unitCode: text('unit_code').notNull(),
    townshipCode: text('township_code').notNull(),
    countyCode: text('county_code').notNull(),
    batch: integer('batch').notNull(),
    parentId: text('parent_id'),
    state: jsonb('state').$type<RosterState>().notNull(),
    seq: integer('seq').notNull(),
    headHash: bytea('head_hash').notNull(),
    open: boolean('open').notNull(),
    stepKey: text('step_key').notNull(),
    stepKind: text('step_kind').notNull(),
    /** Level that holds the list now: who is being waited for. */
    holderLevel: text('holder_level').notNull(),
    holderCode: text('holder_code').notNull(),
    enteredAt: instant('entered_at').notNull(),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
    /** Last instant in time of the current step; overdue is derived from it at read time. */
    dueAt: instant('due_at'),
    /** Last instant in time of the whole list (outer clock). */
    outerDueAt: instant('outer_due_at'),
    /** 办理期限 of the desk: the earlier of the two; lists of what is due or overdue go by it. */
    deadlineAt: instant('deadline_at'),
    nextWakeAt: instant('next_wake_at'),
    /** When the county's sweeper looks at the list; never later than its next rung, perhaps earlier. */
    nextReminderAt: instant('next_reminder_at'),
    suspendedAt: instant('suspended_at'),
    openCases: integer('open_cases').notNull(),
    blockedCases: integer('blocked_cases').notNull(),
    totalCases: integer('total_cases').notNull(),
    /** Registry effects whose answers the record does not hold yet. */
    pendingEffects: integer('pending_effects').notNull().default(0),
  },
  (table) => [
    // Lists of what is due are read from these alone; other columns follow for counts and filters.
    index('rosters_deadline_county_idx')
      .on(table.countyCode, table.deadlineAt, table.id, table.procedure, table.stepKey)
      .where(sql`${table.open}`),
    index('rosters_deadline_township_idx')
      .on(table.townshipCode, table.deadlineAt, table.id, table.procedure, table.stepKey)
      .where(sql`${table.open}`),
    index('rosters_deadline_unit_idx')
      .on(table.unitCode, table.deadlineAt, table.id, table.procedure, table.stepKey)
      .where(sql`${table.open}`),
    index('rosters_desk_idx')
      .on(table.countyCode, table.unitCode, table.planHash, table.stepKey)
      .where(sql`${table.open}`),
    index('rosters_reminder_idx')
      .on(table.countyCode, table.nextReminderAt)
      .where(sql`${table.nextReminderAt} is not null`),
    index('rosters_holder_idx').on(table.holderCode, table.stepKey).where(sql`${table.open}`),
    index('rosters_wake_idx').on(table.nextWakeAt).where(sql`${table.open}`),
    index('rosters_pending_idx').on(table.id).where(sql`${table.pendingEffects} > 0`),
    // Children of a split keep their parent's batch; only lists of the village itself are numbered.
    uniqueIndex('rosters_batch_key')
      .on(table.unitCode, table.procedure, table.year, table.batch)
      .where(sql`${table.parentId} is null`),
  ],
);

/** 办件 — one household in one procedure. Keeps its id when it is split off to another roster. */
export const cases = pgTable(
  'cases',
  {
    id: text('id').primaryKey(),
    rosterId: text('roster_id').notNull(),
    ordinal: integer('ordinal').notNull(),
    subjectId: text('subject_id').notNull(),
    /** 互斥程序族 — at most one live case per subject within it; null for procedures that run beside. */
    family: text('family'),
    live: boolean('live').notNull(),
    status: text('status').notNull(),
    outcome: text('outcome'),
    villageCode: text('village_code').notNull(),
    procedure: text('procedure').notNull(),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
  },
  (table) => [
    uniqueIndex('cases_one_live_per_family')
      .on(table.subjectId, table.family)
      .where(sql`${table.live}`),
    index('cases_roster_idx').on(table.rosterId, table.ordinal),
    index('cases_village_idx').on(table.villageCode, table.procedure),
  ],
);

/** 指令 — a command is first a row; the Update to the workflow carries only its id. */
export const commands = pgTable(
  'commands',
  {
    id: text('id').primaryKey(),
    rosterId: text('roster_id').notNull(),
    actId: text('act_id'),
    userId: text('user_id').notNull(),
    actor: jsonb('actor').$type<ActorSnapshot>().notNull(),
    body: jsonb('body').$type<CommandBody>().notNull(),
    bodyHash: text('body_hash').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** Set in the deciding transaction; null = received, not yet in force (已收到，尚未生效). */
    outcome: jsonb('outcome').$type<CommandOutcome>(),
    appliedAt: instant('applied_at'),
  },
  (table) => [
    index('commands_waiting_idx')
      .on(table.rosterId, table.receivedAt, table.id)
      .where(sql`${table.outcome} is null`),
    index('commands_act_idx').on(table.actId),
  ],
);

/** 事件 — append-only, numbered by the roster's own counter, hash-chained with a key. */
export const events = pgTable(
  'events',
  {
    rosterId: text('roster_id').notNull(),
    seq: integer('seq').notNull(),
    type: text('type').notNull(),
    at: instant('at').notNull(),
    receivedAt: instant('received_at').notNull(),
    commandId: text('command_id'),
    actor: jsonb('actor').$type<ActorSnapshot>(),
    body: jsonb('body').$type<RosterEvent>().notNull(),
    planHash: text('plan_hash').notNull(),
    factsHash: text('facts_hash'),
    rulesVersion: text('rules_version').notNull(),
    hash: bytea('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.rosterId, table.seq] }),
    index('events_command_idx').on(table.commandId),
  ],
);

/** 事实 — the facts a decision used, kept by content hash so that a bundle re-verifies offline. */
export const decisionFacts = pgTable('decision_facts', {
  hash: text('hash').primaryKey(),
  body: jsonb('body').$type<unknown>().notNull(),
});

/** 公示表 — every frozen sheet (公示, 公告, 更正) by content hash, never changed. */
export const postedSheets = pgTable(
  'posted_sheets',
  {
    hash: text('hash').primaryKey(),
    rosterId: text('roster_id').notNull(),
    body: jsonb('body').$type<PostedSheet>().notNull(),
  },
  (table) => [index('posted_sheets_roster_idx').on(table.rosterId)],
);

/** 办理进度 — rollup by village, procedure and step, kept in the deciding transaction. */
export const progress = pgTable(
  'progress',
  {
    villageCode: text('village_code').notNull(),
    townshipCode: text('township_code').notNull(),
    countyCode: text('county_code').notNull(),
    procedure: text('procedure').notNull(),
    packId: text('pack_id').notNull(),
    bucket: text('bucket').notNull(),
    count: integer('count').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.villageCode, table.procedure, table.packId, table.bucket] }),
    index('progress_county_idx').on(table.countyCode),
    index('progress_township_idx').on(table.townshipCode),
  ],
);
