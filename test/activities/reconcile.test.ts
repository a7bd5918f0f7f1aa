/** 对账: every kind of disagreement is brought about for real, found, and repaired where that is safe. */
import { Client, Connection } from '@temporalio/client';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Check, ReconcileServices } from '../../activities/reconcile/check.ts';
import {
  unansweredEntries,
  unfetchedConfirmations,
  unsettledEffects,
} from '../../activities/reconcile/entries.ts';
import { createLabelCheck } from '../../activities/reconcile/labels.ts';
import { createSlowChecks, QUICK_CHECKS, reconcile } from '../../activities/reconcile/round.ts';
import { runsOfLists, sweepersOfCounties } from '../../activities/reconcile/runs.ts';
import { registryThere, workersOfQueue } from '../../activities/reconcile/services.ts';
import { missedWakes, unjudgedCommands } from '../../activities/reconcile/waiting.ts';
import { getEntry, markSent } from '../../activities/registry/entry-journal.ts';
import { createHttpRegistry } from '../../activities/registry/http-adapter.ts';
import { createManualRegistry } from '../../activities/registry/manual-adapter.ts';
import type { RegistryPort } from '../../activities/registry/port.ts';
import { createActivities } from '../../activities/worker-activities.ts';
import { findFreePort } from '../../bin/embedded/free-ports.ts';
import { DISAGREEMENT_KINDS, type DisagreementKind } from '../../db/reconcile/kinds.ts';
import { insertCommand } from '../../db/record/submit-command.ts';
import { disagreements } from '../../db/schema/disagreements.ts';
import { registryEntries } from '../../db/schema/effects.ts';
import { cases, commands, rosters } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import { sweeperIdOf } from '../../workflows/contracts/sweeper.ts';
import { createTestTemporal, type TestTemporal } from '../harness/test-temporal.ts';
import { type RunningRegistry, runRegistry } from '../registry/running-registry.ts';
import { householdNoOf, listAtRegistration, prepare } from './list-at-registration.ts';
import {
  openList,
  openTrainingVillage,
  type TrainingVillage,
  VILLAGE,
  voidAssembly,
} from './training-village.ts';

const COUNTY = VILLAGE.slice(0, 6);
const WAIT = { timeout: 20_000 };

let village: TrainingVillage;
let temporal: TestTemporal;
let registry: RunningRegistry;
let services: ReconcileServices;
let stopWorker: () => Promise<void>;
let nowhere: Connection;
let listed = 0;
const seen = new Set<DisagreementKind>();

async function startWorker(port: RegistryPort): Promise<() => Promise<void>> {
  const { db, clock } = village;
  const worker = await temporal.createWorker({ activities: createActivities({ db, clock, port }) });
  const running = worker.run();
  return async () => {
    worker.shutdown();
    await running;
  };
}

beforeAll(async () => {
  temporal = await createTestTemporal();
  nowhere = Connection.lazy({ address: `127.0.0.1:${await findFreePort()}` });
  village = await openTrainingVillage();
  const { db, clock } = village;
  registry = await runRegistry(village.databaseUrl, undefined);
  const port = createHttpRegistry({ baseUrl: registry.url });
  const patience = { waitingMs: 0, entryMs: 0, endingMs: 0 };
  const { client, taskQueue } = temporal;
  services = { db, clock, client, taskQueue, port, patience };
  stopWorker = await startWorker(port);
  await services.port.openWindow({
    id: 'w1',
    unitCode: COUNTY,
    level: 'county',
    functionKey: 'mark-exit',
    opensAt: 0,
    closesAt: null,
    openedBy: '县办',
    documentNo: '1号',
  });
});

afterAll(async () => {
  const query = `ExecutionStatus = 'Running'`;
  for await (const { workflowId } of temporal.client.workflow.list({ query })) {
    await temporal.client.workflow.getHandle(workflowId).terminate();
  }
  await stopWorker();
  await nowhere.close();
  await temporal.close();
  await registry.stop();
  await village.destroy();
});

/** Each test has households of its own. */
async function newList(size = 1): Promise<string> {
  const rosterId = await openList(village, listed, size);
  listed += size;
  return rosterId;
}

type Given = Partial<ReconcileServices>;

async function round(check: Check, given: Given = {}): Promise<void> {
  const { found } = await reconcile({ ...services, ...given }, [check]);
  for (const { kind } of found) seen.add(kind);
}

/** One disagreement that is written down and stands. */
async function openRow(kind: DisagreementKind, subject: string) {
  const [row] = await village.db
    .select()
    .from(disagreements)
    .where(
      and(
        eq(disagreements.kind, kind),
        eq(disagreements.subject, subject),
        isNull(disagreements.endedAt),
      ),
    );
  return row;
}

/** Found, written down and repaired; a later round finds it no more. */
async function isRepaired(check: Check, kind: DisagreementKind, subject: string): Promise<void> {
  const found = async () => {
    await round(check);
    return (await openRow(kind, subject))?.repairs ?? 0;
  };
  await expect.poll(found, WAIT).toBeGreaterThan(0);
  const stands = async () => {
    await round(check);
    return openRow(kind, subject);
  };
  await expect.poll(stands, WAIT).toBeUndefined();
}

/** Found and written down; nothing is done about it. */
async function isNamed(check: Check, kind: DisagreementKind, subject: string, given: Given = {}) {
  const look = async () => {
    await round(check, given);
    return openRow(kind, subject);
  };
  await expect.poll(look, WAIT).toMatchObject({ repairs: 0 });
  return openRow(kind, subject);
}

async function rosterOf(rosterId: string) {
  const [row] = await village.db.select().from(rosters).where(eq(rosters.id, rosterId));
  invariant(row !== undefined, 'the list exists');
  return row;
}

const overwrite = (rosterId: string, change: Partial<typeof rosters.$inferInsert>) =>
  village.db.update(rosters).set(change).where(eq(rosters.id, rosterId));

const startRun = (type: string, workflowId: string) =>
  temporal.client.workflow.start(type, {
    workflowId,
    taskQueue: temporal.taskQueue,
    args: [{ rosterId: workflowId }],
  });

describe('record and workflows', () => {
  test('an open list without a run → its run is started', async () => {
    const rosterId = await newList();
    await isRepaired(runsOfLists, 'run-missing', rosterId);
    const run = await temporal.client.workflow.getHandle(rosterId).describe();
    expect(run.status.name).toBe('RUNNING');
  });

  test('a county with a list and without a sweeper → it is started', async () => {
    await newList();
    await isRepaired(sweepersOfCounties, 'sweeper-missing', COUNTY);
    const run = await temporal.client.workflow.getHandle(sweeperIdOf(COUNTY)).describe();
    expect(run.status.name).toBe('RUNNING');
  });

  test('a run whose list is closed → it hears of it and ends', async () => {
    const rosterId = await newList();
    await round(runsOfLists);
    const { state } = await rosterOf(rosterId);
    const closedAt = state.at;
    await overwrite(rosterId, { open: false, closedAt, state: { ...state, closedAt } });
    await isRepaired(runsOfLists, 'run-orphan', rosterId);
    const run = await temporal.client.workflow.getHandle(rosterId).describe();
    expect(run.status.name).toBe('COMPLETED');
  });

  test('a run of a list that nobody knows → named, left for a person', async () => {
    await startRun('householdExit', 'list-of-nobody');
    const row = await isNamed(runsOfLists, 'run-orphan', 'list-of-nobody');
    expect(row).toMatchObject({ rosterId: null, countyCode: null });
    await temporal.client.workflow.getHandle('list-of-nobody').terminate();
  });

  test('a run of the wrong type → named; once a person ended it, the right one is started', async () => {
    const rosterId = await newList();
    await startRun('identification', rosterId);
    const row = await isNamed(runsOfLists, 'run-wrong-type', rosterId);
    expect(row).toMatchObject({ rosterId, countyCode: COUNTY });
    await temporal.client.workflow.getHandle(rosterId).terminate();
    const type = async () => {
      await round(runsOfLists);
      return (await temporal.client.workflow.getHandle(rosterId).describe()).type;
    };
    await expect.poll(type, WAIT).toBe('householdExit');
  });

  test('a command that nobody drained (the API died after the row) → it is judged', async () => {
    const rosterId = await newList();
    const body = await voidAssembly(village, rosterId, '村委会');
    const receivedAt = (await village.clock.now()) - 1000;
    const row = { rosterId, actor: village.clerk, idempotencyKey: 'left', body, receivedAt };
    const { id } = await insertCommand(village.db, row);
    await isRepaired(unjudgedCommands, 'command-unjudged', id);
    const kept = await village.db.select().from(commands).where(eq(commands.id, id));
    expect(kept).toMatchObject([{ outcome: { kind: 'applied' } }]);
  });

  test('a notice that has ended and whose timer was lost → the end is noted', async () => {
    const rosterId = await newList();
    const { state } = await rosterOf(rosterId);
    const endsAt = state.at + 1;
    const notice = {
      stepIndex: state.stepIndex,
      sheet: 's',
      draftedAt: state.at,
      caseIds: [],
      postings: [],
      startsAt: state.at,
      receipt: null,
      endsAt,
      endNoted: false,
      corrections: [],
    };
    await overwrite(rosterId, { state: { ...state, notice }, nextWakeAt: endsAt });
    await isRepaired(missedWakes, 'wake-missed', rosterId);
    expect((await rosterOf(rosterId)).state.notice?.endNoted).toBe(true);
  });

  test('nobody polls the queue → named', async () => {
    const taskQueue = 'queue-of-nobody';
    const row = await isNamed(workersOfQueue, 'no-pollers', taskQueue, { taskQueue });
    expect(row).toMatchObject({ countyCode: null });
  });

  test('Temporal is away → named; what it alone could tell is not asked', async () => {
    const client = new Client({ connection: nowhere, namespace: temporal.namespace });
    await isNamed(workersOfQueue, 'engine-away', temporal.taskQueue, { client });
    const checks = [workersOfQueue, runsOfLists];
    const { failures } = await reconcile({ ...services, client }, checks);
    expect(failures).toEqual([]);
    await round(workersOfQueue);
    expect(await openRow('engine-away', temporal.taskQueue)).toBeUndefined();
  });
});

describe('record and registry', () => {
  test('an entry sent and never answered → read back, then entered once', async () => {
    const entryId = await prepare(village, await listAtRegistration(village, await newList()));
    await markSent(village.db, await getEntry(village.db, entryId), await village.clock.now());
    await isRepaired(unansweredEntries, 'entry-unanswered', entryId);
    const { state } = await getEntry(village.db, entryId);
    expect(['accepted', 'refused']).toContain(state);
  });

  test('all entries answered and the list never told → it is told', async () => {
    const list = await listAtRegistration(village, await newList());
    const entryId = await prepare(village, list);
    const answer = { state: 'refused', refusalCode: 'wrong_status', refusalWords: '状态不符' };
    await village.db.update(registryEntries).set(answer).where(eq(registryEntries.id, entryId));
    await isRepaired(unsettledEffects, 'effect-unsettled', list.effectId);
    const { state } = await rosterOf(list.rosterId);
    expect(state.effects).toMatchObject([{ settled: true }]);
  });

  test('entered by hand, confirmed, and its list not woken → it fetches the result', async () => {
    const list = await listAtRegistration(village, await newList());
    const entryId = await prepare(village, list, 'manual');
    const at = (await village.clock.now()) - 1000;
    const outcome = { result: 'refused', words: '状态不符' };
    const manualRecord = {
      entered: { by: 'operator', at, outcome },
      checked: { by: 'reviewer', at },
      disputes: [],
    };
    await village.db
      .update(registryEntries)
      .set({ state: 'sent', manualRecord })
      .where(eq(registryEntries.id, entryId));
    await stopWorker();
    stopWorker = await startWorker(createManualRegistry({ db: village.db }));
    await isRepaired(unfetchedConfirmations, 'confirmation-unfetched', entryId);
    await stopWorker();
    stopWorker = await startWorker(services.port);
    expect((await getEntry(village.db, entryId)).state).toBe('refused');
  });

  test('accepted here and not shown there → named, nothing is entered again', async () => {
    const list = await listAtRegistration(village, await newList());
    const entryId = await prepare(village, list);
    const answer = { state: 'accepted', registryNo: 'n', answeredAt: 1, reportedAt: 1 };
    await village.db.update(registryEntries).set(answer).where(eq(registryEntries.id, entryId));
    const before = await registry.send('GET', '/entries');
    await isNamed(createLabelCheck(), 'label-missing', list.item.id);
    expect(await registry.send('GET', '/entries')).toEqual(before);
  });

  test('a label that the record does not have → named, for the office to look into', async () => {
    const rosterId = await newList(12);
    const rows = await village.db
      .select({ id: cases.id, subjectId: cases.subjectId })
      .from(cases)
      .where(eq(cases.rosterId, rosterId))
      .orderBy(asc(cases.id));
    let taken = '';
    for (const { id, subjectId } of rows) {
      const householdNo = await householdNoOf(village, subjectId);
      const people = { operatorId: '他人', reviewerId: '他人二' };
      const write = { functionKey: 'mark-exit', householdNo, year: 2020 } as const;
      const answer = await services.port.enter({ id, write, level: 'county', ...people });
      if (answer.result === 'accepted') taken = id;
      if (taken !== '') break;
    }
    expect(taken).not.toBe('');
    const row = await isNamed(createLabelCheck(), 'label-unknown', taken);
    expect(row).toMatchObject({ rosterId, countyCode: COUNTY });
  });

  test('the registry is away → named, and ended when it is back', async () => {
    const baseUrl = `http://127.0.0.1:${await findFreePort()}`;
    await isNamed(registryThere, 'registry-away', 'http', {
      port: createHttpRegistry({ baseUrl }),
    });
    await round(registryThere);
    expect(await openRow('registry-away', 'http')).toBeUndefined();
  });
});

test('every kind of the closed set is looked for, and was brought about and found', () => {
  const all = Object.keys(DISAGREEMENT_KINDS).sort();
  const looked = [...QUICK_CHECKS, ...createSlowChecks()].flatMap(({ kinds }) => kinds);
  expect([...new Set(looked)].sort()).toEqual(all);
  expect([...seen].sort()).toEqual(all);
});
