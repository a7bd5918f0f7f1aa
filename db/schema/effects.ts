/** Acts, files, comparison, registry entries, windows: what surrounds the record. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

const instant = (name: string) => bigint(name, { mode: 'number' });
const recordedAt = () =>
  timestamp('recorded_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow();

/** 文书 — a legal act with its own identity; frozen by content hash when signed. */
export const acts = pgTable(
  'acts',
  {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    issuerCode: text('issuer_code').notNull(),
    /** 文号, verbatim. */
    documentNo: text('document_no'),
    documentOn: text('document_on'),
    title: text('title').notNull(),
    body: jsonb('body').$type<unknown>().notNull(),
    contentHash: text('content_hash').notNull(),
    signedBy: text('signed_by').notNull(),
    signedAt: instant('signed_at').notNull(),
  },
  (table) => [index('acts_issuer_idx').on(table.issuerCode, table.signedAt)],
);

/** 文书对象 — a (roster, cases) pair the act covers, applied by its own command. */
export const actTargets = pgTable(
  'act_targets',
  {
    actId: text('act_id').notNull(),
    rosterId: text('roster_id').notNull(),
    /** Case ids covered; null = every case on the list. */
    caseIds: jsonb('case_ids').$type<readonly string[]>(),
    commandId: text('command_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.actId, table.rosterId] })],
);

/** 附件 — photos and scans, content-addressed by SHA-256; bytes live in the file store. */
export const files = pgTable('files', {
  hash: text('hash').primaryKey(),
  mediaType: text('media_type').notNull(),
  size: integer('size').notNull(),
  originalName: text('original_name').notNull(),
  uploadedBy: text('uploaded_by').notNull(),
  uploadedAt: instant('uploaded_at').notNull(),
});

/** 比对批次 — a county's comparison request to its departments over the waiting cases of many villages. */
export const comparisonBatches = pgTable('comparison_batches', {
  id: text('id').primaryKey(),
  countyCode: text('county_code').notNull(),
  procedure: text('procedure').notNull(),
  title: text('title').notNull(),
  departments: jsonb('departments').$type<readonly string[]>().notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
});

/** 比对对象 — one person of one case in a batch (household members and the relatives named). */
export const comparisonSubjects = pgTable(
  'comparison_subjects',
  {
    batchId: text('batch_id').notNull(),
    caseId: text('case_id').notNull(),
    rosterId: text('roster_id').notNull(),
    idNumber: text('id_number').notNull(),
    name: text('name').notNull(),
    relation: text('relation').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.batchId, table.caseId, table.idNumber] }),
    index('comparison_subjects_case_idx').on(table.caseId),
  ],
);

/** 比对回执 — one department's answer to a batch: data date, validity, file, who returned it. */
export const comparisonReceipts = pgTable(
  'comparison_receipts',
  {
    id: text('id').primaryKey(),
    batchId: text('batch_id').notNull(),
    department: text('department').notNull(),
    dataOn: text('data_on').notNull(),
    validUntil: instant('valid_until').notNull(),
    fileHash: text('file_hash'),
    returnedBy: text('returned_by').notNull(),
    returnedAt: instant('returned_at').notNull(),
    summary: jsonb('summary').$type<unknown>().notNull(),
  },
  (table) => [index('comparison_receipts_batch_idx').on(table.batchId, table.department)],
);

/** 比对结果 — one person's result from one department. */
export const comparisonResults = pgTable(
  'comparison_results',
  {
    receiptId: text('receipt_id').notNull(),
    caseId: text('case_id').notNull(),
    idNumber: text('id_number').notNull(),
    hit: boolean('hit').notNull(),
    detail: text('detail').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.receiptId, table.caseId, table.idNumber] }),
    index('comparison_results_case_idx').on(table.caseId),
  ],
);

/** 功能窗口 — a registry function open for a unit between two instants, opened by an act of the office. */
export const registryWindows = pgTable(
  'registry_windows',
  {
    id: text('id').primaryKey(),
    functionKey: text('function_key').notNull(),
    unitCode: text('unit_code').notNull(),
    opensAt: instant('opens_at').notNull(),
    closesAt: instant('closes_at'),
    openedBy: text('opened_by').notNull(),
    documentNo: text('document_no').notNull(),
    closedBy: text('closed_by'),
    closedReason: text('closed_reason'),
    /** 功能开放申请 by which it was opened; null where the office opened it by hand. */
    rosterId: text('roster_id'),
  },
  (table) => [index('registry_windows_unit_idx').on(table.unitCode, table.functionKey)],
);

/**
 * 登记条目 — one registry write of one case: intent → sent → accepted | refused | unknown. Written
 * before and after the call; the unique key makes a second write of the same effect impossible.
 */
export const registryEntries = pgTable(
  'registry_entries',
  {
    id: text('id').primaryKey(),
    caseId: text('case_id').notNull(),
    rosterId: text('roster_id').notNull(),
    /** Effect id of the kernel; with caseId unique: one label per case and effect. */
    effectId: text('effect_id').notNull(),
    functionKey: text('function_key').notNull(),
    windowId: text('window_id').notNull(),
    adapter: text('adapter').notNull(),
    state: text('state').notNull(),
    payload: jsonb('payload').$type<unknown>().notNull(),
    registryNo: text('registry_no'),
    /** 流水号 of the registry's entry log, or the number an operator copied from its page. */
    receiptNo: text('receipt_no'),
    /** 人工录入记录 — what operator and reviewer wrote under the manual adapter; null under HTTP. */
    manualRecord: jsonb('manual_record').$type<unknown>(),
    refusalCode: text('refusal_code'),
    refusalWords: text('refusal_words'),
    operatorId: text('operator_id').notNull(),
    reviewerId: text('reviewer_id').notNull(),
    attempts: integer('attempts').notNull().default(0),
    intentAt: instant('intent_at').notNull(),
    sentAt: instant('sent_at'),
    answeredAt: instant('answered_at'),
    reportedAt: instant('reported_at'),
  },
  (table) => [
    uniqueIndex('registry_entries_effect_key').on(table.caseId, table.effectId),
    index('registry_entries_state_idx').on(table.state, table.rosterId),
  ],
);

/**
 * 登记确认 — one household's entry: a row stamped by the operator, then by another person. Carried to
 * the registry by `carry-registrations` only when both stamps stand.
 */
export const registrationRows = pgTable(
  'registration_rows',
  {
    caseId: text('case_id').notNull(),
    /** Which attempt: a refused entry is entered and confirmed anew. */
    effectNo: integer('effect_no').notNull(),
    operatorId: text('operator_id').notNull(),
    operatorName: text('operator_name').notNull(),
    operatorAt: instant('operator_at').notNull(),
    reviewerId: text('reviewer_id'),
    reviewerName: text('reviewer_name'),
    reviewerAt: instant('reviewer_at'),
    /** When the carrying command was accepted; null while it waits. */
    carriedAt: instant('carried_at'),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.effectNo] })],
);

/** 线索 — an objection that names an unlisted household (漏评) or a report; has its own clock. */
export const clues = pgTable(
  'clues',
  {
    id: text('id').primaryKey(),
    villageCode: text('village_code').notNull(),
    rosterId: text('roster_id'),
    kind: text('kind').notNull(),
    words: text('words').notNull(),
    raisedAt: instant('raised_at').notNull(),
    dueAt: instant('due_at'),
    closedAt: instant('closed_at'),
    outcome: text('outcome'),
  },
  (table) => [index('clues_village_idx').on(table.villageCode, table.dueAt)],
);

/** 补短板事项 — a household that a list sent elsewhere (缺什么补什么): what its village has to make good. */
export const remedies = pgTable(
  'remedies',
  {
    /** The case that was sent elsewhere. */
    caseId: text('case_id').primaryKey(),
    rosterId: text('roster_id').notNull(),
    householdId: text('household_id').notNull(),
    villageCode: text('village_code').notNull(),
    /** Which rule sent it here (G-11-ADMITTED), and its sentence. */
    code: text('code').notNull(),
    words: text('words').notNull(),
    lacking: jsonb('lacking').$type<readonly string[]>().notNull(),
    openedAt: instant('opened_at').notNull(),
    /** 期限, where a text gives one; only a mark. */
    dueAt: instant('due_at'),
    finishedAt: instant('finished_at'),
    finishedBy: text('finished_by'),
    outcome: text('outcome'),
    /** Scans and photos that prove it, by hash. */
    proofs: jsonb('proofs').$type<readonly string[]>(),
  },
  (table) => [index('remedies_village_idx').on(table.villageCode, table.finishedAt)],
);

/** 规则包 — a published pack version as loaded; shipped packs are inserted at start, never updated. */
export const packs = pgTable(
  'packs',
  {
    id: text('id').notNull(),
    version: integer('version').notNull(),
    digest: text('digest').notNull(),
    source: text('source').notNull(),
    loadedBy: text('loaded_by').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [primaryKey({ columns: [table.id, table.version] })],
);

/** 核定 — the office duty confirms an unverified value (or order) of a pack with document and date. */
export const packConfirmations = pgTable(
  'pack_confirmations',
  {
    id: text('id').primaryKey(),
    packId: text('pack_id').notNull(),
    areaCode: text('area_code').notNull(),
    path: text('path').notNull(),
    value: jsonb('value').$type<unknown>().notNull(),
    documentNo: text('document_no').notNull(),
    documentOn: text('document_on').notNull(),
    confirmedBy: text('confirmed_by').notNull(),
    confirmedAt: instant('confirmed_at').notNull(),
  },
  (table) => [index('pack_confirmations_pack_idx').on(table.packId, table.areaCode)],
);

/** 已办请求 — what came of a write that is no command of a list, found again by user, kind and key. */
export const keyedRequests = pgTable('keyed_requests', {
  /** Made of user, Idempotency-Key and, for things that an administrator makes, their kind. */
  id: text('id').primaryKey(),
  bodyHash: text('body_hash').notNull(),
  /** Id of what was made, or the instant to which the clock was moved. */
  result: text('result').notNull(),
  recordedAt: recordedAt(),
});

/** 业务时钟 — one row: the offset of the business clock in training mode; increase-only within a run. */
export const businessClock = pgTable('business_clock', {
  id: integer('id').primaryKey().default(1),
  offsetMs: bigint('offset_ms', { mode: 'number' }).notNull(),
  training: boolean('training').notNull(),
});

/** 查阅日志 — who read what personal data, and exports; on the real clock. */
export const readLog = pgTable(
  'read_log',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    userId: text('user_id').notNull(),
    what: text('what').notNull(),
    reference: text('reference').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [index('read_log_user_idx').on(table.userId, sql`${table.recordedAt} desc`)],
);
