/** 演练台 — a private database, registry, worker and time-skipping engine for one rehearsal. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import { createHttpRegistry } from '../../activities/registry/http-adapter.ts';
import type { RegistryPort } from '../../activities/registry/port.ts';
import type { CommandServices } from '../../activities/send-command.ts';
import { createActivities, type WorkerActivities } from '../../activities/worker-activities.ts';
import { openDatabase } from '../../db/client.ts';
import type { Clock } from '../../db/clock.ts';
import { invariant } from '../../domain/invariant.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { createRegistry } from '../../registry/server.ts';
import { ROSTER_TASK_QUEUE } from '../../workflows/contracts/roster.ts';
import { findFreePort } from '../embedded/free-ports.ts';
import { removeWhenGone } from '../embedded/guard.ts';
import { ensureDatabase, startPostgres } from '../embedded/postgres.ts';
import { findTemporalTestServer } from '../embedded/temporal-binaries.ts';
import { buildWorkflowBundle } from '../embedded/workflow-bundle.ts';
import { prepare } from '../prepare.ts';

/** Numbers of `IndexedValueType`, part of the engine's public interface. */
const SEARCH_ATTRIBUTES = { Procedure: 2, Step: 2, Area: 2, DueAt: 6 } as const;

const DATABASE = 'rehearsal';

/** What a rehearsal plays on. */
export interface Stage {
  readonly services: CommandServices;
  readonly registry: RegistryPort;
  /** Lets `ms` of business time pass; the engine skips it and fires every timer in between. */
  readonly skip: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

type Cleanup = () => Promise<unknown>;

/** Business time is the engine's own time moved to `startAt`: what it skips, the record skips. */
function skippedClock(engine: TestWorkflowEnvironment, zero: number, startAt: Instant) {
  let last = startAt;
  const clock: Clock = {
    async now() {
      last = Math.max(last, startAt + Math.floor((await engine.currentTimeMs()) - zero));
      return last;
    },
  };
  return { clock, last: () => last };
}

async function startDatabase(cleanups: Cleanup[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gongshi-rehearsal-'));
  await chmod(folder, 0o711);
  removeWhenGone(folder);
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  const password = randomBytes(16).toString('hex');
  const server = await startPostgres({
    folder,
    port: await findFreePort(),
    password,
    logFile: join(folder, 'postgres.log'),
    durable: false,
  });
  cleanups.push(server.stop);
  await ensureDatabase(server, DATABASE, password);
  const databaseUrl = server.url(DATABASE);
  await prepare({ databaseUrl, mode: 'training', dataDir: folder });
  return databaseUrl;
}

async function startEngine(cleanups: Cleanup[]): Promise<TestWorkflowEnvironment> {
  const path = await findTemporalTestServer();
  const engine = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  cleanups.push(() => engine.teardown());
  await engine.connection.operatorService.addSearchAttributes({
    namespace: engine.client.options.namespace,
    searchAttributes: SEARCH_ATTRIBUTES,
  });
  return engine;
}

async function startRegistry(databaseUrl: string, now: () => Instant, cleanups: Cleanup[]) {
  const registry = await createRegistry({ databaseUrl, now });
  cleanups.push(() => registry.close());
  const server = registry.app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  cleanups.push(() => closeServer(server));
  const address = server.address();
  invariant(address !== null && typeof address === 'object', 'the registry listens on a port');
  return createHttpRegistry({ baseUrl: `http://127.0.0.1:${address.port}` });
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function startWorker(
  engine: TestWorkflowEnvironment,
  activities: WorkerActivities,
  cleanups: Cleanup[],
): Promise<void> {
  const codePath = await buildWorkflowBundle();
  invariant(codePath !== undefined, 'this checkout has workflows');
  const worker = await Worker.create({
    connection: engine.nativeConnection,
    taskQueue: ROSTER_TASK_QUEUE,
    workflowBundle: { codePath },
    activities,
  });
  const running = worker.run();
  cleanups.push(async () => {
    worker.shutdown();
    await running;
  });
}

/** Starts everything; business time begins at `startAt`. `close` leaves nothing behind. */
export async function openStage(startAt: Instant): Promise<Stage> {
  process.env['GONGSHI_CHAIN_KEY'] = randomBytes(32).toString('hex');
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) },
    },
    shutdownSignals: [],
  });
  const cleanups: Cleanup[] = [];
  const close = async (): Promise<void> => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    const databaseUrl = await startDatabase(cleanups);
    const engine = await startEngine(cleanups);
    const record = openDatabase(databaseUrl, { max: 10 });
    cleanups.push(record.close);
    const { db } = record;
    const zero = await engine.currentTimeMs();
    const { clock, last } = skippedClock(engine, zero, startAt);
    const registry = await startRegistry(databaseUrl, last, cleanups);
    await startWorker(engine, createActivities({ db, clock, port: registry }), cleanups);
    const skip = (ms: number): Promise<void> => engine.sleep(ms);
    return { services: { db, clock, client: engine.client }, registry, skip, close };
  } catch (error) {
    await close();
    throw error;
  }
}
