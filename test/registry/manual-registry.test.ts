import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  checkHandEntry,
  type HandOutcome,
  recordHandEntry,
} from '../../activities/manual-worklist.ts';
import { getEntry, prepareEntry, settleEntry } from '../../activities/registry/entry-journal.ts';
import { createManualRegistry } from '../../activities/registry/manual-adapter.ts';
import { reconcileRoll } from '../../activities/registry/reconcile-roll.ts';
import type { DbOrTx } from '../../db/import/database.ts';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';
import { COUNTY, NOW, readyHousehold } from './running-registry.ts';

let database: TestDatabase;
let sql: ReturnType<typeof postgres>;
let db: DbOrTx;
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.databaseUrl, { max: 5 });
  db = drizzle(sql);
});

afterAll(async () => {
  await sql.end();
  await database.drop();
});

function prepare(index: number): Promise<string> {
  count += 1;
  const { householdNo } = readyHousehold(index);
  const intent = {
    caseId: `case-${count}`,
    rosterId: `roster-${count}`,
    effectId: 'label',
    windowId: 'window',
    adapter: 'manual',
    write: { functionKey: 'mark-exit', householdNo, year: 2020 },
    level: 'county',
    operatorId: '录入员',
    reviewerId: '复核员',
  } as const;
  return prepareEntry(db, intent, NOW);
}

const settle = (entryId: string) =>
  settleEntry(db, createManualRegistry({ db }), entryId, { now: () => NOW });

function accepted(index: number): HandOutcome {
  const registryNo = readyHousehold(index).householdNo;
  return { result: 'accepted', registryNo, receiptNo: '第3页', enteredAt: NOW - 1000 };
}

const record = (entryId: string, outcome: HandOutcome, operatorId = '录入员') =>
  recordHandEntry(db, { entryId, operatorId, outcome }, NOW);

const check = (entryId: string, agrees: boolean, reviewerId = '复核员') =>
  checkHandEntry(db, { entryId, reviewerId, agrees, words: '系统中未见' }, NOW + 5);

describe('人工录入', () => {
  test('waits for the operator, then for the reviewer, then → accepted with number and page', async () => {
    const entryId = await prepare(0);
    expect((await settle(entryId)).answer).toEqual({ result: 'waiting', for: 'operator' });
    expect(await record(entryId, accepted(0))).toEqual({ ok: true });
    expect((await settle(entryId)).answer).toEqual({ result: 'waiting', for: 'reviewer' });
    expect(await check(entryId, true)).toEqual({ ok: true });
    const { answer } = await settle(entryId);
    const registryNo = readyHousehold(0).householdNo;
    expect(answer).toEqual({ result: 'accepted', registryNo, receiptNo: '第3页', at: NOW + 5 });
    expect(await getEntry(db, entryId)).toMatchObject({ state: 'accepted', registryNo });
    expect((await settle(entryId)).answer).toEqual(answer);
  });

  test('what the national system refused is an answer with its words', async () => {
    const entryId = await prepare(1);
    await record(entryId, { result: 'refused', words: '住房安全未解决', enteredAt: NOW });
    await check(entryId, true);
    expect((await settle(entryId)).answer).toEqual({
      result: 'refused',
      code: 'refused_by_hand',
      words: '住房安全未解决',
    });
  });

  test('the reviewer does not find it → back to the operator, the dispute is kept', async () => {
    const entryId = await prepare(2);
    await record(entryId, accepted(2));
    await check(entryId, false);
    expect((await settle(entryId)).answer).toEqual({ result: 'waiting', for: 'operator' });
    const { manualRecord } = await getEntry(db, entryId);
    expect(manualRecord).toMatchObject({
      entered: null,
      disputes: [{ by: '复核员', words: '系统中未见' }],
    });
    expect(await record(entryId, accepted(2))).toEqual({ ok: true });
  });

  test('operator = reviewer → same_person, nothing changes (G-17)', async () => {
    const entryId = await prepare(3);
    await record(entryId, accepted(3));
    expect(await check(entryId, true, '录入员')).toMatchObject({ ok: false, code: 'same_person' });
    expect((await settle(entryId)).answer).toEqual({ result: 'waiting', for: 'reviewer' });
  });

  test('out of order, twice, without a number, under another household’s number, in the future → refused, nothing changes', async () => {
    const entryId = await prepare(4);
    expect(await check(entryId, true)).toMatchObject({ code: 'not_waiting' });
    expect(await record(entryId, { ...accepted(4), registryNo: ' ' } as HandOutcome)).toMatchObject(
      {
        code: 'number_missing',
      },
    );
    expect(await record(entryId, { ...accepted(4), enteredAt: NOW + 1 })).toMatchObject({
      code: 'future_time',
    });
    const other = { ...accepted(4), registryNo: readyHousehold(0).householdNo } as HandOutcome;
    expect(await record(entryId, other)).toMatchObject({
      code: 'number_differs',
      words: expect.stringContaining(readyHousehold(4).householdNo),
    });
    const twice = await Promise.all([
      record(entryId, accepted(4), '甲'),
      record(entryId, accepted(4), '乙'),
    ]);
    expect(twice.filter((answer) => answer.ok)).toHaveLength(1);
    await check(entryId, true);
    expect(await check(entryId, false)).toMatchObject({ code: 'not_waiting' });
    expect(await record(entryId, accepted(4))).toMatchObject({ code: 'not_waiting' });
    expect(await record('no-such-entry', accepted(4))).toMatchObject({ code: 'not_waiting' });
  });
});

test('对账: matched, missing, contradicting both ways, open', async () => {
  const entries = await Promise.all(
    [0, 1, 2, 3, 4].map((index) => prepare(index).then((id) => getEntry(db, id))),
  );
  const [done, gone, unlabelled, forgotten, open] = entries.map((entry, index) => ({
    ...entry,
    id: `entry-${index}`,
    state: index < 3 ? 'accepted' : 'intent',
  }));
  if (!done || !gone || !unlabelled || !forgotten || !open) throw new Error('five entries');
  const exited = { status: 'exited', exitYear: 2020 } as const;
  const roll = COUNTY.households.flatMap((household) => {
    if (household.householdNo === readyHousehold(1).householdNo) return [];
    const isLabelled = [0, 3].some(
      (index) => readyHousehold(index).householdNo === household.householdNo,
    );
    return [isLabelled ? { ...household, ...exited } : household];
  });
  const result = reconcileRoll({ households: roll, villages: [] }, [
    done,
    gone,
    unlabelled,
    forgotten,
    open,
  ]);
  expect(result).toMatchObject({ matched: ['entry-0'], missing: ['entry-1'], open: ['entry-4'] });
  expect(result.contradicting.map((each) => each.entryId)).toEqual(['entry-2', 'entry-3']);
});
