import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { applyCommands } from '../../activities/apply-commands.ts';
import { CHAIN_START, chainKey } from '../../db/record/hash-chain.ts';
import { findOutcome, insertCommand } from '../../db/record/submit-command.ts';
import { findRecordFault } from '../../db/record/verify-roster.ts';
import { cases, decisionFacts, events, progress, rosters } from '../../db/schema/record.ts';
import { evolve } from '../../domain/kernel/evolve.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import {
  openList,
  openTrainingVillage,
  type TrainingVillage,
  voidAssembly,
} from './training-village.ts';

let village: TrainingVillage;

beforeAll(async () => {
  village = await openTrainingVillage();
});

afterAll(() => village.destroy());

const apply = (rosterId: string) => applyCommands(village, { rosterId });

async function submit(rosterId: string, idempotencyKey: string, words = idempotencyKey) {
  const receivedAt = await village.clock.now();
  const body = await voidAssembly(village, rosterId, words);
  return insertCommand(village.db, {
    rosterId,
    actor: village.clerk,
    idempotencyKey,
    body,
    receivedAt,
  });
}

async function rosterOf(rosterId: string) {
  const [row] = await village.db.select().from(rosters).where(eq(rosters.id, rosterId));
  if (row === undefined) throw new Error('no such list');
  return row;
}

const eventsOf = (rosterId: string) =>
  village.db.select().from(events).where(eq(events.rosterId, rosterId)).orderBy(asc(events.seq));

describe('launch', () => {
  test('a list is named for village, procedure, year and batch; its cases are live', async () => {
    const rosterId = await openList(village, 0);
    expect(rosterId).toBe('530627901201-household-exit-2020-01');
    const rows = await village.db.select().from(cases).where(eq(cases.rosterId, rosterId));
    expect(rows.map((row) => row.id).sort()[0]).toBe(`${rosterId}-c001`);
    expect(rows.every((row) => row.live && row.family !== null)).toBe(true);
    expect(await rosterOf(rosterId)).toMatchObject({
      stepKey: 'assembly',
      holderCode: '530627901201',
      townshipCode: '530627901',
      countyCode: '530627',
      openCases: 3,
      open: true,
    });
  });

  test('a household on another list → refused (G-25)', async () => {
    const answer = await village.launch(village.householdIds.slice(0, 1));
    expect(answer).toMatchObject({ ok: false, refusals: [{ code: 'G-25' }] });
  });

  test('two launches of one household at the same moment → one list, one refusal, no crash', async () => {
    const wish = village.householdIds.slice(3, 4);
    const answers = await Promise.all([village.launch(wish), village.launch(wish)]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ refusals: [{ code: 'G-25' }] });
  });

  test('an unknown household → refused', async () => {
    expect(await village.launch(['nobody'])).toMatchObject({ ok: false });
  });
});

describe('commands', () => {
  test('50 at the same moment with 10 appliers → every one applied once, in one chain', async () => {
    const rosterId = await openList(village, 4);
    const ids = await Promise.all(
      Array.from({ length: 50 }, (_, index) => submit(rosterId, `${rosterId}-${index}`)),
    );
    await Promise.all(Array.from({ length: 10 }, () => apply(rosterId)));
    const outcomes = await Promise.all(ids.map(({ id }) => findOutcome(village.db, id)));
    const seqs = outcomes.map((found) => found?.outcome?.kind === 'applied' && found.outcome.toSeq);
    expect(seqs.toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 2),
    );
    const rows = await eventsOf(rosterId);
    expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 51 }, (_, index) => index + 1));
    const state = rows.reduce<RosterState | null>((folded, row) => evolve(folded, row.body), null);
    expect((await rosterOf(rosterId)).state).toEqual(state);
  });

  test('two programs take turns on a list, each keeping states in memory → one chain, no lost event', async () => {
    const rosterId = await openList(village, 16, 1);
    vi.resetModules();
    const other = await import('../../activities/apply-commands.ts');
    expect(other.applyCommands).not.toBe(applyCommands);
    for (const [turn, judge] of [applyCommands, other.applyCommands, applyCommands].entries()) {
      await submit(rosterId, `${rosterId}-turn-${turn}`);
      await judge(village, { rosterId });
    }
    expect(await eventsOf(rosterId)).toHaveLength(4);
    expect(await findRecordFault(village.db, rosterId, chainKey())).toBeNull();
  });

  test('the chain holds under its key; under another key or with a changed state it does not', async () => {
    const rosterId = await openList(village, 7);
    await submit(rosterId, `${rosterId}-chain`);
    await apply(rosterId);
    const { db } = village;
    expect(await findRecordFault(db, rosterId, chainKey())).toBeNull();
    expect(await findRecordFault(db, rosterId, 'another key')).toEqual({
      seq: 1,
      fault: 'broken-link',
    });
    const { state, headHash } = await rosterOf(rosterId);
    const change = db.update(rosters).set({ state: { ...state, batch: 99 } });
    await change.where(eq(rosters.id, rosterId));
    expect(await findRecordFault(db, rosterId, chainKey())).toMatchObject({ fault: 'other-state' });
    const cut = db.update(rosters).set({ state, headHash: CHAIN_START });
    await cut.where(eq(rosters.id, rosterId));
    expect(await findRecordFault(db, rosterId, chainKey())).toMatchObject({ fault: 'cut-off' });
    await db.update(rosters).set({ headHash }).where(eq(rosters.id, rosterId));
  });

  test('the same key twice → one row, one outcome; another body under it → conflict', async () => {
    const rosterId = await openList(village, 10, 1);
    const first = await submit(rosterId, `${rosterId}-key`);
    expect(first.kind).toBe('inserted');
    expect(await submit(rosterId, `${rosterId}-key`)).toMatchObject({
      kind: 'existing',
      id: first.id,
    });
    await apply(rosterId);
    const again = await submit(rosterId, `${rosterId}-key`);
    await apply(rosterId);
    expect(again).toMatchObject({ kind: 'existing', id: first.id });
    expect(await eventsOf(rosterId)).toHaveLength(2);
    expect((await submit(rosterId, `${rosterId}-key`, '另一处')).kind).toBe('conflict');
  });

  test('the applier dies after the commit and asks again → the same answer, nothing doubled', async () => {
    const rosterId = await openList(village, 11, 1);
    const { id } = await submit(rosterId, `${rosterId}-ack`);
    const first = await apply(rosterId);
    const outcome = await findOutcome(village.db, id);
    expect(await apply(rosterId)).toEqual({ ...first, wakeInMs: null });
    expect(await findOutcome(village.db, id)).toEqual(outcome);
    expect(await eventsOf(rosterId)).toHaveLength(2);
  });

  test('a refusal is an outcome and leaves no event', async () => {
    const rosterId = await openList(village, 12, 1);
    const { id } = await insertCommand(village.db, {
      rosterId,
      actor: village.clerk,
      idempotencyKey: `${rosterId}-refused`,
      body: { type: 'suspend', reason: '天气', basis: '通知' },
      receivedAt: await village.clock.now(),
    });
    await apply(rosterId);
    const found = await findOutcome(village.db, id);
    expect(found?.outcome).toMatchObject({
      kind: 'refused',
      refusals: [{ code: expect.any(String) }],
    });
    expect(await eventsOf(rosterId)).toHaveLength(1);
  });

  test('two splits of one list → two lists of their own; each case keeps its id and is counted once', async () => {
    const rosterId = await openList(village, 13, 3);
    const receivedAt = await village.clock.now();
    const outcomes = [];
    for (const ordinal of ['c001', 'c002']) {
      const caseIds = [`${rosterId}-${ordinal}`];
      const { id } = await insertCommand(village.db, {
        rosterId,
        actor: village.clerk,
        idempotencyKey: `${rosterId}-split-${ordinal}`,
        body: { type: 'split', caseIds, reason: '外出务工，另行评议' },
        receivedAt,
      });
      await apply(rosterId);
      outcomes.push((await findOutcome(village.db, id))?.outcome);
    }
    const children = outcomes.flatMap((outcome) =>
      outcome?.kind === 'applied' ? outcome.children : [],
    );
    expect(new Set(children).size).toBe(2);
    const rows = await village.db
      .select()
      .from(cases)
      .where(eq(cases.subjectId, village.householdIds[13] ?? ''));
    expect(rows).toMatchObject([{ id: `${rosterId}-c001`, rosterId: children[0], live: true }]);
    expect(await rosterOf(rosterId)).toMatchObject({ openCases: 1, open: true });
    const [opened] = await eventsOf(children[0] ?? '');
    expect(opened?.body.body).toMatchObject({ type: 'roster-opened', parent: { rosterId } });
  });

  test('the facts a decision used are kept under the hash that the event names', async () => {
    const rosterId = '530627901201-household-exit-2020-01';
    const [opened] = await eventsOf(rosterId);
    const [kept] = await village.db
      .select()
      .from(decisionFacts)
      .where(eq(decisionFacts.hash, opened?.factsHash ?? ''));
    expect(kept?.body).toMatchObject({ chain: { county: '530627', village: '530627901201' } });
  });
});

describe('the record', () => {
  test.for(['events', 'plans', 'decision_facts', 'registry_snapshots', 'visit_forms'])(
    '%s takes no UPDATE, DELETE or TRUNCATE',
    async (table) => {
      const name = sql.identifier(table);
      const change = table === 'events' ? sql`update events set seq = 0` : sql`delete from ${name}`;
      for (const statement of [change, sql`delete from ${name}`, sql`truncate ${name}`]) {
        await expect(village.db.execute(statement)).rejects.toMatchObject({
          cause: { code: '23001' },
        });
      }
    },
  );

  test('the counts by village and step are those of the live cases', async () => {
    const live = await village.db.select().from(cases).where(eq(cases.live, true));
    const counted = await village.db.select().from(progress);
    expect(counted).toMatchObject([{ bucket: 'assembly', count: live.length }]);
  });
});
