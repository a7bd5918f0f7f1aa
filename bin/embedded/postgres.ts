import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, platform, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { findOutage } from '../../db/outage.ts';
import { findPostgresPlace, type PostgresPlace } from './postgres-place.ts';
import { readLogTail, type ServiceProcess, startService } from './process-group.ts';
import { findProcessCommand } from './process-mark.ts';
import { StartFailure } from './start-failure.ts';

const STOP_GRACE_MS = 20_000;
const START_LIMIT_MS = 60_000;
const MEBIBYTE = 1024 * 1024;

/** The role that owns the application's database; it is no superuser. */
export const applicationRole = 'gongshi';

/** A running embedded PostgreSQL. */
export type EmbeddedPostgres = {
  readonly port: number;
  readonly place: PostgresPlace;
  readonly process: ServiceProcess;
  /** Connection address of a database for the superuser: for administration only. */
  readonly adminUrl: (database: string) => string;
  /** Connection address of a database for the application's role. */
  readonly url: (database: string) => string;
  readonly stop: () => Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** The instance's folder; the database goes into `postgres` below it. */
  readonly folder: string;
  readonly port: number;
  readonly password: string;
  readonly logFile: string;
  /** False only in tests: a crash of the machine may then lose the database. */
  readonly durable: boolean;
};

function settings({ durable }: EmbeddedPostgresOptions): string[] {
  const sharedMb = Math.max(128, Math.min(1024, Math.floor(totalmem() / MEBIBYTE / 16)));
  const values: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: durable ? `${sharedMb}MB` : '128MB',
    effective_cache_size: `${sharedMb * 3}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    wal_compression: 'on',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    jit: 'off',
    max_parallel_workers: String(availableParallelism()),
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // After a kill the whole folder is synced first: file by file that takes seconds on a busy disk.
    ...(platform() === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
    // Without fsync a commit still outlives a killed PostgreSQL, which the crash tests rely on.
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Makes the database's folder. It gets its name when it is whole, so a half-made one is made anew. */
async function initialise(place: PostgresPlace, options: EmbeddedPostgresOptions): Promise<void> {
  const unfinished = `${place.dataFolder}.new`;
  const passwordFile = join(dirname(place.dataFolder), '.postgres-password');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  try {
    await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
    if (place.owner !== undefined) {
      await chown(unfinished, place.owner.uid, place.owner.gid);
      await chown(passwordFile, place.owner.uid, place.owner.gid);
    }
    const args = [
      `--pgdata=${unfinished}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      '--lc-messages=C',
      ...(options.durable ? [] : ['--no-sync']),
    ];
    // The user must be able to stand in its working folder.
    await promisify(execFile)(place.initdb, args, { ...place.owner, cwd: '/' });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, place.dataFolder);
}

/** The server that runs on a data folder, if any; a pid file alone proves nothing after a crash. */
export async function findServer(
  dataFolder: string,
): Promise<{ readonly pid: number; readonly port: number } | undefined> {
  const text = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , port] = text.split('\n').map(Number);
  if (pid === undefined || port === undefined) return undefined;
  const command = await findProcessCommand(pid);
  return command?.includes(dataFolder) === true ? { pid, port } : undefined;
}

/** Removes a pid file whose number belongs to another program by now: PostgreSQL would not start. */
async function clearStalePid({ dataFolder }: PostgresPlace): Promise<void> {
  if ((await findServer(dataFolder)) === undefined) {
    await rm(join(dataFolder, 'postmaster.pid'), { force: true });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } catch (error) {
    // Still starting up, or just too busy with those who waited for it.
    if (findOutage(error) !== undefined) return false;
    throw error;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function startServer(
  place: PostgresPlace,
  options: EmbeddedPostgresOptions,
  adminUrl: string,
): Promise<ServiceProcess> {
  const giveUpAt = Date.now() + START_LIMIT_MS;
  while (Date.now() < giveUpAt) {
    const server = await startService({
      command: place.postgres,
      args: ['-D', place.dataFolder, '-p', String(options.port), ...settings(options)],
      logFile: options.logFile,
      cwd: place.dataFolder,
      env: { ...process.env, LC_ALL: 'C' },
      stopSignal: 'SIGINT',
      ...(place.owner === undefined ? {} : { owner: place.owner }),
    });
    try {
      while (server.isRunning() && Date.now() < giveUpAt) {
        if ((await answers(adminUrl)) && server.isRunning()) return server;
        await pause(40);
      }
    } catch (error) {
      await server.stop(STOP_GRACE_MS);
      throw error;
    }
    await server.stop(STOP_GRACE_MS);
    const tail = await readLogTail(options.logFile, 5);
    // Backends of a killed server need a moment to notice; anything else will not pass by itself.
    if (!/shared memory block/.test(tail)) break;
    await pause(500);
  }
  throw new StartFailure(
    `PostgreSQL 没能启动,日志 ${options.logFile} 的最后几行:\n${await readLogTail(options.logFile)}`,
  );
}

function databaseUrl(user: string, port: number, password: string, database: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
}

/** Address at which the superuser reaches an embedded server: for administration only. */
export function superuserUrl(port: number, password: string, database: string): string {
  return databaseUrl('postgres', port, password, database);
}

/** Starts PostgreSQL on a folder; makes the folder first when there is none. */
export async function startPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const place = await findPostgresPlace(options.folder);
  if (existsSync(place.dataFolder)) await clearStalePid(place);
  else await initialise(place, options);
  const { port, password } = options;
  const adminUrl = (database: string): string => superuserUrl(port, password, database);
  const server = await startServer(place, options, adminUrl('postgres'));
  return {
    port,
    place,
    process: server,
    adminUrl,
    url: (database) => databaseUrl(applicationRole, port, password, database),
    stop: () => server.stop(STOP_GRACE_MS),
  };
}

/** Creates the application's role and database where they are missing. */
export async function ensureDatabase(
  server: EmbeddedPostgres,
  database: string,
  password: string,
): Promise<void> {
  const sql = postgres(server.adminUrl('postgres'), { max: 1, onnotice: () => {} });
  try {
    const roles = await sql`select 1 from pg_roles where rolname = ${applicationRole}`;
    if (roles.length === 0) {
      await sql.unsafe(`create role ${applicationRole} login createrole password '${password}'`);
    }
    const databases = await sql`select 1 from pg_database where datname = ${database}`;
    if (databases.length === 0) {
      await sql.unsafe(`create database ${database} owner ${applicationRole}`);
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
}
