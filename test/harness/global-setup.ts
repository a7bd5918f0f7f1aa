import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { applyTemporalSettings } from '../../bin/embedded/apply-temporal.ts';
import { findFreePort } from '../../bin/embedded/free-ports.ts';
import { removeWhenGone } from '../../bin/embedded/guard.ts';
import { ensureDatabase, startPostgres } from '../../bin/embedded/postgres.ts';
import { startTemporal } from '../../bin/embedded/temporal-server.ts';
import { loadTemporalSettings } from '../../bin/embedded/temporal-settings.ts';
import { buildWorkflowBundle } from '../../bin/embedded/workflow-bundle.ts';
import { migrateDatabase } from '../../bin/prepare.ts';
import type { TestServices } from './provided.ts';

const TEMPLATE = 'gongshi_template';

type Started = { readonly services: TestServices; readonly stop: () => Promise<void> };

/** The projects of one run share these services; the last one to finish ends them. */
const shared: { started: Promise<Started> | undefined; users: number } = ((
  globalThis as { gongshiTestServices?: typeof shared }
).gongshiTestServices ??= { started: undefined, users: 0 });

async function startTestPostgres(folder: string) {
  const password = randomBytes(16).toString('hex');
  const server = await startPostgres({
    folder,
    port: await findFreePort(),
    password,
    logFile: join(folder, 'postgres.log'),
    durable: false,
  });
  await ensureDatabase(server, TEMPLATE, password);
  await migrateDatabase(server.url(TEMPLATE));
  const sql = postgres(server.adminUrl('postgres'), { max: 1, onnotice: () => {} });
  // A template that somebody is connected to cannot be copied, so nobody may connect any more.
  await sql.unsafe(`alter database ${TEMPLATE} with is_template true allow_connections false`);
  await sql.end({ timeout: 5 });
  return server;
}

async function startTestTemporal(folder: string) {
  const settings = await loadTemporalSettings();
  const server = await startTemporal({
    port: await findFreePort(),
    logFile: join(folder, 'temporal.log'),
    settings,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  const connection = await Connection.connect({ address: server.address });
  await applyTemporalSettings(connection, { ...settings, schedules: [] });
  await connection.close();
  return { server, namespace: settings.namespace };
}

async function startAll(): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 'gongshi-test-'));
  await chmod(folder, 0o711);
  removeWhenGone(folder);
  const parts = await Promise.allSettled([
    startTestPostgres(folder),
    startTestTemporal(folder),
    buildWorkflowBundle(),
  ]);
  const [database, temporal, bundle] = parts;
  const stop = async (): Promise<void> => {
    if (temporal.status === 'fulfilled') await temporal.value.server.stop();
    if (database.status === 'fulfilled') await database.value.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const failure = parts.find((part) => part.status === 'rejected');
  if (
    database.status === 'rejected' ||
    temporal.status === 'rejected' ||
    bundle.status === 'rejected'
  ) {
    await stop();
    throw failure?.reason;
  }
  return {
    services: {
      adminDatabaseUrl: database.value.adminUrl('postgres'),
      templateDatabaseUrl: database.value.url(TEMPLATE),
      temporalAddress: temporal.value.server.address,
      temporalNamespace: temporal.value.namespace,
      workflowBundlePath: bundle.value,
    },
    stop,
  };
}

/** Starts what test files share — once a run, whatever number of projects asks — and ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.users += 1;
  shared.started ??= startAll();
  const { services, stop } = await shared.started;
  project.provide('services', services);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    shared.started = undefined;
    await stop();
  };
}
