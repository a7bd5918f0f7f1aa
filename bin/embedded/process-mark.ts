/** 进程标记 — tells a process from a later one that was given the same number. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const HAS_PROC = existsSync('/proc/self/cmdline');

/** A process as a file can name it: its number, and what no later holder of that number shares. */
export type ProcessMark = { readonly pid: number; readonly mark: string };

async function readProc(path: string): Promise<string> {
  return readFile(`/proc/${path}`, 'utf8').catch(() => '');
}

async function askPs(pid: number, columns: string): Promise<string> {
  const ps = spawn('ps', ['-o', columns, '-p', String(pid)]);
  let text = '';
  ps.stdout.on('data', (chunk) => {
    text += String(chunk);
  });
  await once(ps, 'close');
  return text.trim();
}

/** The command line of a living process, or undefined when there is none (or it cannot be seen). */
export async function findProcessCommand(pid: number): Promise<string | undefined> {
  const text = HAS_PROC
    ? (await readProc(`${pid}/cmdline`)).replaceAll('\0', ' ')
    : await askPs(pid, 'command=');
  return text === '' ? undefined : text;
}

/** Fields of /proc/PID/stat after the name, which may itself hold spaces and brackets. */
async function readStat(pid: number): Promise<readonly string[]> {
  const text = await readProc(`${pid}/stat`);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

const PARENT_FIELD = 1;
const STARTED_FIELD = 19;

/**
 * Command line and start of a living process; undefined when there is none. The start matters where
 * numbers are given again in the same order, as at every start of a container.
 */
export async function findProcessMark(pid: number): Promise<string | undefined> {
  const command = await findProcessCommand(pid);
  if (command === undefined) return undefined;
  if (!HAS_PROC) return `${await askPs(pid, 'lstart=')} ${command}`;
  const [boot, stat] = await Promise.all([readProc('sys/kernel/random/boot_id'), readStat(pid)]);
  return `${boot.trim()} ${stat[STARTED_FIELD] ?? ''} ${command}`;
}

/** Whether the marked process still lives. */
export async function isAlive({ pid, mark }: ProcessMark): Promise<boolean> {
  return (await findProcessMark(pid)) === mark;
}

async function findParent(pid: number): Promise<number> {
  return Number(HAS_PROC ? (await readStat(pid))[PARENT_FIELD] : await askPs(pid, 'ppid='));
}

/** npm names its process after what it runs. */
const NPM = /^npm |npm-cli\.js/;

/** npm, the shell that it starts, and one more for wrappers. */
const CLIMB_MAX = 3;

/**
 * 启动者 — npm and the shell between it and us, when `npm start` started us: a person who kills one of
 * them means the whole, but an outright kill reaches us by no signal. None when a service manager or a
 * person started us directly: those may go and leave us running.
 */
export async function findLaunchers(): Promise<readonly ProcessMark[]> {
  if (process.env['npm_lifecycle_event'] !== 'start') return [];
  const launchers: ProcessMark[] = [];
  let pid = process.ppid;
  while (pid > 1 && launchers.length < CLIMB_MAX) {
    const [mark, command] = await Promise.all([findProcessMark(pid), findProcessCommand(pid)]);
    if (mark === undefined || command === undefined) return [];
    launchers.push({ pid, mark });
    if (NPM.test(command)) return launchers;
    pid = await findParent(pid);
  }
  return [];
}
