/**
 * 登记条目 protocol — intent → sent → accepted | refused | unknown, each step a committed row before
 * the next is taken, so that a crash anywhere neither loses nor doubles an entry:
 *
 * - before anything is sent the row says `sent`; a row found `sent` or `unknown` may be in the
 *   registry, so its subject is read back and nothing is sent when the label is there;
 * - a request that was given up on may still arrive late: then the second one is refused by the
 *   registry (wrong status, duplicate head), and that refusal is read back too;
 * - two callers at once are ordered by `attempts`: only the latest may record a refusal, and an
 *   acceptance is never overwritten, because the registry said it.
 */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { DbOrTx } from '../../db/import/database.ts';
import { rowsTogether } from '../../db/record/insert-together.ts';
import { registryEntries } from '../../db/schema/effects.ts';
import { invariant } from '../../domain/invariant.ts';
import type { OrgLevel } from '../../domain/organisation/org-code.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { RegistryWrite } from '../../registry/entry.ts';
import {
  type EntryAnswer,
  isLabelThere,
  type ReadBack,
  RegistryAnswerUnknown,
  type RegistryEntry,
  type RegistryPort,
} from './port.ts';

/** 条目状态. */
export type EntryState = 'intent' | 'sent' | 'accepted' | 'refused' | 'unknown';

/** A row of `registry_entries`. */
export type EntryRow = typeof registryEntries.$inferSelect;

/** What is kept in `payload`. */
export interface EntryPayload {
  readonly write: RegistryWrite;
  readonly level: OrgLevel;
}

/** What is to be entered, as the deciding transaction knows it. */
export interface EntryIntent {
  readonly caseId: string;
  readonly rosterId: string;
  readonly effectId: string;
  readonly windowId: string;
  readonly adapter: RegistryPort['kind'];
  readonly write: RegistryWrite;
  readonly level: OrgLevel;
  readonly operatorId: string;
  readonly reviewerId: string;
}

/** An answer that ends an entry. */
export type FinalAnswer = Exclude<EntryAnswer, { result: 'waiting' }>;

/** 登记意向 of one entry; see {@link prepareEntries}. Returns its id. */
export async function prepareEntry(db: DbOrTx, intent: EntryIntent, at: Instant): Promise<string> {
  const [row] = await prepareEntries(db, [intent], at);
  invariant(row !== undefined, 'one intent gives one row');
  return row.id;
}

/**
 * 登记意向 — writes the rows of one effect, or finds those that case and effect already have; in the order
 * given. Safe to repeat. The same effect with another write is a bug and throws, as does an operator who
 * reviews himself (G-17 is refused by `decide` long before).
 */
export async function prepareEntries(
  db: DbOrTx,
  intents: readonly EntryIntent[],
  at: Instant,
): Promise<readonly EntryRow[]> {
  const isReviewed = intents.every(({ operatorId, reviewerId }) => operatorId !== reviewerId);
  invariant(isReviewed, 'an entry has two people (G-17)');
  const values = intents.map(({ write, level, ...columns }) => {
    const payload: EntryPayload = { write, level };
    const { functionKey } = write;
    const id = randomUUID();
    return { ...columns, id, functionKey, state: 'intent', payload, attempts: 0, intentAt: at };
  });
  const { caseId, effectId } = registryEntries;
  await db
    .insert(registryEntries)
    .select(rowsTogether(registryEntries, values))
    .onConflictDoNothing({ target: [caseId, effectId] });
  const caseIds = sql.param(intents.map((intent) => intent.caseId));
  const found = await db
    .select()
    .from(registryEntries)
    .where(sql`${caseId} = any(${caseIds}::text[])`);
  const keyOf = (each: { caseId: string; effectId: string }) => `${each.effectId}:${each.caseId}`;
  const rowOf = new Map(found.map((row) => [keyOf(row), row]));
  return values.map((intent) => {
    const row = rowOf.get(keyOf(intent));
    invariant(row !== undefined, 'an entry that was prepared exists');
    invariant(isDeepStrictEqual(row.payload, intent.payload), 'one effect writes one thing');
    return row;
  });
}

/**
 * Records that the next thing to happen is a call. False when another caller moved the row since it
 * was read: then this one must not call.
 */
export async function markSent(db: DbOrTx, row: EntryRow, at: Instant): Promise<boolean> {
  const moved = await db
    .update(registryEntries)
    .set({ state: 'sent', attempts: row.attempts + 1, sentAt: row.sentAt ?? at })
    .where(
      and(
        eq(registryEntries.id, row.id),
        eq(registryEntries.attempts, row.attempts),
        inArray(registryEntries.state, ['intent', 'sent', 'unknown']),
      ),
    )
    .returning({ id: registryEntries.id });
  return moved.length === 1;
}

/** Records that no trustworthy answer came to the call numbered `attempts`. */
async function markUnknown(db: DbOrTx, entryId: string, attempts: number): Promise<void> {
  await db
    .update(registryEntries)
    .set({ state: 'unknown' })
    .where(
      and(
        eq(registryEntries.id, entryId),
        eq(registryEntries.attempts, attempts),
        eq(registryEntries.state, 'sent'),
      ),
    );
}

/**
 * Records the final answer. An acceptance overrides anything but an acceptance; a refusal counts
 * only from the latest call. Repeating it changes nothing. Returns the row as it then stands.
 */
export async function recordAnswer(
  db: DbOrTx,
  entryId: string,
  attempts: number,
  answer: FinalAnswer,
  at: Instant,
): Promise<EntryRow> {
  if (answer.result === 'accepted') {
    await db
      .update(registryEntries)
      .set({
        state: 'accepted',
        registryNo: answer.registryNo,
        receiptNo: answer.receiptNo,
        refusalCode: null,
        refusalWords: null,
        // When the registry took it, which may be long before a read-back found out.
        answeredAt: answer.at,
      })
      .where(and(eq(registryEntries.id, entryId), ne(registryEntries.state, 'accepted')));
  } else {
    await db
      .update(registryEntries)
      .set({
        state: 'refused',
        refusalCode: answer.code,
        refusalWords: answer.words,
        answeredAt: at,
      })
      .where(
        and(
          eq(registryEntries.id, entryId),
          eq(registryEntries.attempts, attempts),
          inArray(registryEntries.state, ['intent', 'sent', 'unknown']),
        ),
      );
  }
  return getEntry(db, entryId);
}

/** The row; a missing one is a bug. */
export async function getEntry(db: DbOrTx, entryId: string): Promise<EntryRow> {
  const [row] = await db.select().from(registryEntries).where(eq(registryEntries.id, entryId));
  invariant(row !== undefined, 'the entry exists');
  return row;
}

/** 未了条目 — those without a final answer, oldest first: what a start of the system settles again. */
export async function findUnsettled(
  db: DbOrTx,
  { adapter, limit = 500 }: { adapter?: RegistryPort['kind']; limit?: number } = {},
): Promise<EntryRow[]> {
  return db
    .select()
    .from(registryEntries)
    .where(
      and(
        inArray(registryEntries.state, ['intent', 'sent', 'unknown']),
        adapter === undefined ? sql`true` : eq(registryEntries.adapter, adapter),
      ),
    )
    .orderBy(asc(registryEntries.intentAt), asc(registryEntries.id))
    .limit(limit);
}

/** Points between the steps of {@link settleEntry}; tests die at each of them. */
export type SettlePoint = 'read' | 'read-back' | 'marked-sent' | 'called' | 'recorded';

/** How {@link settleEntry} runs. */
export interface SettleOptions {
  readonly now: () => Instant;
  /** Called after each step; throwing there is dying there. */
  readonly onPoint?: (point: SettlePoint) => void;
}

/** An answer that ended the entry, or that people are waited for. */
export type Settlement = { readonly entryId: string; readonly answer: EntryAnswer };

/**
 * 办结条目 — the whole safe dance for one entry; call it again after any crash or error. Throws
 * `RegistryUnavailable` or `RegistryAnswerUnknown` when no answer could be had: retry later.
 */
export async function settleEntry(
  db: DbOrTx,
  port: RegistryPort,
  entryId: string,
  options: SettleOptions,
): Promise<Settlement> {
  const row = await getEntry(db, entryId);
  options.onPoint?.('read');
  const stored = findStoredAnswer(row);
  if (stored !== undefined) return { entryId, answer: stored };
  invariant(row.adapter === port.kind, 'an entry is settled by the adapter it was prepared for');
  return port.kind === 'manual'
    ? settleByHand(db, port, row, options)
    : settleByCall(db, port, row, options);
}

/** The manual adapter never talks to anybody: it answers from what operator and reviewer wrote. */
async function settleByHand(
  db: DbOrTx,
  port: RegistryPort,
  row: EntryRow,
  { now, onPoint }: SettleOptions,
): Promise<Settlement> {
  const answer = await port.enter(toEntry(row));
  onPoint?.('called');
  if (answer.result === 'waiting') return { entryId: row.id, answer };
  return settled(await recordAnswer(db, row.id, row.attempts, answer, now()));
}

async function settleByCall(
  db: DbOrTx,
  port: RegistryPort,
  row: EntryRow,
  { now, onPoint }: SettleOptions,
): Promise<Settlement> {
  const entry = toEntry(row);
  if (row.state !== 'intent') {
    const found = answerFromReadBack(entry, await port.readBack(entry.write));
    onPoint?.('read-back');
    if (found !== undefined) {
      return settled(await recordAnswer(db, row.id, row.attempts, found, now()));
    }
  }
  if (!(await markSent(db, row, now()))) {
    throw new RegistryAnswerUnknown('another caller is settling this entry');
  }
  onPoint?.('marked-sent');
  const attempts = row.attempts + 1;
  const answer = await callRegistry(db, port, entry, attempts);
  onPoint?.('called');
  const final = await explainRefusal(port, entry, attempts, answer);
  const recorded = await recordAnswer(db, row.id, attempts, final, now());
  onPoint?.('recorded');
  return settled(recorded);
}

/** Has the registry enter it; a call without a trustworthy answer leaves the row `unknown` and throws. */
export async function callRegistry(
  db: DbOrTx,
  port: RegistryPort,
  entry: RegistryEntry,
  attempts: number,
): Promise<FinalAnswer> {
  try {
    const answer = await port.enter(entry);
    invariant(answer.result !== 'waiting', 'only the manual adapter waits for people');
    return answer;
  } catch (error) {
    if (error instanceof RegistryAnswerUnknown) await markUnknown(db, entry.id, attempts);
    throw error;
  }
}

/** Refusals that an earlier call of ours may have caused. */
const ALREADY_SO: ReadonlySet<FinalRefusalCode> = new Set([
  'wrong_status',
  'duplicate_head',
  'duplicate_person',
  'not_member',
]);

/** After an earlier call, "already so" from the registry may be our own late request: look. */
async function explainRefusal(
  port: RegistryPort,
  entry: RegistryEntry,
  attempts: number,
  answer: FinalAnswer,
): Promise<FinalAnswer> {
  const isAlreadySo = answer.result === 'refused' && ALREADY_SO.has(answer.code);
  if (attempts === 1 || !isAlreadySo) return answer;
  return answerFromReadBack(entry, await port.readBack(entry.write)) ?? answer;
}

/** Undefined when the registry does not show the label: the entry is to be sent (again). */
function answerFromReadBack(
  entry: RegistryEntry,
  readBack: ReadBack | null,
): FinalAnswer | undefined {
  if (readBack === null || !isLabelThere(entry.write, readBack)) return undefined;
  const { label } = readBack;
  if (label === null || label.operatorId !== entry.operatorId) {
    const words = '系统中本户已由他人标注或录入，请核对后处理';
    return { result: 'refused', code: 'labelled_by_other', words };
  }
  return {
    result: 'accepted',
    registryNo: readBack.householdNo,
    receiptNo: label.receiptNo,
    at: label.at,
  };
}

/** The entry that a row stands for. */
export function toEntry(row: EntryRow): RegistryEntry {
  // Written by prepareEntry only.
  const { write, level } = row.payload as EntryPayload;
  const { id, operatorId, reviewerId } = row;
  return { id, write, level, operatorId, reviewerId };
}

/** The final answer of a row; without one somebody else is at it. */
export function settled(row: EntryRow): Settlement {
  const answer = findStoredAnswer(row);
  if (answer === undefined) {
    throw new RegistryAnswerUnknown('another caller is settling this entry');
  }
  return { entryId: row.id, answer };
}

/** The final answer a row holds, if any. */
export function findStoredAnswer(row: EntryRow): FinalAnswer | undefined {
  if (row.state === 'accepted') {
    invariant(row.registryNo !== null && row.answeredAt !== null, 'accepted with a number');
    const { registryNo, receiptNo, answeredAt } = row;
    return { result: 'accepted', registryNo, receiptNo, at: answeredAt };
  }
  if (row.state !== 'refused') return undefined;
  const code = (row.refusalCode ?? 'refused_by_hand') as FinalRefusalCode;
  return { result: 'refused', code, words: row.refusalWords ?? '' };
}

type FinalRefusalCode = Extract<FinalAnswer, { result: 'refused' }>['code'];
