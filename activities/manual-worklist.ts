/**
 * 录入工作单 — an operator enters one household or village in the national system by hand and writes down what it
 * answered; a second person looks it up there and confirms; only then does the entry have an answer.
 */
import { and, asc, count, eq, inArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { DbOrTx } from '../db/import/database.ts';
import { registryEntries } from '../db/schema/effects.ts';
import { households } from '../db/schema/households.ts';
import { organisations, villagerGroups } from '../db/schema/organisation.ts';
import { cases, rosters } from '../db/schema/record.ts';
import type { Instant } from '../domain/time/instant.ts';
import { registeredNoOf } from '../registry/entry.ts';
import type { EntryPayload } from './registry/entry-journal.ts';

type EntryRow = typeof registryEntries.$inferSelect;

/** What the operator saw in the national system. */
export type HandOutcome =
  | {
      readonly result: 'accepted';
      /** 户编号 as the system shows it. */
      readonly registryNo: string;
      /** 流水号 or page reference, where the system shows one. */
      readonly receiptNo: string | null;
      /** When it was entered, as claimed; what counts is when it was recorded here. */
      readonly enteredAt: Instant;
    }
  | {
      readonly result: 'refused';
      /** The system's words, copied. */
      readonly words: string;
      readonly enteredAt: Instant;
    };

/** 录入 by the operator. */
export interface HandEntry {
  readonly by: string;
  readonly at: Instant;
  readonly outcome: HandOutcome;
}

/** Kept in `manual_record`; nothing in it is ever removed. */
export interface ManualRecord {
  readonly entered: HandEntry | null;
  readonly checked: { readonly by: string; readonly at: Instant } | null;
  /** Entries that the reviewer did not find as recorded. */
  readonly disputes: readonly {
    readonly entered: HandEntry;
    readonly by: string;
    readonly at: Instant;
    readonly words: string;
  }[];
}

/** Why a step by hand is refused. */
export type HandRefusalCode =
  | 'not_waiting'
  | 'same_person'
  | 'number_missing'
  | 'number_differs'
  | 'future_time';

/** Answer to a step by hand. */
export type HandAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: HandRefusalCode; readonly words: string };

const EMPTY: ManualRecord = { entered: null, checked: null, disputes: [] };

/** An open entry with the household that it is about. */
export interface WorklistRow {
  readonly entry: EntryRow;
  readonly unitName: string;
  readonly headName: string;
  readonly groupName: string;
}

const ROWS_MAX = 500;

/** The subject of an entry where it is a village. */
const village = alias(organisations, 'village');

/** 录入工作单 — entries of lists of these units that wait for a person, oldest first. */
export async function listWorklist(
  db: DbOrTx,
  { units, waitsFor }: { units: readonly string[]; waitsFor?: 'operator' | 'reviewer' },
): Promise<{ readonly rows: readonly WorklistRow[]; readonly total: number }> {
  const states = { operator: ['intent'], reviewer: ['sent'] };
  const condition = and(
    eq(registryEntries.adapter, 'manual'),
    inArray(registryEntries.state, waitsFor ? states[waitsFor] : ['intent', 'sent']),
    // Confirmed ones only wait for the registration activity to fetch them.
    sql`${registryEntries.manualRecord} #>> '{checked,at}' is null`,
    inArray(rosters.unitCode, [...units]),
  );
  const [rows, [counted]] = await Promise.all([
    db
      .select({
        entry: registryEntries,
        unitName: organisations.name,
        headName: sql<string>`coalesce(${households.headName}, ${village.name}, '')`,
        groupName: villagerGroups.name,
      })
      .from(registryEntries)
      .innerJoin(rosters, eq(rosters.id, registryEntries.rosterId))
      .innerJoin(cases, eq(cases.id, registryEntries.caseId))
      .leftJoin(households, eq(households.id, cases.subjectId))
      .leftJoin(village, eq(village.code, cases.subjectId))
      .leftJoin(villagerGroups, eq(villagerGroups.id, households.groupId))
      .leftJoin(organisations, eq(organisations.code, rosters.unitCode))
      .where(condition)
      .orderBy(asc(registryEntries.intentAt), asc(registryEntries.id))
      .limit(ROWS_MAX),
    db
      .select({ total: count() })
      .from(registryEntries)
      .innerJoin(rosters, eq(rosters.id, registryEntries.rosterId))
      .where(condition),
  ]);
  const named = rows.map(({ unitName, groupName, ...row }) => {
    return { ...row, unitName: unitName ?? '', groupName: groupName ?? '' };
  });
  return { rows: named, total: counted?.total ?? 0 };
}

/** 录入登记 — the operator wrote one household into the national system and says what it answered. */
export async function recordHandEntry(
  db: DbOrTx,
  { entryId, operatorId, outcome }: { entryId: string; operatorId: string; outcome: HandOutcome },
  at: Instant,
): Promise<HandAnswer> {
  if (outcome.result === 'accepted' && outcome.registryNo.trim() === '') {
    return refuse('number_missing', '请填写系统中的户编号（村为行政村代码）');
  }
  if (outcome.enteredAt > at) return refuse('future_time', '录入时间不能晚于现在');
  const elsewhere = '该办件不在待录入状态，可能已由他人登记';
  return change(db, entryId, 'intent', elsewhere, (record, { payload }) => {
    // What the system holds already keeps its number: another one is another household's.
    const expected = registeredNoOf((payload as EntryPayload).write);
    const isOther = outcome.result === 'accepted' && outcome.registryNo.trim() !== expected;
    if (expected !== null && isOther) {
      const words = `应是${expected}，填写的编号与此不同，请核对是否录入到了别处`;
      return refuse('number_differs', words);
    }
    return {
      state: 'sent',
      record: { ...record, entered: { by: operatorId, at, outcome }, checked: null },
    };
  });
}

/** 复核登记 — the second person looked it up: agrees, or says what is different (back to the operator). */
export async function checkHandEntry(
  db: DbOrTx,
  check: { entryId: string; reviewerId: string; agrees: boolean; words: string },
  at: Instant,
): Promise<HandAnswer> {
  const { entryId, reviewerId: by } = check;
  return change(db, entryId, 'sent', '该办件不在待复核状态', ({ entered, disputes }) => {
    if (entered === null) return refuse('not_waiting', '该办件尚未录入');
    if (entered.by === by) return refuse('same_person', '录入人与复核人不能是同一人');
    if (check.agrees) {
      // The state stays: the registration activity records the answer through `settleEntry`.
      return { state: 'sent', record: { entered, checked: { by, at }, disputes } };
    }
    const dispute = { entered, by, at, words: check.words };
    const record = { entered: null, checked: null, disputes: [...disputes, dispute] };
    return { state: 'intent', record };
  });
}

type Change = { readonly state: 'intent' | 'sent'; readonly record: ManualRecord };

async function change(
  db: DbOrTx,
  entryId: string,
  from: 'intent' | 'sent',
  elsewhere: string,
  make: (record: ManualRecord, entry: EntryRow) => Change | (HandAnswer & { ok: false }),
): Promise<HandAnswer> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(registryEntries)
      .where(eq(registryEntries.id, entryId))
      .for('update');
    const isWaiting =
      row?.adapter === 'manual' && row.state === from && manualRecordOf(row).checked === null;
    if (row === undefined || !isWaiting) return refuse('not_waiting', elsewhere);
    const next = make(manualRecordOf(row), row);
    if ('ok' in next) return next;
    await tx
      .update(registryEntries)
      .set({
        state: next.state,
        manualRecord: next.record,
        sentAt: next.record.entered?.at ?? null,
        attempts: row.attempts + (next.state === 'sent' && from === 'intent' ? 1 : 0),
      })
      .where(eq(registryEntries.id, entryId));
    return { ok: true };
  });
}

/** What people wrote down for an entry so far. */
export function manualRecordOf(row: EntryRow): ManualRecord {
  // Written by this file only.
  return (row.manualRecord as ManualRecord | null) ?? EMPTY;
}

function refuse(code: HandRefusalCode, words: string): HandAnswer & { ok: false } {
  return { ok: false, code, words };
}
