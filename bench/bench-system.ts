/** 测速环境 — real PostgreSQL and Temporal on a folder of its own, and a worker in its own process. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { CommandServices } from '../activities/send-command.ts';
import { connectionOptions } from '../activities/temporal-connection.ts';
import { applyTemporalSettings } from '../bin/embedded/apply-temporal.ts';
import { findFreePort } from '../bin/embedded/free-ports.ts';
import { removeWhenGone } from '../bin/embedded/guard.ts';
import { startOwnProgram } from '../bin/embedded/own-program.ts';
import { type EmbeddedPostgres, ensureDatabase, startPostgres } from '../bin/embedded/postgres.ts';
import { startTemporal, temporalDatabaseFile } from '../bin/embedded/temporal-server.ts';
import { loadTemporalSettings } from '../bin/embedded/temporal-settings.ts';
import { buildWorkflowBundle } from '../bin/embedded/workflow-bundle.ts';
import { migrateDatabase } from '../bin/prepare.ts';
import { openDatabase, type RecordDatabase } from '../db/client.ts';
import { databaseClock } from '../db/clock.ts';
import { invariant } from '../domain/invariant.ts';
import { type ClosedLists, listenForClosed } from './closed-lists.ts';
import { processorMs, residentBytes } from './process-meter.ts';

const DATABASE = 'gongshi';

/** What a benchmark works with. */
export interface BenchSystem extends CommandServices {
  readonly sql: RecordDatabase['sql'];
  readonly closedLists: ClosedLists;
  /** Address of the product's API. */
  readonly url: string;
  /** Resident bytes of each part; PostgreSQL's shared pages are counted once. */
  readonly memory: () => Promise<Record<string, number>>;
  /** Milliseconds of processor time that each part has used since it started. */
  readonly processor: () => Promise<Record<string, number>>;
  /** Transactions that the record has committed. */
  readonly commits: () => Promise<number>;
  /** Bytes of the record, and of Temporal's database where it is ours. */
  readonly disk: () => Promise<{ readonly record: number; readonly temporal: number }>;
  readonly stop: () => Promise<void>;
}

/** Starts everything durably, as `npm start` does. Some 8 s. */
export async function startBenchSystem(): Promise<BenchSystem> {
  const folder = await mkdtemp(join(tmpdir(), 'gongshi-bench-'));
  await chmod(folder, 0o711);
  removeWhenGone(folder);
  process.env['GONGSHI_CHAIN_KEY'] = randomBytes(32).toString('hex');
  const server = await startRecord(folder);
  const databaseUrl = server.url(DATABASE);
  const engine = await startEngine(folder);
  const env = { ...engine.env, DATABASE_URL: databaseUrl };
  const worker = await startWorker(folder, env);
  const api = await startApi(folder, env);
  const record = openDatabase(databaseUrl, { max: 20 });
  const { db, sql, close } = record;
  const pids = { worker: worker.pid, api: api.process.pid, postgres: server.process.pid };
  const parts = Object.entries({ ...pids, ...engine.pids });
  const measured = async (measure: (pid: number) => Promise<number>) =>
    Object.fromEntries(
      await Promise.all(parts.map(async ([part, pid]) => [part, await measure(pid)])),
    );
  return {
    db,
    sql,
    closedLists: await listenForClosed(record),
    url: api.url,
    clock: databaseClock(db),
    client: engine.client,
    memory: async () => ({ caller: process.memoryUsage.rss(), ...(await measured(residentBytes)) }),
    processor: async () => {
      const { user, system } = process.cpuUsage();
      return { caller: (user + system) / 1000, ...(await measured(processorMs)) };
    },
    commits: async () => {
      const [row] = await sql`
        select xact_commit::float8 as count from pg_stat_database where datname = current_database()`;
      return Number(row?.['count']);
    },
    disk: async () => {
      const [row] = await sql`select pg_database_size(current_database())::float8 as size`;
      return { record: Number(row?.['size']), temporal: await engine.bytes() };
    },
    async stop() {
      await api.process.stop(10_000);
      await worker.stop(10_000);
      await close();
      await engine.stop();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function logFile(folder: string, name: string): string {
  return join(folder, 'logs', `${name}.log`);
}

async function startRecord(folder: string): Promise<EmbeddedPostgres> {
  const password = randomBytes(16).toString('hex');
  const server = await startPostgres({
    folder,
    port: await findFreePort(),
    password,
    logFile: logFile(folder, 'postgres'),
    durable: true,
  });
  await ensureDatabase(server, DATABASE, password);
  await migrateDatabase(server.url(DATABASE));
  return server;
}

/** Temporal as the benchmark reaches it; `pids` and bytes are of a server of ours only. */
interface BenchEngine {
  readonly client: Client;
  readonly env: Readonly<Record<string, string>>;
  readonly pids: Readonly<Record<string, number>>;
  readonly bytes: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** The server that TEMPORAL_ADDRESS names, else a development server of our own. */
function startEngine(folder: string): Promise<BenchEngine> {
  return process.env['TEMPORAL_ADDRESS'] ? reachServer() : startOwnServer(folder);
}

/** A namespace of this run alone: lists of another run may have the same names. */
async function reachServer(): Promise<BenchEngine> {
  const namespace = `gongshi-bench-${randomBytes(4).toString('hex')}`;
  const connection = await Connection.connect(connectionOptions().connectionOptions);
  const settings = await loadTemporalSettings();
  await applyTemporalSettings(connection, { ...settings, namespace, retentionDays: 1 });
  return {
    client: new Client({ connection, namespace }),
    env: { TEMPORAL_NAMESPACE: namespace },
    pids: {},
    bytes: async () => 0,
    stop: () => connection.close(),
  };
}

async function startOwnServer(folder: string): Promise<BenchEngine> {
  const settings = await loadTemporalSettings();
  const databaseFile = temporalDatabaseFile(folder);
  const { address, process, stop } = await startTemporal({
    port: await findFreePort(),
    databaseFile,
    logFile: logFile(folder, 'temporal'),
    settings,
  });
  const connection = await Connection.connect({ address });
  await applyTemporalSettings(connection, settings);
  const { namespace } = settings;
  return {
    client: new Client({ connection, namespace }),
    env: {
      GONGSHI_TEMPORAL_EMBEDDED: '1',
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
    },
    pids: { temporal: process.pid },
    async bytes() {
      const files = ['', '-wal'].map((suffix) => stat(`${databaseFile}${suffix}`));
      return (await Promise.all(files)).reduce((sum, { size }) => sum + size, 0);
    },
    async stop() {
      await connection.close();
      await stop();
    },
  };
}

async function startWorker(folder: string, env: Readonly<Record<string, string>>) {
  const bundle = await buildWorkflowBundle();
  invariant(bundle !== undefined, 'there are workflows');
  return startOwnProgram({
    file: '../bench/worker',
    runsWorkflows: true,
    label: 'worker',
    logFile: logFile(folder, 'worker'),
    env: { ...env, GONGSHI_WORKFLOW_BUNDLE: bundle },
  });
}

/** The product's API on a free port. */
async function startApi(folder: string, env: Readonly<Record<string, string>>) {
  const port = String(await findFreePort());
  const api = await startOwnProgram({
    file: 'serve',
    label: 'api',
    logFile: logFile(folder, 'api'),
    env: {
      ...env,
      PORT: port,
      GONGSHI_DATA_DIR: folder,
      GONGSHI_SESSION_SECRET: randomBytes(32).toString('hex'),
    },
  });
  return { process: api, url: `http://127.0.0.1:${port}` };
}
