/**
 * 逐条办结 — the entries of one or a few carries: their rows are written together, the registry is called
 * for one after another. The protocol of entry-journal.ts holds for each of them:
 *
 * - all rows say `sent` before the first call; a crash in between leaves some that were never sent, and
 *   the next try reads each back before it sends anything;
 * - answers are committed in small groups, so a crash leaves at most those of a second to be read back;
 * - a row that was `sent` or `unknown` before is settled alone, by the whole dance.
 */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { DbOrTx } from '../../db/import/database.ts';
import { registryEntries } from '../../db/schema/effects.ts';
import { invariant } from '../../domain/invariant.ts';
import {
  callRegistry,
  type EntryRow,
  type FinalAnswer,
  findStoredAnswer,
  type SettleOptions,
  settled,
  settleEntry,
  toEntry,
} from './entry-journal.ts';
import type { EntryAnswer, RegistryPort } from './port.ts';

/** Answers wait no longer than this to be committed together, ms. */
const COMMIT_WITHIN_MS = 1_000;

/** An answer had, not yet committed. */
interface Heard {
  readonly id: string;
  readonly answer: FinalAnswer;
}

/**
 * Settles the rows in their order and returns the answer of each case. Throws as `settleEntry` does;
 * what was answered before is kept, and calling again goes on from there.
 */
export async function settleEntries(
  db: DbOrTx,
  port: RegistryPort,
  rows: readonly EntryRow[],
  options: SettleOptions,
): Promise<ReadonlyMap<string, EntryAnswer>> {
  const answers = new Map<string, EntryAnswer>();
  const isFresh = (row: EntryRow) => port.kind === 'http' && row.state === 'intent';
  for (const row of rows.filter((each) => !isFresh(each))) {
    const stored = findStoredAnswer(row);
    const answer = stored ?? (await settleEntry(db, port, row.id, options)).answer;
    answers.set(row.caseId, answer);
  }
  for (const row of await sendFresh(db, port, rows.filter(isFresh), options)) {
    answers.set(row.caseId, settled(row).answer);
  }
  return answers;
}

/** Rows that nothing was ever sent for. Returns them as they stand afterwards. */
async function sendFresh(
  db: DbOrTx,
  port: RegistryPort,
  rows: readonly EntryRow[],
  options: SettleOptions,
): Promise<readonly EntryRow[]> {
  if (rows.length === 0) return [];
  let ours = await markAllSent(db, rows, options.now());
  options.onPoint?.('marked-sent');
  let heard: Heard[] = [];
  let heardSince = performance.now();
  for (const row of rows) {
    if (!ours.has(row.id)) continue;
    heard.push({ id: row.id, answer: await call(db, port, row, heard, options) });
    options.onPoint?.('called');
    if (performance.now() - heardSince < COMMIT_WITHIN_MS) continue;
    await recordAnswers(db, heard, options.now());
    heard = [];
    heardSince = performance.now();
    // Who was thought dead meanwhile must not go on: another caller may have taken the rest.
    ours = await findOurs(db, [...ours]);
  }
  await recordAnswers(db, heard, options.now());
  options.onPoint?.('recorded');
  const ids = rows.map(({ id }) => id);
  return db.select().from(registryEntries).where(inArray(registryEntries.id, ids));
}

/** When a call fails, what the others were told before is not forgotten. */
async function call(
  db: DbOrTx,
  port: RegistryPort,
  row: EntryRow,
  heard: readonly Heard[],
  { now }: SettleOptions,
): Promise<FinalAnswer> {
  try {
    return await callRegistry(db, port, toEntry(row), 1);
  } catch (error) {
    await recordAnswers(db, heard, now());
    throw error;
  }
}

/** Those that still wait for the first call, which nobody but the caller who marked them may make. */
async function findOurs(db: DbOrTx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { id, state, attempts } = registryEntries;
  const rows = await db
    .select({ id })
    .from(registryEntries)
    .where(and(inArray(id, ids), eq(state, 'sent'), eq(attempts, 1)));
  return new Set(rows.map((row) => row.id));
}

/** Marks what nobody else has touched; only the rows returned may be sent by this caller. */
async function markAllSent(
  db: DbOrTx,
  rows: readonly EntryRow[],
  at: number,
): Promise<ReadonlySet<string>> {
  const { id, state, attempts } = registryEntries;
  invariant(
    rows.every((row) => row.attempts === 0),
    'an intent was never sent',
  );
  const ids = sql.param(rows.map((row) => row.id));
  const moved = await db
    .update(registryEntries)
    .set({ state: 'sent', attempts: 1, sentAt: at })
    .where(and(sql`${id} = any(${ids}::text[])`, eq(state, 'intent'), eq(attempts, 0)))
    .returning({ id });
  return new Set(moved.map((row) => row.id));
}

/** As `recordAnswer` for the first call of each: an acceptance stands over all, a refusal while none came. */
async function recordAnswers(db: DbOrTx, heard: readonly Heard[], at: number): Promise<void> {
  if (heard.length === 0) return;
  const rows = heard.map(({ id, answer }) =>
    answer.result === 'accepted'
      ? {
          id,
          state: 'accepted',
          registry_no: answer.registryNo,
          receipt_no: answer.receiptNo,
          answered_at: answer.at,
        }
      : {
          id,
          state: 'refused',
          refusal_code: answer.code,
          refusal_words: answer.words,
          answered_at: at,
        },
  );
  await db.execute(sql`
    update registry_entries as entry set
      state = answer.state, registry_no = answer.registry_no, receipt_no = answer.receipt_no,
      refusal_code = answer.refusal_code, refusal_words = answer.refusal_words,
      answered_at = answer.answered_at
    from jsonb_populate_recordset(null::registry_entries, ${JSON.stringify(rows)}::jsonb) as answer
    where entry.id = answer.id and case answer.state
      when 'accepted' then entry.state <> 'accepted'
      else entry.attempts = 1 and entry.state in ('sent', 'unknown') end`);
}
