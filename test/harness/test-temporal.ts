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
 * Connects a test file to the run's Temporal server, in real time and with its own task queue. Ask for
 * `ownNamespace` (some 300 ms more) when the test lists workflows, wipes them, or uses schedules.
 */
export async function createTestTemporal(
  options: { readonly ownNamespace?: boolean } = {},
): Promise<TestTemporal> {
  const { temporalAddress: address, temporalNamespace } = inject('services');
  const ownName = `test-${randomUUID()}`;
  const namespace = options.ownNamespace === true ? ownName : temporalNamespace;
  const clientConnection = await Connection.connect({ address });
  if (options.ownNamespace === true) {
    const settings = await loadTemporalSettings();
    await applyTemporalSettings(clientConnection, { ...settings, schedules: [] }, namespace);
  }
  const connection = await NativeConnection.connect({ address });
  const taskQueue = `rosters-${ownName}`;
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
