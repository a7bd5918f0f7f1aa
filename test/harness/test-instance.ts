import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, type Ports, portsFileName } from '../../bin/embedded/free-ports.ts';
import { removeWhenGone } from '../../bin/embedded/guard.ts';
import {
  type Instance,
  type ServiceName,
  serviceNames,
  startInstance,
} from '../../bin/embedded/instance.ts';
import type { Supervised } from '../../bin/embedded/supervise.ts';
import { temporalDatabaseFile } from '../../bin/embedded/temporal-server.ts';

export type TestInstanceOptions = {
  /** Own programs to start beside PostgreSQL and Temporal; all of them unless said otherwise. */
  readonly programs?: readonly ServiceName[];
  /** An existing data folder to go on with; a fresh temporary one unless given. */
  readonly dataDir?: string;
  /** More settings for our programs, such as `GONGSHI_FAULTS: '1'`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Bring back what dies, as `npm start` does. False unless said otherwise: outages are the test's. */
  readonly restarts?: boolean;
  /** Sync to disk, as in use. False unless said otherwise. */
  readonly durable?: boolean;
};

/** A whole private system of real processes. */
export type TestInstance = Instance & {
  readonly dataDir: string;
  /** SIGKILL, as a power cut would. It stays down until `start`. */
  readonly kill: (name: ServiceName) => Promise<void>;
  readonly start: (name: ServiceName) => Promise<void>;
  /** SIGTERM and a wait for its end in good order. */
  readonly stopOne: (name: ServiceName) => Promise<void>;
  /** Kills Temporal, deletes its database, starts it again: a new server that knows nothing. */
  readonly wipeTemporal: () => Promise<void>;
  /** Stops everything and removes the data. */
  readonly destroy: () => Promise<void>;
};

async function writePorts(dataDir: string): Promise<void> {
  const ports: Ports = {
    page: await findFreePort(),
    registry: await findFreePort(),
    postgres: await findFreePort(),
    temporal: await findFreePort(),
    temporalUi: await findFreePort(),
  };
  await writeFile(join(dataDir, portsFileName), JSON.stringify(ports));
}

/**
 * Starts a system of its own for one test file, in training mode and in a temporary folder: for tests
 * that kill parts of it, and for those that use it only from outside (scenarios, browser). Takes some
 * 5 s; `destroy()` it in `afterAll`. It ends with the test run in any case.
 */
export async function startTestInstance(options: TestInstanceOptions = {}): Promise<TestInstance> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'gongshi-instance-')));
  await chmod(dataDir, 0o711);
  removeWhenGone(dataDir);
  await writePorts(dataDir);
  const lines: string[] = [];
  const instance = await startInstance({
    dataDir,
    mode: 'training',
    say: (line) => lines.push(line),
    restarts: options.restarts ?? false,
    programs: options.programs ?? serviceNames,
    durable: options.durable ?? false,
    page: false,
    ...(options.env !== undefined && { env: options.env }),
  }).catch((error: unknown) => {
    throw new Error(`the test instance did not start:\n${lines.join('\n')}`, { cause: error });
  });
  const service = (name: ServiceName): Supervised => {
    const found = instance.services.get(name);
    if (found === undefined) throw new Error(`${name} is no part of this instance`);
    return found;
  };
  return {
    ...instance,
    dataDir,
    kill: (name) => service(name).kill(),
    start: (name) => service(name).start(),
    stopOne: (name) => service(name).stop(),
    async wipeTemporal() {
      await service('temporal').kill();
      for (const suffix of ['', '-wal', '-shm']) {
        await rm(`${temporalDatabaseFile(dataDir)}${suffix}`, { force: true });
      }
      await service('temporal').start();
    },
    async destroy() {
      await instance.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
