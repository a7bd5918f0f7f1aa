import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { findFreePort } from './free-ports.ts';
import { readLogTail, type ServiceProcess, startService } from './process-group.ts';
import { StartFailure } from './start-failure.ts';
import { findTemporalCli } from './temporal-binaries.ts';
import type { TemporalSettings } from './temporal-settings.ts';

const START_LIMIT_MS = 60_000;
const STOP_GRACE_MS = 15_000;

/** A running Temporal development server. */
export type TemporalServer = {
  readonly address: string;
  /** Address of the Web UI, unless it was left out. */
  readonly uiUrl: string | undefined;
  readonly process: ServiceProcess;
  readonly stop: () => Promise<void>;
};

export type TemporalServerOptions = {
  readonly port: number;
  /** No Web UI without a port. */
  readonly uiPort?: number;
  /** Everything is kept in memory without a file. */
  readonly databaseFile?: string;
  readonly logFile: string;
  readonly settings: TemporalSettings;
  readonly say?: (line: string) => void;
};

async function commandLine(options: TemporalServerOptions): Promise<string[]> {
  const { settings, port, uiPort, databaseFile } = options;
  const flags: Record<string, string> = {
    ip: '127.0.0.1',
    port: String(port),
    'http-port': String(await findFreePort()),
    'metrics-port': String(await findFreePort()),
    namespace: settings.namespace,
    'log-level': 'error',
    ...(databaseFile !== undefined && { 'db-filename': databaseFile }),
    ...(uiPort !== undefined && { 'ui-port': String(uiPort), 'ui-ip': '127.0.0.1' }),
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  for (const [key, value] of Object.entries(settings.embeddedServer)) {
    args.push('--dynamic-config-value', `${key}=${JSON.stringify(value)}`);
  }
  if (uiPort === undefined) args.push('--headless');
  // Measured: 44 Updates/s with these pragmas, 29 with the defaults, 51 in memory.
  const pragmas = databaseFile === undefined ? [] : ['journal_mode=wal', 'synchronous=normal'];
  return [
    'server',
    'start-dev',
    ...args,
    ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma]),
  ];
}

async function answers(address: string, namespace: string): Promise<boolean> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: '2s' });
    await connection.workflowService.describeNamespace({ namespace });
    return true;
  } catch {
    return false; // Whatever it says, it is not ready; the caller's limit ends the waiting.
  } finally {
    await connection?.close();
  }
}

/** Once more: the server also takes ports of its own choosing, which another program may get first. */
const TRIES = 2;

/** Starts the development server that the Temporal CLI carries, and waits until it answers. */
export async function startTemporal(options: TemporalServerOptions): Promise<TemporalServer> {
  const address = `127.0.0.1:${options.port}`;
  const server = await startAnswering(options, address, TRIES);
  return {
    address,
    uiUrl: options.uiPort === undefined ? undefined : `http://127.0.0.1:${options.uiPort}`,
    process: server,
    stop: () => server.stop(STOP_GRACE_MS),
  };
}

async function startAnswering(
  options: TemporalServerOptions,
  address: string,
  tries: number,
): Promise<ServiceProcess> {
  const server = await startService({
    command: await findTemporalCli(options.say),
    args: await commandLine(options),
    logFile: options.logFile,
    // The CLI must not take an address or a key of the user's own cluster from the environment.
    env: Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')),
    ),
    stopSignal: 'SIGTERM',
  });
  const giveUpAt = Date.now() + START_LIMIT_MS;
  // Somebody else's server on the port would answer as well: ours must be there, too.
  while (!(await answers(address, options.settings.namespace)) || !server.isRunning()) {
    const hasEnded = !server.isRunning();
    if (hasEnded || Date.now() > giveUpAt) {
      await server.stop(1_000);
      if (hasEnded && tries > 1) return startAnswering(options, address, tries - 1);
      throw new StartFailure(
        `Temporal 没能启动,日志 ${options.logFile} 的最后几行:\n${await readLogTail(options.logFile)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return server;
}

/** The embedded server's database in the data folder. Losing it loses nothing: the record rules. */
export function temporalDatabaseFile(dataDir: string): string {
  return join(dataDir, 'temporal.db');
}
