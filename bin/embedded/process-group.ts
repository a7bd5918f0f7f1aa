import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { endWithUs } from './guard.ts';
import { findProcessMark, isAlive } from './process-mark.ts';
import { findJson, writeWhole } from './whole-file.ts';

const LOG_BYTES_MAX = 20_000_000;
const LEFTOVER_GRACE_MS = 10_000;

/** One service of the instance: a process that leads its own process group. */
export type ServiceProcess = {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Resolves when the process is gone, for whatever reason. */
  readonly exited: Promise<void>;
  readonly isRunning: () => boolean;
  /** Asks it to end and insists after `graceMs`. Resolves when it is gone. */
  readonly stop: (graceMs: number) => Promise<void>;
};

export type ServiceCommand = {
  readonly command: string;
  readonly args: readonly string[];
  /** Output is appended here; the file is set aside when it has grown too large. */
  readonly logFile: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** The signal that asks this program to end in good order. */
  readonly stopSignal: NodeJS.Signals;
  readonly withChannel?: boolean;
};

function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > LOG_BYTES_MAX) renameSync(file, `${file}.old`);
  return openSync(file, 'a', 0o640);
}

type PidFile = {
  readonly pid: number;
  readonly mark?: string;
  readonly stopSignal: NodeJS.Signals;
};

/**
 * Ends the services that a former run left in case its guard was killed too: two servers on one
 * database would destroy it. Services are known by the pid files beside their logs.
 */
export async function endLeftovers(logFolder: string): Promise<void> {
  const names = await readdir(logFolder).catch(() => []);
  const files = names.filter((file) => file.endsWith('.pid'));
  await Promise.all(
    files.map(async (name) => {
      // A file that a crash cut short names no process that we could know again.
      const left = (await findJson(join(logFolder, name))) as PidFile | undefined;
      if (left !== undefined) await endLeftover(left);
    }),
  );
}

async function endLeftover({ pid, mark, stopSignal }: PidFile): Promise<void> {
  const isLeft = async (): Promise<boolean> => mark !== undefined && isAlive({ pid, mark });
  if (!(await isLeft())) return;
  process.kill(pid, stopSignal);
  const insistAt = Date.now() + LEFTOVER_GRACE_MS;
  while (await isLeft()) {
    if (Date.now() > insistAt) killGroup(pid);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Starts a service in a process group of its own, so that Ctrl-C in the terminal reaches only us and
 * the order of stopping is ours. It ends with us even when we are killed.
 */
export async function startService(service: ServiceCommand): Promise<ServiceProcess> {
  const log = openLog(service.logFile);
  const options: SpawnOptions = {
    detached: true,
    stdio: service.withChannel ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    env: service.env ?? process.env,
    ...(service.cwd === undefined ? {} : { cwd: service.cwd }),
    ...service.owner,
  };
  const child = spawn(service.command, service.args, options);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    await once(child, 'spawn');
  } finally {
    closeSync(log);
  }
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${service.command} did not start`);
  const { logFile, stopSignal } = service;
  const forget = endWithUs(pid, stopSignal);
  void exited.then(forget);
  const mark = await findProcessMark(pid);
  await writeWhole(`${logFile}.pid`, JSON.stringify({ pid, mark, stopSignal }));
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    child,
    pid,
    exited,
    isRunning,
    async stop(graceMs) {
      if (!isRunning()) return;
      child.kill(service.stopSignal);
      const insist = setTimeout(() => killGroup(pid), graceMs);
      await exited;
      clearTimeout(insist);
    },
  };
}

/** Ends a whole process group at once. A group that is gone already is what we want. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The end of a log, for a person who must see why a service did not start. */
export async function readLogTail(file: string, lines = 15): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
