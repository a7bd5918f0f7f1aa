import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { and, eq, isNotNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drainRoster } from '../../activities/drain-roster.ts';
import { serviceNames } from '../../bin/embedded/instance.ts';
import { findOutage } from '../../db/outage.ts';
import { commands, events, plans, rosters } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { planHash } from '../../policies/plan-hash.ts';
import {
  openList,
  type TrainingVillage,
  villageOn,
  voidAssembly,
} from '../activities/training-village.ts';
import { startTestInstance, type TestInstance } from '../harness/test-instance.ts';
import { createJournal, type Journal, PatientClient } from '../soak/patient-client.ts';

/** The clerk of the village whose lists these are. */
const CLERK = '大田村经办';

let instance: TestInstance;
let village: TrainingVillage;
let journal: Journal;
let clerk: PatientClient;
let connection: Connection;
let temporal: Client;

beforeAll(async () => {
  instance = await startTestInstance();
  village = await villageOn(instance.databaseUrl);
  journal = createJournal();
  clerk = new PatientClient(instance.pageUrl, journal);
  await clerk.read(CLERK, '/session');
  connection = await Connection.connect({ address: instance.temporalAddress });
  temporal = new Client({ connection, namespace: instance.temporalNamespace });
});

afterAll(async () => {
  await connection.close();
  await village.destroy();
  await instance.destroy();
});

/** As long as the API asks. */
const keyOf = (name: string) => `outages-${name}`;

/** Sends once over HTTP and never again, as a client does that dies too. */
async function sendOnce(rosterId: string, key: string): Promise<number> {
  const body = await voidAssembly(village, rosterId, key);
  const path = `/rosters/${rosterId}/commands`;
  return (await clerk.once(CLERK, { path, body, key: keyOf(key) })).status;
}

/** Sends until there is an answer. */
async function send(rosterId: string, key: string, words = key) {
  return clerk.command(CLERK, rosterId, await voidAssembly(village, rosterId, words), keyOf(key));
}

const rowsOf = (rosterId: string) =>
  village.db.select().from(commands).where(eq(commands.rosterId, rosterId));

async function seqsOf(rosterId: string): Promise<number[]> {
  const of = eq(events.rosterId, rosterId);
  const rows = await village.db.select({ seq: events.seq }).from(events).where(of);
  return rows.map(({ seq }) => seq).toSorted((a, b) => a - b);
}

const isJudged = async (rosterId: string): Promise<boolean> => {
  const judged = and(eq(commands.rosterId, rosterId), isNotNull(commands.outcome));
  return (await village.db.select().from(commands).where(judged)).length > 0;
};

/** Brings back what is down, Temporal's clients before anything that needs it. */
async function startAll(): Promise<void> {
  for (const name of serviceNames) await instance.start(name);
}

/** The same rules with a notice of two days more. */
function correctedPlan(plan: Plan): Plan {
  const steps = plan.steps.map((step) =>
    step.kind === 'notice'
      ? { ...step, period: { ...step.period, amount: step.period.amount + 2 } }
      : step,
  );
  return { ...plan, steps };
}

const PATIENT = { timeout: 60_000, interval: 200 };

/** Sends a command and runs `work` while a call waits to judge it. */
async function whileJudging<T>(
  rosterId: string,
  sending: () => Promise<T>,
  work: () => Promise<void>,
): Promise<T> {
  let sent: Promise<T> | undefined;
  const held = village.sql.begin(async (tx) => {
    await tx`select 1 from rosters where id = ${rosterId} for update`;
    sent = sending();
    const isWaiting = async () => {
      const rows = await village.sql`
        select 1 from pg_stat_activity where wait_event_type = 'Lock' and query ~ 'rosters'`;
      return rows.length > 0;
    };
    await expect.poll(isWaiting, PATIENT).toBe(true);
    await work();
  });
  // Where PostgreSQL itself was killed, the lock went with it.
  await held.catch((error: unknown) => {
    if (findOutage(error) !== 'away') throw error;
  });
  invariant(sent !== undefined, 'the command was sent under the lock');
  return sent;
}

describe('the API is killed', () => {
  test('after the command row, before it is judged → judged once, without anybody asking again', async () => {
    const rosterId = await openList(village, 0, 1);
    const sending = () => sendOnce(rosterId, 'row-only');
    const sent = await whileJudging(rosterId, sending, async () => {
      await expect.poll(async () => (await rowsOf(rosterId)).length, PATIENT).toBe(1);
      await instance.kill('api');
    });
    expect(sent).toBe(0);
    await expect.poll(() => isJudged(rosterId), PATIENT).toBe(true);
    await startAll();
    expect((await send(rosterId, 'row-only')).status).toBe(200);
    expect(await seqsOf(rosterId)).toEqual([1, 2]);
  });
});

describe('PostgreSQL is away', () => {
  test('nothing is accepted: every request is told 503 and when to come again', async () => {
    const rosterId = await openList(village, 2, 1);
    const body = await voidAssembly(village, rosterId, 'away');
    const path = `/rosters/${rosterId}/commands`;
    await instance.kill('postgres');
    const answer = await clerk.once(CLERK, { path, body, key: 'away-1234' });
    expect(answer).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
    expect(Number(answer.retryAfter)).toBeGreaterThan(0);
    const health = await Promise.all(
      ['/healthz', '/readyz'].map(async (each) => (await fetch(instance.pageUrl + each)).status),
    );
    expect(health).toEqual([200, 503]);
    await startAll();
    expect((await send(rosterId, 'away')).status).toBe(200);
    expect(await seqsOf(rosterId)).toEqual([1, 2]);
  });

  test('while a command is judged → no workflow task is held, and it is judged once afterwards', async () => {
    const rosterId = await openList(village, 5, 1);
    const sending = async () => ({ status: sendOnce(rosterId, 'judging') });
    const sent = await whileJudging(rosterId, sending, () => instance.kill('postgres'));
    const pending = async () => {
      const { raw } = await temporal.workflow.getHandle(rosterId).describe();
      const names = (raw.pendingActivities ?? []).map((each) => each.activityType?.name);
      return { names, task: raw.pendingWorkflowTask ?? null };
    };
    await expect.poll(pending, PATIENT).toEqual({ names: ['applyCommands'], task: null });
    await startAll();
    expect([0, 200, 202, 503]).toContain(await sent.status);
    expect((await send(rosterId, 'judging')).status).toBe(200);
    expect(await seqsOf(rosterId)).toEqual([1, 2]);
  });

  test('pages that follow by server-sent events are told again afterwards', async () => {
    const rosterId = await openList(village, 3, 1);
    await clerk.follow(CLERK, async (heard) => {
      await instance.kill('postgres');
      await startAll();
      const isTold = async () => {
        await send(rosterId, `told-${Date.now()}`);
        await delay(200);
        return heard().includes(rosterId);
      };
      await expect.poll(isTold, PATIENT).toBe(true);
    });
  });
});

describe('Temporal', () => {
  test('is away while commands come → in force all the same; its run hears of it afterwards', async () => {
    const rosterId = await openList(village, 4, 1);
    await send(rosterId, 'before-the-outage');
    await instance.kill('temporal');
    expect((await send(rosterId, 'without-temporal')).status).toBe(200);
    expect(await seqsOf(rosterId)).toEqual([1, 2, 3]);
    await startAll();
    await drainRoster({ client: temporal }, { rosterId, procedure: 'household-exit' }, 60_000);
    expect(await seqsOf(rosterId)).toEqual([1, 2, 3]);
  });
});

describe('somebody holds a list for longer than an answer takes', () => {
  test('202 with an address, 已收到，尚未生效; in force afterwards', async () => {
    const rosterId = await openList(village, 1, 1);
    const body = await voidAssembly(village, rosterId, 'late');
    const path = `/rosters/${rosterId}/commands`;
    const address = await village.sql.begin(async (tx) => {
      await tx`select 1 from rosters where id = ${rosterId} for update`;
      const answer = await clerk.once(CLERK, { path, body, key: 'late-1234' });
      expect(answer.status).toBe(202);
      const given = String(answer.json['address']).replace('/api/v1', '');
      expect((await clerk.read(CLERK, given)).json).toMatchObject({
        outcome: null,
        words: '已收到，尚未生效',
      });
      return given;
    });
    const words = async () => (await clerk.read(CLERK, address)).json['words'];
    await expect.poll(words, PATIENT).toBe('已生效');
    expect(await seqsOf(rosterId)).toEqual([1, 2]);
  });
});

describe('a pack is corrected in mid-campaign', () => {
  test('adopt-plan, the API killed under it → the open list takes the corrected plan once', async () => {
    const rosterId = await openList(village, 6, 1);
    const body = correctedPlan(village.plan);
    const hash = planHash(body);
    const { packId, procedure } = body;
    await village.db.insert(plans).values({ hash, packId, procedure, body });
    const adopting = { type: 'adopt-plan', planHash: hash, reason: '县领导小组更正公示期' };
    const sending = async () => ({
      answer: clerk.command('镇雄县领导小组办公室', rosterId, adopting, 'adopt-1234'),
    });
    const { answer } = await whileJudging(rosterId, sending, () => instance.kill('api'));
    await instance.start('api');
    expect((await answer).status).toBe(200);
    const of = and(eq(events.rosterId, rosterId), eq(events.type, 'plan-adopted'));
    expect(await village.db.$count(events, of)).toBe(1);
    const [list] = await village.db.select().from(rosters).where(eq(rosters.id, rosterId));
    expect(list?.planHash).toBe(hash);
    expect((await send(rosterId, 'after-adoption')).status).toBe(200);
    expect(await seqsOf(rosterId)).toEqual([1, 2, 3]);
  });
});

describe('many at the same moment over HTTP', () => {
  test('50 commands on one list → none refused, none lost', async () => {
    const rosterId = await openList(village, 7, 1);
    const keys = Array.from({ length: 50 }, (_, index) => `many-${index}-of-50`);
    const answers = await Promise.all(keys.map((key) => send(rosterId, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await seqsOf(rosterId)).length).toBe(51);
  });

  test('one key 20 times → one outcome and one answer; with another body → refused', async () => {
    const rosterId = await openList(village, 8, 1);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send(rosterId, 'twenty-times')),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    for (const { json } of answers) expect(json['outcome']).toEqual(answers[0]?.json['outcome']);
    expect(await seqsOf(rosterId)).toEqual([1, 2]);
    expect(await send(rosterId, 'twenty-times', '另一处')).toMatchObject({
      status: 409,
      json: { code: 'IDEMPOTENCY-KEY-REUSED' },
    });
  });

  test('two acts that exclude one another → one is taken, the other lawfully refused', async () => {
    const rosterId = await openList(village, 9, 1);
    const draft = await voidAssembly(village, rosterId, '村委会');
    invariant(draft.type === 'record-void-assembly', 'the list stands at its assembly');
    const { evidence, meeting } = draft;
    const hold = (words: string) =>
      clerk.command(CLERK, rosterId, {
        type: 'hold-assembly',
        group: null,
        meeting: { ...meeting, place: words, entitled: 30, present: 25 },
        votes: [{ caseId: `${rosterId}-c001`, for: 25, against: 0, abstain: 0 }],
        evidence,
      });
    const answers = await Promise.all([hold('村委会'), hold('小学')]);
    const [refused] = answers.filter(({ status }) => status === 409);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(refused?.json).toMatchObject({ code: 'OUT-OF-ORDER' });
  });
});

test('in all of this no answer was a fault', () => {
  expect(journal.faults).toEqual([]);
});
