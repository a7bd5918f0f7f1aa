import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  index,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

/** 组织 — one node of the organisation tree; the tree (parent), not the code prefix, gives authority. */
export const organisations = pgTable(
  'organisations',
  {
    code: text('code').primaryKey(),
    parentCode: text('parent_code'),
    level: text('level').notNull(),
    name: text('name').notNull(),
    /** First day on which the organisation exists. */
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    /** First day on which it no longer exists (并村, 撤乡); null while it stands. */
    validTo: date('valid_to', { mode: 'string' }),
    /** 承接单位 — who carries on the lists of an organisation that has ended; of the same level. */
    successorCode: text('successor_code'),
  },
  (table) => [index('organisations_parent_idx').on(table.parentCode)],
);

/** 村民小组 — the unit of a group assembly. Different from a natural village (自然村). */
export const villagerGroups = pgTable('villager_groups', {
  id: text('id').primaryKey(),
  villageCode: text('village_code').notNull(),
  name: text('name').notNull(),
  /** First day on which it no longer exists (并组); null while it stands. */
  validTo: date('valid_to', { mode: 'string' }),
});

/** 用户 — a person who signs in. */
export const users = pgTable(
  'users',
  {
    id: text('id').primaryKey(),
    signInName: text('sign_in_name').notNull(),
    displayName: text('display_name').notNull(),
    /** 所属单位 — whose administrator keeps the account. Gives no authority: that is what duties are for. */
    orgCode: text('org_code').notNull(),
    passwordHash: text('password_hash').notNull(),
    mustChangePassword: boolean('must_change_password').notNull().default(false),
    disabledAt: timestamp('disabled_at', { withTimezone: true, mode: 'date' }),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex('users_sign_in_name_key').on(sql`lower(${table.signInName})`)],
);

/** 岗位 — what a person may do at an organisation between two days. */
export const duties = pgTable(
  'duties',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    orgCode: text('org_code').notNull(),
    duty: text('duty').notNull(),
    /** Department name as the pack lists it; set for duty `department` only. */
    department: text('department'),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    validTo: date('valid_to', { mode: 'string' }),
  },
  (table) => [index('duties_user_idx').on(table.userId), index('duties_org_idx').on(table.orgCode)],
);

/** 授权 — explicit dated grants: 代录 for an organisation, an area, or a list of households. */
export const grants = pgTable(
  'grants',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    kind: text('kind').notNull(),
    orgCode: text('org_code').notNull(),
    duty: text('duty'),
    households: jsonb('households').$type<readonly string[]>(),
    grantedBy: text('granted_by').notNull(),
    reason: text('reason').notNull(),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    validTo: date('valid_to', { mode: 'string' }),
  },
  (table) => [index('grants_user_idx').on(table.userId)],
);

/** 会话 — server-side sessions; the cookie carries only a random id, stored here hashed. */
export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    data: jsonb('data').$type<unknown>().notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [index('sessions_expires_idx').on(table.expiresAt)],
);

/** 登录失败 — failed sign-ins and those being checked, for the lock-out; on the real clock. */
export const signInFailures = pgTable(
  'sign_in_failures',
  {
    id: text('id').primaryKey(),
    signInName: text('sign_in_name').notNull(),
    address: text('address').notNull(),
    failedAt: timestamp('failed_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (table) => [index('sign_in_failures_name_idx').on(table.signInName, table.failedAt)],
);

/** 管理记录 — every change to organisations, people, duties and grants: who, when, what it was, what it is. */
export const administrationLog = pgTable(
  'administration_log',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind').notNull(),
    /** What was changed: an organisation's code, or the id of a group, user, duty or grant. */
    subject: text('subject').notNull(),
    /** The organisation in whose area the change lies. */
    orgCode: text('org_code').notNull(),
    changedBy: text('changed_by').notNull(),
    /** Business time. */
    changedAt: bigint('changed_at', { mode: 'number' }).notNull(),
    reason: text('reason').notNull(),
    before: jsonb('before').$type<unknown>(),
    after: jsonb('after').$type<unknown>(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, mode: 'date' })
      .notNull()
      .defaultNow(),
  },
  (table) => [
    index('administration_log_org_idx').on(table.orgCode, table.id),
    index('administration_log_subject_idx').on(table.subject, table.id),
  ],
);
