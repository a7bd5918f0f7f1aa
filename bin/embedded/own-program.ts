import { join } from 'node:path';
import { readLogTail, type ServiceProcess, startService } from './process-group.ts';
import { projectRoot } from './project-paths.ts';
import { StartFailure } from './start-failure.ts';

const READY_LIMIT_MS = 60_000;

const LIGHT_THREADS = './bin/embedded/light-workflow-threads.mjs';

/** One of our own long-running programs: a file of bin/ that keeps the contract of children. */
export type OwnProgram = {
  /** Name of the file in bin/, without its ending. */
  readonly file: string;
  readonly label: string;
  readonly logFile: string;
  /** Runs workflows: their threads are made light first. */
  readonly runsWorkflows?: boolean;
  /** All its settings. */
  readonly env: Readonly<Record<string, string>>;
};

/** What a child reports over its channel when it can be used. */
export type ReadyMessage = { readonly type: 'ready'; readonly url?: string };

function isReady(message: unknown): message is ReadyMessage {
  return typeof message === 'object' && message !== null && 'type' in message
    ? message.type === 'ready'
    : false;
}

/**
 * Starts one of our programs and waits until it reports `{ type: 'ready' }` over the channel. It must
 * end on SIGTERM. Its output goes to its log.
 */
export async function startOwnProgram(program: OwnProgram): Promise<ServiceProcess> {
  const preloaded = program.runsWorkflows ? ['--import', LIGHT_THREADS] : [];
  const service = await startService({
    command: process.execPath,
    args: [
      '--enable-source-maps',
      ...preloaded,
      '--import',
      'tsx',
      join('bin', `${program.file}.ts`),
    ],
    cwd: projectRoot,
    logFile: program.logFile,
    env: { ...process.env, ...program.env },
    stopSignal: 'SIGTERM',
    withChannel: true,
  });
  let limit: NodeJS.Timeout | undefined;
  const ready = new Promise<'ready'>((resolve) => {
    service.child.on('message', (message) => {
      if (isReady(message)) resolve('ready');
    });
  });
  const tooLate = new Promise<'late'>((resolve) => {
    limit = setTimeout(() => resolve('late'), READY_LIMIT_MS);
  });
  const outcome = await Promise.race([ready, tooLate, service.exited]);
  clearTimeout(limit);
  if (outcome === 'ready') return service;
  await service.stop(1_000);
  throw new StartFailure(
    `${program.label}没能启动,日志 ${program.logFile} 的最后几行:\n${await readLogTail(program.logFile)}`,
  );
}
