/** 端口预留 — copies of this system on one machine tell one another which ports they are about to use. */
import { rmSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProcessMark, isAlive, type ProcessMark } from './process-mark.ts';
import { findJson } from './whole-file.ts';

const ours = new Set<number>();

function fileOf(port: number): string {
  return join(tmpdir(), 'gongshi-ports', String(port));
}

/** As /tmp itself: everybody may add, and take away what is his own. */
async function ensureFolder(): Promise<void> {
  const folder = join(tmpdir(), 'gongshi-ports');
  if ((await mkdir(folder, { recursive: true })) !== undefined) await chmod(folder, 0o1777);
}

/**
 * Keeps a port for this process as long as it lives; false when another living copy has it. Where the
 * note cannot be written nothing is kept, and the port is taken to be free.
 */
export async function reservePort(port: number): Promise<boolean> {
  if (ours.has(port)) return true;
  const note = JSON.stringify({ pid: process.pid, mark: await findProcessMark(process.pid) });
  const file = fileOf(port);
  try {
    await ensureFolder();
    const other = (await findJson(file)) as ProcessMark | undefined;
    if (other !== undefined && (await isAlive(other))) return false;
    await rm(file, { force: true });
    await writeFile(file, note, { flag: 'wx' });
  } catch (error) {
    // Two at one moment: the other one was quicker.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    return true;
  }
  if (ours.size === 0) process.once('exit', forgetPorts);
  ours.add(port);
  return true;
}

function forgetPorts(): void {
  for (const port of ours) rmSync(fileOf(port), { force: true });
}
