import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drainRoster, type Engine } from '../../activities/drain-roster.ts';
import { ensureRunning } from '../../activities/ensure-running.ts';
import {
  drainUpdate,
  type RosterActivities,
  type RosterProgress,
} from '../../workflows/contracts/roster.ts';
import { createTestTemporal, type TestTemporal } from '../harness/test-temporal.ts';

/** What the record would say of a list; tests change it as commands and wakes would. */
interface FakeRecord {
  progress: RosterProgress;
  applied: number;
  wrote: string[];
  /** Calls that still fail, as while the database is away. */
  failures: number;
}

const record = new Map<string, FakeRecord>();
let temporal: TestTemporal;
let engine: Engine;
let stop: () => Promise<void>;

const activities: RosterActivities = {
  async applyCommands({ rosterId }) {
    const list = listOf(rosterId);
    if (list.failures > 0) {
      list.failures -= 1;
      throw new Error('the database is away');
    }
    list.applied += 1;
    const { wakeInMs } = list.progress;
    if (wakeInMs === 0) list.progress = moved(list, { wakeInMs: null, stepKey: 'review' });
    const told = list.progress;
    if (wakeInMs !== null && wakeInMs > 0) list.progress = { ...told, wakeInMs: 0 };
    return told;
  },
  async writeRegistry({ rosterId }) {
    const list = listOf(rosterId);
    list.wrote.push(...list.progress.effects);
    list.progress = moved(list, { effects: [], open: false });
    return { reported: true };
  },
};

function listOf(rosterId: string): FakeRecord {
  const list = record.get(rosterId);
  if (list === undefined) throw new Error('no such list');
  return list;
}

function moved(list: FakeRecord, change: Partial<RosterProgress>): RosterProgress {
  return { ...list.progress, ...change, seq: list.progress.seq + 1 };
}

function newList(change: Partial<RosterProgress> = {}): { rosterId: string; list: FakeRecord } {
  const rosterId = `530627901201-${randomUUID()}`;
  const progress: RosterProgress = {
    rosterId,
    procedure: 'household-exit',
    unitCode: '530627901201',
    seq: 1,
    open: true,
    stepKey: 'notice',
    stepKind: 'notice',
    nextWakeAt: null,
    wakeInMs: null,
    dueAt: null,
    steps: ['评议', '公示', '审核'],
    stepIndex: 1,
    effects: [],
    ...change,
  };
  const list = { progress, applied: 0, wrote: [], failures: 0 };
  record.set(rosterId, list);
  return { rosterId, list };
}

const start = (rosterId: string) =>
  ensureRunning(engine, { rosterId, procedure: 'household-exit', open: true });

const drain = (rosterId: string) =>
  drainRoster(engine, { rosterId, procedure: 'household-exit' }, 90_000);

beforeAll(async () => {
  temporal = await createTestTemporal();
  engine = { client: temporal.client, taskQueue: temporal.taskQueue };
  const worker = await temporal.createWorker({ activities });
  const running = worker.run();
  stop = async () => {
    worker.shutdown();
    await running;
  };
});

afterAll(async () => {
  await stop();
  await temporal.close();
});

describe('a roster run', () => {
  test('a drain answers with what the record says; the run needs no start of its own', async () => {
    const { rosterId, list } = newList();
    await drain(rosterId);
    list.progress = moved(list, { stepKey: 'review' });
    const handle = temporal.client.workflow.getHandle(rosterId);
    expect(await handle.executeUpdate(drainUpdate, { args: [{}] })).toEqual(list.progress);
  });

  test('drains at the same moment share transactions', async () => {
    const { rosterId, list } = newList();
    await drain(rosterId);
    const before = list.applied;
    await Promise.all(Array.from({ length: 8 }, () => drain(rosterId)));
    expect(list.applied - before).toBeGreaterThan(0);
    expect(list.applied - before).toBeLessThanOrEqual(8);
  });

  test('a wake falls due → the record is asked without anybody calling', async () => {
    const { rosterId, list } = newList({ wakeInMs: 200 });
    await start(rosterId);
    await expect.poll(() => list.progress.stepKey).toBe('review');
  });

  test('a registry effect is carried once and its list ends', async () => {
    const { rosterId, list } = newList({ stepKind: 'registration', effects: ['effect-1'] });
    await start(rosterId);
    await temporal.client.workflow.getHandle(rosterId).result();
    expect(list.wrote).toEqual(['effect-1']);
  });

  test('the database is away for longer than three tries → the same drain still answers', async () => {
    const { rosterId, list } = newList();
    await drain(rosterId);
    list.failures = 4;
    await drain(rosterId);
    expect(list.failures).toBe(0);
  });

  test('a start while it runs starts nothing; a closed list is not started', async () => {
    const { rosterId } = newList();
    await start(rosterId);
    const first = await temporal.client.workflow.getHandle(rosterId).describe();
    await start(rosterId);
    const second = await temporal.client.workflow.getHandle(rosterId).describe();
    expect(second.runId).toBe(first.runId);
    const closed = newList({ open: false });
    const reference = { rosterId: closed.rosterId, procedure: 'household-exit', open: false };
    await ensureRunning(engine, reference);
    expect(closed.list.applied).toBe(0);
  });
});
