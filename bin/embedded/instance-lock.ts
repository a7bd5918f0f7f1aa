import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findProcessCommand } from './process-group.ts';
import { StartFailure } from './start-failure.ts';
import { findJson, writeWhole } from './whole-file.ts';

type Lock = { readonly pid: number; readonly command: string };

function lockFile(dataDir: string): string {
  return join(dataDir, 'instance.json');
}

/** The process that uses this data folder, if one is alive; a lock left by a killed one is no lock. */
export async function findRunningInstance(dataDir: string): Promise<number | undefined> {
  const lock = (await findJson(lockFile(dataDir))) as Lock | undefined;
  if (lock === undefined) return undefined;
  const { pid, command } = lock;
  if (pid === process.pid) return undefined;
  return (await findProcessCommand(pid)) === command ? pid : undefined;
}

/** Takes the data folder for this process, or refuses because another one uses it. */
export async function lockInstance(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true });
  const other = await findRunningInstance(dataDir);
  if (other !== undefined) {
    throw new StartFailure(
      `这个文件夹里的公示已经在运行(进程 ${other}),请先停止它。\n` +
        `Already running here as process ${other}: stop it first.`,
    );
  }
  const lock: Lock = {
    pid: process.pid,
    command: (await findProcessCommand(process.pid)) ?? '',
  };
  await writeWhole(lockFile(dataDir), JSON.stringify(lock));
  return () => rm(lockFile(dataDir), { force: true });
}
