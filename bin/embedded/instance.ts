import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection, type ConnectionOptions } from '@temporalio/client';
import { connectionOptions } from '../../activities/temporal-connection.ts';
import type { SignIn } from '../../scenario/sign-ins.ts';
import { type Mode, prepare } from '../prepare.ts';
import { applyTemporalSettings } from './apply-temporal.ts';
import { chooseInstancePorts } from './free-ports.ts';
import { type OwnProgram, startOwnProgram } from './own-program.ts';
import { type EmbeddedPostgres, ensureDatabase, startPostgres } from './postgres.ts';
import { endLeftovers } from './process-group.ts';
import { loadSecrets } from './secrets.ts';
import { type Supervised, supervise } from './supervise.ts';
import { startTemporal, temporalDatabaseFile } from './temporal-server.ts';
import { loadTemporalSettings, type TemporalSettings } from './temporal-settings.ts';
import { buildWebPage } from './web-page.ts';
import { buildWorkflowBundle } from './workflow-bundle.ts';

/** The parts of an instance, in the order in which they start. */
export const serviceNames = [
  'postgres',
  'temporal',
  'registry',
  'worker',
  'reconciler',
  'api',
] as const;
export type ServiceName = (typeof serviceNames)[number];

export type InstanceOptions = {
  readonly dataDir: string;
  readonly mode: Mode;
  /** Lines for a person, in Chinese. */
  readonly say: (line: string) => void;
  /** Services that die are started again; a test that counts on the outage says false. */
  readonly restarts: boolean;
  /** Which of our own programs to start. */
  readonly programs: readonly ServiceName[];
  /** False in tests: no fsync, no Web UI. */
  readonly durable: boolean;
  /** Builds the web page first where it is out of date. */
  readonly page: boolean;
  /** More settings for our own programs. */
  readonly env?: Readonly<Record<string, string>>;
};

/** A running system: databases, servers and our own programs. */
export type Instance = {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly pageUrl: string;
  readonly registryUrl: string | undefined;
  readonly temporalUiUrl: string | undefined;
  readonly signIns: readonly SignIn[];
  /** Only what this instance started itself: an external database is not among them. */
  readonly services: ReadonlyMap<ServiceName, Supervised>;
  /** API, reconciler, worker (which finishes what it has), registry, Temporal, PostgreSQL. */
  readonly stop: () => Promise<void>;
};

/** Environment variables. */
type Settings = Record<string, string>;

/** What the parts of one start need of each other. */
type Start = {
  readonly options: InstanceOptions;
  readonly ports: Awaited<ReturnType<typeof chooseInstancePorts>>;
  readonly secrets: Awaited<ReturnType<typeof loadSecrets>>;
  readonly temporalSettings: TemporalSettings;
  readonly services: Map<ServiceName, Supervised>;
  readonly timed: <T>(label: string, work: () => Promise<T>) => Promise<T>;
};

const database = 'gongshi';

function logFile({ options }: Start, name: string): string {
  return join(options.dataDir, 'logs', `${name}.log`);
}

async function startDatabase(start: Start): Promise<string> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') return given;
  const { options, ports, secrets } = start;
  let server: EmbeddedPostgres | undefined;
  const launch = async () => {
    server = await startPostgres({
      folder: options.dataDir,
      port: ports.postgres,
      password: secrets.postgresPassword,
      logFile: logFile(start, 'postgres'),
      durable: options.durable,
    });
    return server.process;
  };
  const { restarts, say } = options;
  const supervised = await supervise({
    label: 'PostgreSQL ',
    launch,
    stopGraceMs: 20_000,
    restarts,
    say,
  });
  start.services.set('postgres', supervised);
  if (server === undefined) throw new Error('launch resolved without a server');
  await ensureDatabase(server, database, secrets.postgresPassword);
  return server.url(database);
}

async function applySettings(
  reach: ConnectionOptions,
  settings: TemporalSettings,
  namespace?: string,
): Promise<void> {
  const connection = await Connection.connect(reach);
  try {
    await applyTemporalSettings(connection, settings, namespace);
  } finally {
    await connection.close();
  }
}

function hasExternalTemporal(): boolean {
  const names = ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'];
  return names.some((name) => (process.env[name] ?? '') !== '');
}

/** Settings by which our programs reach Temporal. */
async function startTemporalServer(start: Start): Promise<Settings> {
  const { options, ports, temporalSettings } = start;
  if (hasExternalTemporal()) {
    const { connectionOptions: reach, namespace } = connectionOptions();
    await applySettings(reach, temporalSettings, namespace);
    return { TEMPORAL_NAMESPACE: namespace };
  }
  const launch = async () => {
    const server = await startTemporal({
      port: ports.temporal,
      ...(options.durable && { uiPort: ports.temporalUi }),
      databaseFile: temporalDatabaseFile(options.dataDir),
      logFile: logFile(start, 'temporal'),
      settings: temporalSettings,
      say: options.say,
    });
    try {
      await applySettings({ address: server.address }, temporalSettings);
    } catch (error) {
      // A server that nobody supervises would keep the port from the next one.
      await server.stop();
      throw error;
    }
    return server.process;
  };
  const { restarts, say } = options;
  const supervised = await supervise({
    label: 'Temporal ',
    launch,
    stopGraceMs: 15_000,
    restarts,
    say,
  });
  start.services.set('temporal', supervised);
  return {
    TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
    TEMPORAL_NAMESPACE: temporalSettings.namespace,
    GONGSHI_TEMPORAL_EMBEDDED: '1',
  };
}

async function startProgram(
  start: Start,
  name: ServiceName,
  program: Pick<OwnProgram, 'file' | 'label' | 'env' | 'runsWorkflows'> & {
    readonly stopGraceMs: number;
  },
): Promise<void> {
  const { options } = start;
  if (!options.programs.includes(name)) return;
  const { restarts, say } = options;
  await start.timed(program.label, async () => {
    const launch = () =>
      startOwnProgram({
        ...program,
        env: { ...program.env, ...options.env },
        logFile: logFile(start, name),
      });
    const { label, stopGraceMs } = program;
    start.services.set(name, await supervise({ label, launch, stopGraceMs, restarts, say }));
  });
}

async function startPrograms(start: Start, common: Settings, bundle: string | undefined) {
  const { ports } = start;
  await startProgram(start, 'registry', {
    file: 'registry',
    label: '登记系统(演练)',
    env: { ...common, PORT: String(ports.registry) },
    stopGraceMs: 5_000,
  });
  const bundled = bundle === undefined ? {} : { GONGSHI_WORKFLOW_BUNDLE: bundle };
  // Neither needs the other to start: a command waits in the record until a worker takes it.
  const parts = [
    startProgram(start, 'worker', {
      file: 'worker',
      runsWorkflows: true,
      label: '办理程序',
      env: { ...common, ...bundled },
      stopGraceMs: 30_000,
    }),
    startProgram(start, 'reconciler', {
      file: 'reconciler',
      label: '对账程序',
      env: common,
      stopGraceMs: 20_000,
    }),
    startProgram(start, 'api', {
      file: 'serve',
      label: '网页服务',
      env: { ...common, PORT: String(ports.page) },
      stopGraceMs: 10_000,
    }),
  ];
  await Promise.allSettled(parts);
  await Promise.all(parts);
}

/** Registry of this instance: the training one, or the address that the environment gives, if any. */
function registryUrl({ options, ports }: Start): string | undefined {
  const given = process.env['REGISTRY_URL'];
  if (given !== undefined && given !== '') return given;
  const isOurs = options.mode === 'training' && options.programs.includes('registry');
  return isOurs ? `http://127.0.0.1:${ports.registry}` : undefined;
}

async function startParts(start: Start): Promise<Omit<Instance, 'services' | 'stop'>> {
  const { options, secrets, timed, ports } = start;
  const withBundle = options.programs.includes('worker');
  const parts = [
    timed('PostgreSQL', () => startDatabase(start)),
    timed('Temporal', () => startTemporalServer(start)),
    withBundle ? timed('流程代码', buildWorkflowBundle) : Promise.resolve(undefined),
    options.page ? timed('网页', () => buildWebPage(options.say)) : Promise.resolve(undefined),
  ] as const;
  // All are awaited before a failure of one is told, so that what did start can be stopped.
  await Promise.allSettled(parts);
  const [databaseUrl, temporal, bundle] = await Promise.all(parts);
  const prepared = options.mode === 'training' ? '数据库表和演练数据' : '数据库表';
  const { signIns } = await timed(prepared, () =>
    prepare({ databaseUrl, mode: options.mode, dataDir: options.dataDir }),
  );
  const registry = registryUrl(start);
  const common: Settings = {
    ...temporal,
    NODE_ENV: 'production',
    GONGSHI_MODE: options.mode,
    GONGSHI_DATA_DIR: options.dataDir,
    GONGSHI_SESSION_SECRET: secrets.sessionSecret,
    GONGSHI_CHAIN_KEY: secrets.chainKey,
    DATABASE_URL: databaseUrl,
    ...(registry !== undefined && { REGISTRY_URL: registry }),
  };
  await startPrograms(start, common, bundle);
  const ui = start.services.has('temporal') && options.durable;
  return {
    databaseUrl,
    temporalAddress: temporal['TEMPORAL_ADDRESS'] ?? '',
    temporalNamespace: temporal['TEMPORAL_NAMESPACE'] ?? '',
    pageUrl: `http://127.0.0.1:${ports.page}`,
    registryUrl: registry,
    temporalUiUrl: ui ? `http://127.0.0.1:${ports.temporalUi}` : undefined,
    signIns,
  };
}

/** Starts a whole system in a data folder; what had started is stopped again when a part fails. */
export async function startInstance(given: InstanceOptions): Promise<Instance> {
  const isTraining = given.mode === 'training' && !process.env['REGISTRY_URL'];
  // The reference registry is a training counterpart; production keeps the manual worklist.
  const programs = given.programs.filter((name) => name !== 'registry' || isTraining);
  const options = { ...given, programs };
  const { dataDir, say, mode } = options;
  await mkdir(dataDir, { recursive: true });
  // Before the ports are chosen: what was left still holds them.
  await endLeftovers(join(dataDir, 'logs'));
  const services = new Map<ServiceName, Supervised>();
  const timed = async <T>(label: string, work: () => Promise<T>): Promise<T> => {
    const startedAt = Date.now();
    const result = await work();
    say(`  ${label}就绪(${((Date.now() - startedAt) / 1000).toFixed(1)} 秒)`);
    return result;
  };
  const stop = async (): Promise<void> => {
    for (const name of [...serviceNames].reverse()) await services.get(name)?.stop();
  };
  try {
    const [ports, secrets, temporalSettings] = await Promise.all([
      chooseInstancePorts(dataDir),
      loadSecrets(dataDir, mode),
      loadTemporalSettings(),
    ]);
    const start: Start = { options, ports, secrets, temporalSettings, services, timed };
    return { ...(await startParts(start)), services, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
