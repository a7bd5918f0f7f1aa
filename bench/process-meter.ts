/** 进程用量 — processor time and memory of a process and its children, from Linux's /proc. */
import { readFile } from 'node:fs/promises';

/** Clock ticks a second in /proc: USER_HZ, the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Milliseconds of processor time, user and system, of a process and of all below it, ended ones too. */
export async function processorMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The program's name, in parentheses, may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map(Number);
  const own = ((user + system + endedUser + endedSystem) * 1000) / TICKS_PER_SECOND;
  const below = await Promise.all((await childrenOf(pid)).map(processorMs));
  return below.reduce((a, b) => a + b, own);
}

/** Proportional set size of a process and its children, bytes: shared pages are counted once. */
export async function residentBytes(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const own = Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) * 1024;
  const below = await Promise.all((await childrenOf(pid)).map(residentBytes));
  return below.reduce((a, b) => a + b, own);
}

async function childrenOf(pid: number): Promise<number[]> {
  const tasks = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return tasks.trim().split(' ').filter(Boolean).map(Number);
}
