/**
 * 人工录入 — the production default: the national system has no interface, so an entry is a line of a
 * worklist. An operator enters the household there by hand and writes down what the system answered;
 * a second person looks it up there and confirms; only then does the entry have an answer. The rows
 * go intent (待录入) → sent (已录入待复核) → accepted | refused, so that the registration activity
 * treats both adapters alike: it calls `settleEntry` and, when told `waiting`, comes back later.
 */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { DbOrTx } from '../../db/import/database.ts';
import { registryEntries } from '../../db/schema/effects.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { type EntryRow, getEntry } from './entry-journal.ts';
import type { EntryAnswer, RegistryPort } from './port.ts';

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
export type HandRefusalCode = 'not_waiting' | 'same_person' | 'number_missing' | 'future_time';

/** Answer to a step by hand. */
export type HandAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: HandRefusalCode; readonly words: string };

const EMPTY: ManualRecord = { entered: null, checked: null, disputes: [] };

/** 登记系统（人工方式）. `enter` reads the row and never talks to anybody. */
export function createManualRegistry({ db }: { db: DbOrTx }): RegistryPort {
  return {
    kind: 'manual',
    async enter(entry): Promise<EntryAnswer> {
      const { entered, checked } = recordOf(await getEntry(db, entry.id));
      if (entered === null) return { result: 'waiting', for: 'operator' };
      if (checked === null) return { result: 'waiting', for: 'reviewer' };
      const { outcome } = entered;
      if (outcome.result === 'refused') {
        return { result: 'refused', code: 'refused_by_hand', words: outcome.words };
      }
      const { registryNo, receiptNo } = outcome;
      return { result: 'accepted', registryNo, receiptNo, at: checked.at };
    },
    // Reading back is the reviewer's work here, and reconciliation against the exported roll.
    readBack: async () => null,
    fetchVillage: async () => null,
    fetchHousehold: async () => null,
    // The function is opened in the national system by its own people; our row records the act.
    openWindow: async () => {},
    closeWindow: async () => {},
  };
}

/** 待录入清单 — entries that wait for a person, oldest first. */
export async function listWorklist(
  db: DbOrTx,
  { rosterId, waitsFor }: { rosterId?: string; waitsFor?: 'operator' | 'reviewer' } = {},
): Promise<EntryRow[]> {
  const states = { operator: ['intent'], reviewer: ['sent'] };
  return db
    .select()
    .from(registryEntries)
    .where(
      and(
        eq(registryEntries.adapter, 'manual'),
        inArray(registryEntries.state, waitsFor ? states[waitsFor] : ['intent', 'sent']),
        ...(rosterId === undefined ? [] : [eq(registryEntries.rosterId, rosterId)]),
      ),
    )
    .orderBy(asc(registryEntries.intentAt), asc(registryEntries.id));
}

/** 录入登记 — the operator wrote one household into the national system and says what it answered. */
export async function recordHandEntry(
  db: DbOrTx,
  { entryId, operatorId, outcome }: { entryId: string; operatorId: string; outcome: HandOutcome },
  at: Instant,
): Promise<HandAnswer> {
  if (outcome.result === 'accepted' && outcome.registryNo.trim() === '') {
    return refuse('number_missing', '请填写系统中的户编号');
  }
  if (outcome.enteredAt > at) return refuse('future_time', '录入时间不能晚于现在');
  return change(db, entryId, 'intent', '本户不在待录入状态，可能已由他人登记', (record) => ({
    state: 'sent',
    record: { ...record, entered: { by: operatorId, at, outcome }, checked: null },
  }));
}

/** 复核登记 — the second person looked it up: agrees, or says what is different (back to the operator). */
export async function checkHandEntry(
  db: DbOrTx,
  check: { entryId: string; reviewerId: string; agrees: boolean; words: string },
  at: Instant,
): Promise<HandAnswer> {
  const { entryId, reviewerId: by } = check;
  return change(db, entryId, 'sent', '本户不在待复核状态', ({ entered, disputes }) => {
    if (entered === null) return refuse('not_waiting', '本户尚未录入');
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
  make: (record: ManualRecord) => Change | (HandAnswer & { ok: false }),
): Promise<HandAnswer> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(registryEntries)
      .where(eq(registryEntries.id, entryId))
      .for('update');
    const isWaiting =
      row?.adapter === 'manual' && row.state === from && recordOf(row).checked === null;
    if (row === undefined || !isWaiting) return refuse('not_waiting', elsewhere);
    const next = make(recordOf(row));
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

function recordOf(row: EntryRow): ManualRecord {
  // Written by this file only.
  return (row.manualRecord as ManualRecord | null) ?? EMPTY;
}

function refuse(code: HandRefusalCode, words: string): HandAnswer & { ok: false } {
  return { ok: false, code, words };
}
