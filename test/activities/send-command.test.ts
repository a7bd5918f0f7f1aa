import { WorkflowNotFoundError } from '@temporalio/client';
import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { advanceClock } from '../../activities/advance-clock.ts';
import { applyCommands } from '../../activities/apply-commands.ts';
import { ensureAllRunning } from '../../activities/ensure-running.ts';
import { judgeTogether } from '../../activities/judge-together.ts';
import { resendWaiting } from '../../activities/resend-waiting.ts';
import { type CommandServices, sendCommand } from '../../activities/send-command.ts';
import { sweepCounty } from '../../activities/sweep-county.ts';
import { tellAllNow, tellSoon } from '../../activities/tell-run.ts';
import { insertCommand } from '../../db/record/submit-command.ts';
import { commands, events } from '../../db/schema/record.ts';
import { createTestTemporal, type TestTemporal } from '../harness/test-temporal.ts';
import {
  openList,
  openTrainingVillage,
  type TrainingVillage,
  voidAssembly,
} from './training-village.ts';

let village: TrainingVillage;
let temporal: TestTemporal;
let stopWorker: () => Promise<void>;

async function startWorker(server: TestTemporal): Promise<() => Promise<void>> {
  const worker = await server.createWorker({
    activities: {
      applyCommands: (given: { rosterId: string }) => applyCommands(village, given),
      sweepCounty: (given: { countyCode: string }) => sweepCounty(village, given),
    },
  });
  const running = worker.run();
  return async () => {
    worker.shutdown();
    await running;
  };
}

const servicesOn = (server: TestTemporal): CommandServices => ({
  db: village.db,
  clock: village.clock,
  client: server.client,
  taskQueue: server.taskQueue,
});

async function send(
  rosterId: string,
  idempotencyKey: string,
  words = idempotencyKey,
  limitMs = 20_000,
) {
  const body = await voidAssembly(village, rosterId, words);
  const command = { rosterId, actor: village.clerk, idempotencyKey, body };
  return sendCommand(servicesOn(temporal), command, { limitMs });
}

const countEvents = async (rosterId: string) =>
  (await village.db.select().from(events).where(eq(events.rosterId, rosterId))).length;

const runOf = (rosterId: string) => temporal.client.workflow.getHandle(rosterId);

/** The step rail as the Temporal UI shows it; empty without a run. */
const railOf = (rosterId: string): Promise<string> =>
  runOf(rosterId)
    .query<string>('__temporal_workflow_metadata')
    .then(JSON.stringify, () => '');

beforeAll(async () => {
  village = await openTrainingVillage();
  temporal = await createTestTemporal();
  stopWorker = await startWorker(temporal);
});

afterAll(async () => {
  await stopWorker();
  await temporal.close();
  await village.destroy();
});

describe('a command through the engine', () => {
  test('to a list that the engine never heard of → applied; the answer is what was committed', async () => {
    const rosterId = await openList(village, 0, 1);
    const answer = await send(rosterId, 'first');
    expect(answer).toMatchObject({ kind: 'applied', outcome: { fromSeq: 2, toSeq: 2 } });
    expect(await send(rosterId, 'first')).toEqual(answer);
    expect(await countEvents(rosterId)).toBe(2);
  });

  test('50 at the same moment, above what the engine takes at once → none lost, none refused', async () => {
    const rosterId = await openList(village, 1, 1);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => send(rosterId, `many-${index}`)),
    );
    expect(answers.map((answer) => answer.kind)).toEqual(Array(50).fill('applied'));
    expect(await countEvents(rosterId)).toBe(51);
  });

  test('the same key with another body → refused, and the first stays', async () => {
    const rosterId = await openList(village, 2, 1);
    await send(rosterId, 'reused');
    expect(await send(rosterId, 'reused', '另一处')).toMatchObject({
      kind: 'refused',
      outcome: { refusals: [{ code: 'IDEMPOTENCY-KEY-REUSED' }] },
    });
  });

  test('an unknown list → refused, nothing kept', async () => {
    const known = await openList(village, 3, 1);
    const body = await voidAssembly(village, known, '村委会');
    const command = { rosterId: 'none', actor: village.clerk, idempotencyKey: 'none', body };
    const answer = await sendCommand(servicesOn(temporal), command);
    expect(answer).toMatchObject({ kind: 'refused', commandId: null });
  });

  test('no worker → in force all the same; the run is told when a worker is back', async () => {
    const rosterId = await openList(village, 4, 1);
    await stopWorker();
    expect(await send(rosterId, 'later')).toMatchObject({ kind: 'applied' });
    expect(await countEvents(rosterId)).toBe(2);
    stopWorker = await startWorker(temporal);
    await expect.poll(() => railOf(rosterId)).toContain('▶ 民主评议');
  });

  test('somebody holds the list for too long → accepted, not refused; judged once afterwards', async () => {
    const rosterId = await openList(village, 7, 1);
    await village.sql.begin(async (tx) => {
      await tx`select 1 from rosters where id = ${rosterId} for update`;
      expect(await send(rosterId, 'held', 'held', 1_000)).toMatchObject({ kind: 'accepted' });
    });
    expect(await send(rosterId, 'held')).toMatchObject({ kind: 'applied' });
    expect(await countEvents(rosterId)).toBe(2);
  });

  test('who takes commands cannot judge them → the list’s run does', async () => {
    const rosterId = await openList(village, 8, 1);
    const body = await voidAssembly(village, rosterId, '村委会');
    const receivedAt = await village.clock.now();
    const row = { rosterId, actor: village.clerk, idempotencyKey: 'handed-on', body, receivedAt };
    await insertCommand(village.db, row);
    const now = () => Promise.reject(new Error('no clock here'));
    const services = { ...servicesOn(temporal), clock: { now } };
    const roster = { rosterId, procedure: 'household-exit' };
    expect(await judgeTogether(services, roster, 20_000)).not.toBeNull();
    expect(await countEvents(rosterId)).toBe(2);
  });

  test('the API died after the row → the sweep has it judged', async () => {
    const rosterId = await openList(village, 5, 1);
    const body = await voidAssembly(village, rosterId, '村委会');
    const receivedAt = await village.clock.now();
    const row = { rosterId, actor: village.clerk, idempotencyKey: 'swept', body, receivedAt };
    await insertCommand(village.db, row);
    await resendWaiting(servicesOn(temporal), village.db, { before: receivedAt + 1 });
    const waiting = and(eq(commands.rosterId, rosterId), isNull(commands.outcome));
    expect(await village.db.select().from(commands).where(waiting)).toEqual([]);
  });
});

describe('what a run is told', () => {
  const signals = async (rosterId: string) => {
    const { events: history = [] } = await runOf(rosterId).fetchHistory();
    return (history ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes);
  };

  test('acts that follow one another are told together', async () => {
    const rosterId = await openList(village, 9, 1);
    for (const key of ['one', 'two', 'three']) await send(rosterId, key);
    await tellAllNow(servicesOn(temporal));
    expect(await signals(rosterId)).toHaveLength(1);
    expect(await countEvents(rosterId)).toBe(4);
  });

  test('a list that is no longer in the record gets no run', async () => {
    const gone = {
      ...(await applyCommands(village, { rosterId: await openList(village, 11, 1) })),
    };
    tellSoon(servicesOn(temporal), { ...gone, rosterId: 'gone' });
    await tellAllNow(servicesOn(temporal));
    await expect(runOf('gone').describe()).rejects.toThrow(WorkflowNotFoundError);
  });

  test('nobody has to wait for it: it is told soon by itself', async () => {
    const rosterId = await openList(village, 10, 1);
    await send(rosterId, 'soon');
    await expect.poll(() => signals(rosterId).catch(() => [])).toHaveLength(1);
  });
});

describe('the engine lost everything', () => {
  test('a new engine takes up every open list, and commands go on where they stood', async () => {
    const rosterId = await openList(village, 6, 1);
    await send(rosterId, 'before');
    const fresh = await createTestTemporal();
    const stopFresh = await startWorker(fresh);
    const engine = servicesOn(fresh);
    expect(await ensureAllRunning(engine, village.db)).toBeGreaterThanOrEqual(7);
    const body = await voidAssembly(village, rosterId, 'after');
    const command = { rosterId, actor: village.clerk, idempotencyKey: 'after', body };
    expect(await sendCommand(engine, command)).toMatchObject({
      kind: 'applied',
      outcome: { fromSeq: 3, toSeq: 3 },
    });
    await stopFresh();
    await fresh.close();
  });
});

describe('the training clock', () => {
  test('moves forward by what was asked', async () => {
    const before = await village.clock.now();
    const findTo = async () => before + 86_400_000;
    const moved = await advanceClock(servicesOn(temporal), { findTo });
    expect(moved).toMatchObject({ kind: 'moved', isComplete: true });
    expect((await village.clock.now()) - before).toBeGreaterThanOrEqual(86_400_000);
  });

  test('the same request again → the clock stays; its key with another wish → conflict', async () => {
    const services = servicesOn(temporal);
    const day = { userId: 'admin', idempotencyKey: 'one-day', body: { to: 'days', days: 1 } };
    const findTo = async () => (await village.clock.now()) + 86_400_000;
    await advanceClock(services, { findTo, request: day });
    const before = await village.clock.now();
    expect(await advanceClock(services, { findTo, request: day })).toMatchObject({ kind: 'moved' });
    expect((await village.clock.now()) - before).toBeLessThan(60_000);
    const other = { ...day, body: { to: 'days', days: 2 } };
    expect(await advanceClock(services, { findTo, request: other })).toEqual({ kind: 'conflict' });
  });
});
