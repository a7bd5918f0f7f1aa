/** 成品 — `npm start` as a person types it, in a data folder of its own; what it does to processes is real. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceName } from '../../bin/embedded/instance.ts';
import { superuserUrl } from '../../bin/embedded/postgres.ts';
import { projectRoot } from '../../bin/embedded/project-paths.ts';

/** Which data folder, as which user, with which more settings. */
export interface ProductOptions {
  readonly dataDir: string;
  readonly owner?: { readonly uid?: number; readonly gid?: number };
  readonly env?: NodeJS.ProcessEnv;
  /** How long a start may take. */
  readonly startMsMax?: number;
}

/** A product that is starting or runs. */
export interface RunningProduct {
  /** npm itself. */
  readonly npm: ChildProcess;
  readonly dataDir: string;
  /** What it has said so far. */
  readonly said: () => string;
  /** Resolves when it says that it has started. */
  readonly ready: () => Promise<void>;
  readonly pageUrl: () => string;
  readonly databaseUrl: () => string;
  /** Number of a part, as its pid file has it. */
  readonly pidOf: (name: ServiceName) => number;
  /** npm and everything below it, npm first. */
  readonly family: () => readonly number[];
  /** Ctrl-C, and the wait for the end. */
  readonly stop: () => Promise<void>;
}

const START_MS_MAX = 180_000;

export function startProduct(options: ProductOptions): RunningProduct {
  const { dataDir, owner = {}, env = {}, startMsMax = START_MS_MAX } = options;
  const npm = spawn('npm', ['start'], {
    cwd: projectRoot,
    env: { ...process.env, ...env, GONGSHI_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...owner,
  });
  let text = '';
  for (const stream of [npm.stdout, npm.stderr]) {
    stream?.on('data', (part) => {
      text += String(part);
    });
  }
  const json = (name: string) => JSON.parse(readFileSync(join(dataDir, name), 'utf8'));
  const isGone = () => npm.exitCode !== null || npm.signalCode !== null;
  return {
    npm,
    dataDir,
    said: () => text,
    async ready() {
      const until = Date.now() + startMsMax;
      while (!text.includes('公示已启动')) {
        if (isGone() || Date.now() > until) throw new Error(`no start:\n${text}`);
        await delay(50);
      }
    },
    pageUrl: () => `http://127.0.0.1:${json('ports.json').page}`,
    databaseUrl: () =>
      superuserUrl(json('ports.json').postgres, json('secrets.json').postgresPassword, 'gongshi'),
    pidOf: (name) => json(join('logs', `${name}.log.pid`)).pid,
    family: () => familyOf(npm.pid ?? 0),
    async stop() {
      if (isGone()) return;
      const ended = once(npm, 'exit');
      // A terminal tells the whole group; npm alone would wait for a shell that waits for us.
      process.kill(-(npm.pid ?? 0), 'SIGINT');
      await ended;
    },
  };
}

/** A process and everything below it, itself first; Linux only. */
export function familyOf(pid: number): number[] {
  const childrenOf = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const parent = findParent(name);
    if (parent === undefined) continue;
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), Number(name)]);
  }
  const below = (root: number): number[] => [root, ...(childrenOf.get(root) ?? []).flatMap(below)];
  return below(pid);
}

function findParent(pid: string): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // It ended while we looked.
  }
}

/** Ends processes at once; one that is gone already is what was wanted. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
