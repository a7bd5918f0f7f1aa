/**
 * `npm run histories:record [label]` — walks every path on a Temporal server of its own and keeps its
 * history in test/replay/histories. Only adds: a kept history stands for lists that are open
 * somewhere, so none is ever replaced. With a label all paths are recorded once more beside the old.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { applyTemporalSettings } from '../../bin/embedded/apply-temporal.ts';
import { findFreePort } from '../../bin/embedded/free-ports.ts';
import { startTemporal } from '../../bin/embedded/temporal-server.ts';
import { loadTemporalSettings } from '../../bin/embedded/temporal-settings.ts';
import { buildWorkflowBundle } from '../../bin/embedded/workflow-bundle.ts';
import { invariant } from '../../domain/invariant.ts';
import { ListWalk } from '../domain/kernel/list-walk.ts';
import { trainingPlan } from '../policies/training-plan.ts';
import { PaperRun } from './paper-run.ts';
import { RECORDED_PATHS, type RecordedPath } from './paths.ts';

/** In place of process and machine names, which would otherwise stand in every event. */
const IDENTITY = 'recorder';

const START = '2020-09-20 09:00';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'histories');

Runtime.install({ logger: new DefaultLogger('WARN') });

interface Server {
  readonly client: Client;
  readonly connection: NativeConnection;
  readonly codePath: string;
  readonly namespace: string;
}

async function recordPath(server: Server, { procedure, path, live }: RecordedPath, file: string) {
  const { client, connection, codePath, namespace } = server;
  const rosterId = `${procedure}-${path}`;
  const taskQueue = `queue-${rosterId}`;
  const walk = new ListWalk(trainingPlan('zhenxiong-2020', procedure), START);
  const run = new PaperRun(rosterId, walk, { client, taskQueue });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    identity: IDENTITY,
    workflowBundle: { codePath },
    activities: run.activities,
  });
  const handle = client.workflow.getHandle(rosterId);
  const history = await worker.runUntil(async () => {
    await run.drain();
    await live(run);
    if (walk.step === 'closed') await handle.result();
    return handle.fetchHistory();
  });
  await writeFile(file, `${historyToJSON(history)}\n`, { flag: 'wx' });
  process.stdout.write(`recorded ${rosterId}: ${history.events?.length ?? 0} events\n`);
}

async function recordMissing(wanted: readonly { path: RecordedPath; file: string }[]) {
  const logFolder = await mkdtemp(join(tmpdir(), 'gongshi-record-'));
  const settings = await loadTemporalSettings();
  const logFile = join(logFolder, 'temporal.log');
  const temporal = await startTemporal({ port: await findFreePort(), logFile, settings });
  try {
    const { address } = temporal;
    const { namespace } = settings;
    const clientConnection = await Connection.connect({ address });
    await applyTemporalSettings(clientConnection, { ...settings, schedules: [] });
    const connection = await NativeConnection.connect({ address });
    const codePath = await buildWorkflowBundle();
    invariant(codePath !== undefined, 'there is workflow code');
    const client = new Client({ connection: clientConnection, namespace, identity: IDENTITY });
    for (const { path, file } of wanted) {
      await recordPath({ client, connection, codePath, namespace }, path, file);
    }
    await connection.close();
    await clientConnection.close();
  } finally {
    await temporal.stop();
    await rm(logFolder, { recursive: true, force: true });
  }
}

const label = process.argv[2];
const wanted = RECORDED_PATHS.map((path) => {
  const name = [path.procedure, path.path, label, 'json'].filter((part) => part !== undefined);
  return { path, file: join(folder, name.join('.')) };
}).filter(({ file }) => !existsSync(file));
await mkdir(folder, { recursive: true });
if (wanted.length === 0) process.stdout.write('every path has its history; nothing recorded\n');
else await recordMissing(wanted);
