import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type WorkerOptions,
} from '@temporalio/worker';
import { inject } from 'vitest';
import { applyTemporalSettings } from '../../bin/embedded/apply-temporal.ts';
import { findTemporalTestServer } from '../../bin/embedded/temporal-binaries.ts';
import { loadTemporalSettings } from '../../bin/embedded/temporal-settings.ts';
import './provided.ts';

Runtime.install({ logger: new DefaultLogger('ERROR') });

/** Path of the workflow bundle that the global setup built once. */
export function workflowBundlePath(): string {
  const { workflowBundlePath: path } = inject('services');
  if (path === undefined)
    throw new Error('workflows/index.ts does not exist, so there is no bundle');
  return path;
}

type WorkerParts = Omit<
  WorkerOptions,
  'connection' | 'namespace' | 'taskQueue' | 'workflowsPath' | 'workflowBundle'
>;

/** A corner of the run's Temporal dev server for one test file. */
export type TestTemporal = {
  readonly address: string;
  readonly namespace: string;
  /** Used by nobody else. */
  readonly taskQueue: string;
  readonly client: Client;
  readonly connection: NativeConnection;
  /** A worker on this task queue with the shared bundle; the caller runs it and shuts it down. */
  readonly createWorker: (parts: WorkerParts) => Promise<Worker>;
  readonly close: () => Promise<void>;
};

/**
 * Connects a test file to the run's Temporal server, in real time, with a namespace of its own: lists and
 * counties have the same ids in every file, and a run of another file's would wait for that file's worker.
 */
export async function createTestTemporal(): Promise<TestTemporal> {
  const { temporalAddress: address } = inject('services');
  const namespace = `test-${randomUUID()}`;
  const clientConnection = await Connection.connect({ address });
  const settings = await loadTemporalSettings();
  await applyTemporalSettings(clientConnection, { ...settings, schedules: [] }, namespace);
  const connection = await NativeConnection.connect({ address });
  const taskQueue = `rosters-${namespace}`;
  return {
    address,
    namespace,
    taskQueue,
    client: new Client({ connection: clientConnection, namespace }),
    connection,
    createWorker: (parts) =>
      Worker.create({
        ...parts,
        connection,
        namespace,
        taskQueue,
        workflowBundle: { codePath: workflowBundlePath() },
      }),
    async close() {
      await connection.close();
      await clientConnection.close();
    },
  };
}

/**
 * A time-skipping server for one test file: skipped time is global to it, so never share one between
 * files. It has no schedules, no search attributes and no namespaces. End it with `teardown()`.
 */
export async function createTimeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  const path = await findTemporalTestServer();
  return TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
}
