/**
 * 网页服务 as a process: API, documents and the built page. Settings come from the environment as
 * bin/start.ts gives them; tells its parent when it listens, stops on SIGTERM.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import pino from 'pino';
import { createHttpRegistry } from '../activities/registry/http-adapter.ts';
import { replaceWorld } from '../activities/replace-world.ts';
import { hasPollers } from '../activities/task-queue-pollers.ts';
import { tellAllNow } from '../activities/tell-run.ts';
import { connectionOptions, payloadConversion } from '../activities/temporal-connection.ts';
import type { Readiness } from '../api/deps.ts';
import { createEngine } from '../api/engine.ts';
import { createRequestGate } from '../api/request-gate.ts';
import { createRosterChanges } from '../api/roster-changes.ts';
import { createApi } from '../api/server.ts';
import { removeOldSessions } from '../api/session-store.ts';
import { openDatabase, openListener } from '../db/client.ts';
import { databaseClock, realClock } from '../db/clock.ts';
import { packLibraryOf } from '../db/packs/pack-library.ts';
import { invariant } from '../domain/invariant.ts';
import { TRAINING_PASSWORD } from '../scenario/default-people.ts';
import type { MadeWorld } from '../scenario/make-world.ts';
import { projectRoot } from './embedded/project-paths.ts';

function setting(name: string): string {
  const value = process.env[name] ?? '';
  if (value === '') throw new Error(`${name} is not set`);
  return value;
}

const training = process.env['GONGSHI_MODE'] !== 'production';
const port = Number(process.env['PORT'] ?? 0);
const host = process.env['GONGSHI_HOST'] ?? '127.0.0.1';
const databaseUrl = setting('DATABASE_URL');
const { db, sql: driver, close } = openDatabase(databaseUrl);
const changes = createRosterChanges({ connect: () => openListener(databaseUrl) });
const clock = training ? databaseClock(db) : realClock;
const { clientOptions: reach, namespace } = connectionOptions();
const conversion = payloadConversion();
// Lazy: the API starts and answers reads while Temporal is away; commands wait in the record.
const connection = Connection.lazy(reach);
const registryUrl = process.env['REGISTRY_URL'] ?? '';
const registry = registryUrl === '' ? undefined : createHttpRegistry({ baseUrl: registryUrl });
const filesDir = join(setting('GONGSHI_DATA_DIR'), 'files');
mkdirSync(filesDir, { recursive: true });

const client = new Client({ connection, namespace, ...conversion });
const library = packLibraryOf(db);
// A pack that nobody can read stops the start, not the first launch.
await library();

async function loadScenario({ world }: MadeWorld): Promise<void> {
  invariant(training, 'scenarios are loaded in training only');
  const reference = registryUrl === '' ? undefined : registryUrl;
  await replaceWorld({ db, sql: driver, client, registryUrl: reference, filesDir }, world);
}

const engine = createEngine({
  db,
  client,
  clock,
  library,
  loadScenario,
  windows: {
    openWindow: async (window) => registry?.openWindow(window),
    closeWindow: async (windowId, closedBy) => registry?.closeWindow(windowId, closedBy),
  },
});

const READY_MS_MAX = 2_000;

/** Whatever fails, the answer to "is it there?" is no. */
const answers = (asked: Promise<unknown>): Promise<boolean> =>
  asked.then(
    (answer) => answer !== false,
    () => false,
  );

async function readiness(): Promise<Readiness> {
  const ask = <T>(call: () => Promise<T>) =>
    connection.withDeadline(Date.now() + READY_MS_MAX, call);
  const [record, reached, workers] = await Promise.all([
    answers(db.execute(sql`select 1`)),
    answers(ask(() => connection.workflowService.getSystemInfo({}))),
    answers(hasPollers({ client })),
  ]);
  return { record, engine: reached, workers };
}

const app = createApi({
  db,
  engine,
  changes,
  gate: createRequestGate(),
  now: clock.now,
  log: pino(),
  training,
  trainingPassword: training ? TRAINING_PASSWORD : null,
  trustProxy: process.env['GONGSHI_TRUST_PROXY'] || null,
  filesDir,
  webDir: join(projectRoot, 'web', 'dist'),
  sessionSecret: setting('GONGSHI_SESSION_SECRET'),
  cookieName: `gongshi-${port}`,
  readiness,
});
await removeOldSessions(db);

const server = app.listen(port, host, (error) => {
  if (error !== undefined) throw error;
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  process.send?.({ type: 'ready', url: `http://${host}:${bound}` });
});

function stop(): void {
  changes.end();
  // Running requests end first; idle connections would keep it open for minutes.
  server.close(() => {
    const told = tellAllNow({ client });
    told
      .then(() => Promise.all([connection.close(), close()]))
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  });
  server.closeIdleConnections();
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
// Our parent was killed outright, and perhaps the guard that would tell us.
process.once('disconnect', stop);
