/**
 * The worker as a process: runs the workflows and activities of all rosters. Tells its parent when it
 * polls; on SIGTERM it finishes what it has and ends.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { tellNothingPersonal } from '../activities/activity-failure.ts';
import type { Engine } from '../activities/drain-roster.ts';
import { ensureAllRunning } from '../activities/ensure-running.ts';
import { ensureAllSweepers } from '../activities/ensure-sweeper.ts';
import { createHttpRegistry } from '../activities/registry/http-adapter.ts';
import { createManualRegistry } from '../activities/registry/manual-adapter.ts';
import { resendWaiting } from '../activities/resend-waiting.ts';
import { connectionOptions, payloadConversion } from '../activities/temporal-connection.ts';
import { whileBeating } from '../activities/while-beating.ts';
import { createActivities, type WorkerActivities } from '../activities/worker-activities.ts';
import { createWorldHold } from '../activities/world-lock.ts';
import { openDatabase } from '../db/client.ts';
import { databaseClock, realClock } from '../db/clock.ts';
import { invariant } from '../domain/invariant.ts';
import { ROSTER_TASK_QUEUE } from '../workflows/contracts/roster.ts';
import { loadTemporalSettings } from './embedded/temporal-settings.ts';

/** Between two looks for commands that never reached the engine. */
const SWEEP_MS = 5_000;

/** A command or wake younger than this is still on its way. */
const WAITING_MS_MIN = 3_000;

/** Every so many looks also those for rows on their way to the registry: once a minute. */
const EFFECTS_EVERY = 12;

const log = pino({ name: 'worker' });

const databaseUrl = process.env['DATABASE_URL'];
invariant(databaseUrl !== undefined, 'DATABASE_URL is set');
const bundlePath = process.env['GONGSHI_WORKFLOW_BUNDLE'];
invariant(bundlePath !== undefined, 'GONGSHI_WORKFLOW_BUNDLE is set');

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
const settings = (await loadTemporalSettings()).taskQueues.rosters;
const { db, sql, close } = openDatabase(databaseUrl, { max: 12 });
const world = createWorldHold(sql);
const clock = process.env['GONGSHI_MODE'] === 'production' ? realClock : databaseClock(db);
const registryUrl = process.env['REGISTRY_URL'];
const port = registryUrl
  ? createHttpRegistry({ baseUrl: registryUrl })
  : createManualRegistry({ db });

const own = createActivities({ db, clock, port });
const activities: WorkerActivities = {
  applyCommands: (given) => tellNothingPersonal(() => own.applyCommands(given)),
  // These take several transactions, so a scenario loaded meanwhile waits for them.
  writeRegistry: (given) =>
    whileBeating(() => world.during(() => tellNothingPersonal(() => own.writeRegistry(given)))),
  sweepCounty: (given) => world.during(() => tellNothingPersonal(() => own.sweepCounty(given))),
};

const { connectionOptions: reach, clientOptions, namespace } = connectionOptions();
const conversion = payloadConversion();
const connection = await NativeConnection.connect(reach);
const clientConnection = await Connection.connect(clientOptions);
const engine: Engine = {
  client: new Client({ connection: clientConnection, namespace, ...conversion }),
};
const worker = await Worker.create({
  connection,
  namespace,
  ...conversion,
  taskQueue: ROSTER_TASK_QUEUE,
  workflowBundle: { codePath: bundlePath },
  activities,
  maxConcurrentWorkflowTaskExecutions: settings.maxConcurrentWorkflowTasks,
  maxConcurrentActivityTaskExecutions: settings.maxConcurrentActivities,
  maxConcurrentLocalActivityExecutions: settings.maxConcurrentLocalActivities,
  maxCachedWorkflows: settings.maxCachedWorkflows,
  shutdownGraceTime: '10 seconds',
});

const stopping = new AbortController();
const running = worker.run();
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
// Our parent was killed outright, and perhaps the guard that would tell us.
process.once('disconnect', stop);
const sweeping = sweep();
process.send?.({ type: 'ready' });
await running;
stopping.abort();
await sweeping;
await clientConnection.close();
await connection.close();
await close();
process.disconnect?.();

function stop(): void {
  stopping.abort();
  if (worker.getState() === 'RUNNING') worker.shutdown();
}

/** Id of the engine's namespace: another one says that its data were lost. Throws when it is away. */
async function engineId(): Promise<string> {
  const { namespaceInfo } = await clientConnection.withDeadline(Date.now() + SWEEP_MS, () =>
    clientConnection.workflowService.describeNamespace({ namespace }),
  );
  return namespaceInfo?.id ?? '';
}

/** Sees to it that every open list has its run and every kept command is judged, for ever. */
async function sweep(): Promise<void> {
  let ensuredOn: string | undefined;
  let round = 0;
  const look = async (): Promise<void> => {
    const engineNow = await engineId().catch((error: unknown) => {
      // It may come back with the data of yesterday: then the runs are looked for again.
      ensuredOn = undefined;
      throw error;
    });
    if (ensuredOn !== engineNow) {
      const rosters = await ensureAllRunning(engine, db);
      const counties = await ensureAllSweepers(engine, db);
      log.info({ rosters, counties }, 'open rosters and sweepers are running');
      ensuredOn = engineNow;
    }
    round += 1;
    const withEffects = round % EFFECTS_EVERY === 0;
    await resendWaiting(engine, db, {
      before: (await clock.now()) - WAITING_MS_MIN,
      withEffects,
    });
  };
  while (!stopping.signal.aborted) {
    try {
      await world.during(look);
    } catch (error) {
      // An outage of engine or database: the rows are kept, and the next round asks again.
      log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'sweep did not finish');
    }
    await delay(SWEEP_MS, undefined, { signal: stopping.signal }).catch(() => {});
  }
}
