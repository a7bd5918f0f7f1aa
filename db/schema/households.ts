import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { RegistrySnapshot, VisitForm } from '../../domain/facts/household-facts.ts';
import type { MonitoringClass } from '../../domain/facts/monitoring.ts';
import type { VillageForm } from '../../domain/facts/village-facts.ts';

/**
 * 户 — a household this county knows: one the registry holds (户编号 set) or an applicant it does not.
 * `villageCode` is the registering village; `residenceCode` the place of residence.
 */
export const households = pgTable(
  'households',
  {
    id: text('id').primaryKey(),
    /** 户编号 of the national system; null until the registry holds the household. */
    householdNo: text('household_no'),
    villageCode: text('village_code').notNull(),
    residenceCode: text('residence_code').notNull(),
    groupId: text('group_id'),
    naturalVillage: text('natural_village'),
    headName: text('head_name').notNull(),
    headIdNumber: text('head_id_number').notNull(),
    memberCount: integer('member_count').notNull(),
    phone: text('phone'),
    /** Hash of the latest snapshot; the snapshot's status is copied for lists. */
    snapshotHash: text('snapshot_hash'),
    status: text('status').notNull().default('unregistered'),
    attribute: text('attribute').notNull().default('ordinary'),
    /** 监测对象类别 while a risk is not eliminated, copied from the snapshot; null for others. */
    monitored: text('monitored').$type<MonitoringClass>(),
  },
  (table) => [
    uniqueIndex('households_no_key').on(table.householdNo),
    index('households_village_idx').on(table.villageCode, table.status),
    index('households_head_idx').on(table.headIdNumber),
  ],
);

/** 家庭成员 — a member as last imported or collected; keyed by 人口编号 when the registry gave one. */
export const members = pgTable(
  'members',
  {
    id: text('id').primaryKey(),
    householdId: text('household_id').notNull(),
    personNo: text('person_no'),
    name: text('name').notNull(),
    idNumber: text('id_number').notNull(),
    relation: text('relation').notNull(),
    /** The other columns of the exported roll, by their Chinese heading (policy §15.3). */
    details: jsonb('details').$type<Readonly<Record<string, string>>>().notNull(),
  },
  (table) => [
    uniqueIndex('members_person_no_key').on(table.personNo),
    index('members_household_idx').on(table.householdId),
    index('members_id_number_idx').on(table.idNumber),
  ],
);

/** 户快照 — what the registry said of a household at `asOf`; kept by content hash, never changed. */
export const registrySnapshots = pgTable(
  'registry_snapshots',
  {
    hash: text('hash').primaryKey(),
    householdId: text('household_id').notNull(),
    asOf: timestamp('as_of', { withTimezone: true, mode: 'date' }).notNull(),
    source: text('source').notNull(),
    body: jsonb('body').$type<RegistrySnapshot>().notNull(),
  },
  (table) => [index('registry_snapshots_household_idx').on(table.householdId, table.asOf)],
);

/** 村 — what the registry says of a village as a whole (poor village, households with groups). */
export const villageProfiles = pgTable('village_profiles', {
  villageCode: text('village_code').primaryKey(),
  isPoorVillage: text('is_poor_village').notNull(),
  details: jsonb('details').$type<Readonly<Record<string, string>>>().notNull(),
});

/** 采集表 — versioned draft of a visit or verification form; the closing command names its hash. */
export const visitForms = pgTable(
  'visit_forms',
  {
    caseId: text('case_id').notNull(),
    version: integer('version').notNull(),
    hash: text('hash').notNull(),
    body: jsonb('body').$type<VisitForm | VillageForm>().notNull(),
    savedBy: text('saved_by').notNull(),
    savedAt: timestamp('saved_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.version] }),
    index('visit_forms_hash_idx').on(table.hash),
  ],
);

/** 名册导入 — one uploaded xlsx, its preview and whether it was applied; nothing is ever half applied. */
export const rollImports = pgTable('roll_imports', {
  id: text('id').primaryKey(),
  kind: text('kind').notNull(),
  fileHash: text('file_hash').notNull(),
  areaCode: text('area_code').notNull(),
  preview: jsonb('preview').$type<unknown>().notNull(),
  uploadedBy: text('uploaded_by').notNull(),
  uploadedAt: timestamp('uploaded_at', { withTimezone: true, mode: 'date' }).notNull(),
  appliedAt: timestamp('applied_at', { withTimezone: true, mode: 'date' }),
});
