/** The worker of the benchmark as a process: the product's activities with a registry that takes all. */
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { tellNothingPersonal } from '../activities/activity-failure.ts';
import { applyCommands } from '../activities/apply-commands.ts';
import type { RegistryPort } from '../activities/registry/port.ts';
import { connectionOptions } from '../activities/temporal-connection.ts';
import { whileBeating } from '../activities/while-beating.ts';
import { writeRegistry } from '../activities/write-registry.ts';
import { loadTemporalSettings } from '../bin/embedded/temporal-settings.ts';
import { openDatabase } from '../db/client.ts';
import { databaseClock } from '../db/clock.ts';
import { invariant } from '../domain/invariant.ts';
import { ROSTER_TASK_QUEUE, type RosterActivities } from '../workflows/contracts/roster.ts';

const databaseUrl = process.env['DATABASE_URL'];
invariant(databaseUrl !== undefined, 'DATABASE_URL is set');
const codePath = process.env['GONGSHI_WORKFLOW_BUNDLE'];
invariant(codePath !== undefined, 'GONGSHI_WORKFLOW_BUNDLE is set');

/** In this process, so that what is measured is ours. */
const port: RegistryPort = {
  kind: 'http',
  readBack: async () => null,
  enter: async ({ id, write }) => ({
    result: 'accepted',
    registryNo: write.functionKey === 'mark-exit' ? write.householdNo : id,
    receiptNo: id,
    at: Date.now(),
  }),
  fetchVillage: async () => null,
  fetchHousehold: async () => null,
  fetchVillageProfile: async () => null,
  openWindow: async () => {},
  closeWindow: async () => {},
};

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
const settings = (await loadTemporalSettings()).taskQueues.rosters;
const { db, close } = openDatabase(databaseUrl, { max: 12 });
const clock = databaseClock(db);
const activities: RosterActivities = {
  applyCommands: (given) => tellNothingPersonal(() => applyCommands({ db, clock }, given)),
  writeRegistry: (given) =>
    whileBeating(() => tellNothingPersonal(() => writeRegistry({ db, clock, port }, given))),
};
const { connectionOptions: reach, namespace } = connectionOptions();
const connection = await NativeConnection.connect(reach);
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue: ROSTER_TASK_QUEUE,
  workflowBundle: { codePath },
  activities,
  maxConcurrentWorkflowTaskExecutions: settings.maxConcurrentWorkflowTasks,
  maxConcurrentActivityTaskExecutions: settings.maxConcurrentActivities,
  maxConcurrentLocalActivityExecutions: settings.maxConcurrentLocalActivities,
  maxCachedWorkflows: settings.maxCachedWorkflows,
  shutdownGraceTime: '2 seconds',
});
process.once('SIGTERM', () => worker.shutdown());
const running = worker.run();
process.send?.({ type: 'ready' });
await running;
await connection.close();
await close();
process.disconnect?.();
