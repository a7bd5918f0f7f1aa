/** 文书、比对 over many lists, cut off half way by SIGKILL, and completed by asking again. */
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ServiceName } from '../../bin/embedded/instance.ts';
import { trainingDepartments } from '../../bin/training/demo-world.ts';
import { startTestInstance, type TestInstance } from '../harness/test-instance.ts';
import { ListWalk, type WalkedList } from '../soak/list-walk.ts';
import { checkAll } from '../soak/soak.ts';
import { openCounty, type WalkedCounty, type WalkedVillage } from '../soak/walked-county.ts';
import {
  answerComparison,
  openExit,
  requestComparison,
  walkToComparison,
  walkToDecision,
  walkToNotice,
} from '../soak/walks.ts';

let instance: TestInstance;
let county: WalkedCounty;
let sql: Sql;
let villages: readonly WalkedVillage[];

const PATIENT = { timeout: 60_000, interval: 50 };

beforeAll(async () => {
  instance = await startTestInstance();
  county = await openCounty(instance.pageUrl);
  sql = postgres(instance.databaseUrl, { max: 2, onnotice: () => {} });
  villages = await Promise.all([0, 1, 2, 3].map((index) => county.village(index)));
});

afterAll(async () => {
  await sql.end();
  await instance.destroy();
});

interface Walked {
  readonly steps: ListWalk;
  readonly list: WalkedList;
}

/** Walks a list in every village; in the order in which acts take them. */
async function walkAll(
  walk: (steps: ListWalk, village: WalkedVillage) => Promise<WalkedList>,
): Promise<readonly Walked[]> {
  const walks = villages.map((village) => {
    const steps = new ListWalk(village.walk);
    return county.clock.walk(async () => ({ steps, list: await walk(steps, village) }));
  });
  const idOf = ({ list }: Walked) => list.rosterId;
  return (await Promise.all(walks)).toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

async function countOf(type: string, lists: readonly Walked[]): Promise<number> {
  const ids = lists.map(({ list }) => list.rosterId);
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from events where type = ${type} and roster_id = any(${ids})`;
  return row?.count ?? 0;
}

/** Kills the API, or more, while the third of four lists is being told, then starts it again. */
async function cutOff(
  type: string,
  lists: readonly Walked[],
  killed: readonly ServiceName[],
): Promise<void> {
  const third = lists[2]?.list.rosterId ?? '';
  const before = await countOf(type, lists);
  await sql.begin(async (tx) => {
    await tx`select 1 from rosters where id = ${third} for update`;
    await expect.poll(() => isWaitedFor(), PATIENT).toBe(true);
    await Promise.all(killed.map((name) => instance.kill(name)));
    expect(await countOf(type, lists)).toBe(before + 2);
  });
  await Promise.all(killed.map((name) => instance.start(name)));
}

async function isWaitedFor(): Promise<boolean> {
  const rows = await sql`select 1 from pg_stat_activity
    where wait_event_type = 'Lock' and query ~ 'from "rosters"'`;
  return rows.length > 0;
}

test('a decision of the county over four lists → one document, one decision on each', async () => {
  const lists = await walkAll(async (steps, { ready }) => {
    const list = await openExit(steps, ready.slice(0, 1));
    await walkToNotice(steps, list);
    await walkToDecision(steps, list);
    return list;
  });
  const [first] = lists;
  if (first === undefined) throw new Error('four lists were walked');
  const {
    type: _,
    refuse: _refuse,
    answers: _answers,
    acceptLate: _late,
    ...document
  } = await first.steps.decision();
  const targets = lists.map(({ list: { rosterId } }) => ({ rosterId }));
  const body = { kind: 'decision', title: '关于审定脱贫户的通知', ...document, targets };
  const signed = county.client.write(first.steps.who('审定', 'county'), '/acts', body, 'act-1234');
  await cutOff('decided', lists, ['api', 'worker']);
  const { status, json } = await signed;
  expect(status, JSON.stringify(json)).toBe(201);
  expect(json['targets']).toMatchObject(lists.map(() => ({ state: 'applied' })));
  expect(await countOf('decided', lists)).toBe(4);
  expect((await sql`select 1 from acts`).length).toBe(1);
});

test('a comparison over four lists → one batch, each list asked once and answered once', async () => {
  const lists = await walkAll((steps, { applicants }) =>
    walkToComparison(steps, applicants.slice(0, 1)),
  );
  const [first] = lists;
  if (first === undefined) throw new Error('four lists were walked');
  const requested = requestComparison(first.steps, 'batch-1234');
  await cutOff('comparison-requested', lists, ['api']);
  const { status, json } = await requested;
  expect(status, JSON.stringify(json)).toBe(201);
  expect(await countOf('comparison-requested', lists)).toBe(4);
  expect((await sql`select 1 from comparison_batches`).length).toBe(1);
  const [department = '', ...others] = trainingDepartments();
  const batchId = String(json['id']);
  const answered = answerComparison(first.steps, batchId, [department]);
  await cutOff('comparison-received', lists, ['api']);
  await answered;
  expect(await countOf('comparison-received', lists)).toBe(4);
  expect((await sql`select 1 from comparison_receipts`).length).toBe(1);
  await answerComparison(first.steps, batchId, others);
  expect(await countOf('comparison-received', lists)).toBe(4 * (others.length + 1));
});

test('in all of this nothing was lost and nothing doubled', async () => {
  expect((await checkAll(instance, county.journal)).faults).toEqual([]);
});
