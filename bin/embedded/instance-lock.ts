import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findLaunchers, findProcessMark, isAlive, type ProcessMark } from './process-mark.ts';
import { StartFailure } from './start-failure.ts';
import { findJson, writeWhole } from './whole-file.ts';

/** 占用 — who uses a data folder. */
type Lock = ProcessMark & {
  /** npm and its shell: when one of them was killed, the instance ends by itself in a moment. */
  readonly launchers?: readonly ProcessMark[];
  readonly isEnding?: boolean;
};

/** Longer than an instance takes to end in good order. */
const END_MS_MAX = 90_000;

/** Two starts at one moment both see the lock of a dead one; the later to write it wins. */
const SETTLE_MS = 100;

function lockFile(dataDir: string): string {
  return join(dataDir, 'instance.json');
}

async function findLock(dataDir: string): Promise<Lock | undefined> {
  const lock = (await findJson(lockFile(dataDir))) as Lock | undefined;
  if (lock === undefined || lock.pid === process.pid) return undefined;
  return (await isAlive(lock)) ? lock : undefined;
}

/** The process that uses this data folder, if one is alive; a lock left by a killed one is no lock. */
export async function findRunningInstance(dataDir: string): Promise<number | undefined> {
  return (await findLock(dataDir))?.pid;
}

async function isAbandoned({ launchers = [] }: Lock): Promise<boolean> {
  const living = await Promise.all(launchers.map(isAlive));
  return living.includes(false);
}

/** Waits for one that ends, or whose npm was killed outright: that one is asked to end, too. */
async function awaitEnd(lock: Lock): Promise<void> {
  const insistAt = Date.now() + END_MS_MAX;
  if (lock.isEnding !== true) process.kill(lock.pid, 'SIGTERM');
  while (await isAlive(lock)) {
    // Its guard ends what it had started.
    if (Date.now() > insistAt) process.kill(lock.pid, 'SIGKILL');
    await delay(100);
  }
}

/** Takes the data folder for this process, or refuses because another one uses it. */
export async function lockInstance(
  dataDir: string,
  say: (line: string) => void = () => {},
): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true });
  const other = await findLock(dataDir);
  if (other !== undefined) {
    if (other.isEnding !== true && !(await isAbandoned(other))) throw isRunningAs(other.pid);
    say(`上一次运行(进程 ${other.pid})还在结束,请稍候……`);
    await awaitEnd(other);
  }
  const mark = (await findProcessMark(process.pid)) ?? '';
  const lock: Lock = { pid: process.pid, mark, launchers: await findLaunchers() };
  await rm(lockFile(dataDir), { force: true });
  await writeFile(lockFile(dataDir), JSON.stringify(lock), { flag: 'wx' }).catch(allowExisting);
  await delay(SETTLE_MS);
  const kept = (await findJson(lockFile(dataDir))) as Lock | undefined;
  if (kept?.pid !== process.pid) throw isRunningAs(kept?.pid ?? 0);
  return () => rm(lockFile(dataDir), { force: true });
}

/** Another start was quicker: what stands in the file then says so. */
function allowExisting(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}

/** Says that this process ends: whoever starts now waits instead of being refused. */
export async function noteEnding(dataDir: string): Promise<void> {
  const lock = JSON.parse(await readFile(lockFile(dataDir), 'utf8')) as Lock;
  await writeWhole(lockFile(dataDir), JSON.stringify({ ...lock, isEnding: true }));
}

function isRunningAs(pid: number): StartFailure {
  return new StartFailure(
    `这个文件夹里的公示已经在运行(进程 ${pid}),请先停止它。\n` +
      `Already running here as process ${pid}: stop it first.`,
  );
}
