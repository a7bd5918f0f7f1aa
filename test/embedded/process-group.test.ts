import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  endLeftovers,
  type ServiceProcess,
  startService,
} from '../../bin/embedded/process-group.ts';
import { findProcessCommand } from '../../bin/embedded/process-mark.ts';
import { projectRoot } from '../../bin/embedded/project-paths.ts';
import { supervise } from '../../bin/embedded/supervise.ts';

/** What a process does at its end is waited for, however busy the machine. */
const PATIENT = { timeout: 30_000, interval: 50 };

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongshi-group-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function startIdle(name: string): Promise<ServiceProcess> {
  return startService({
    command: process.execPath,
    args: ['-e', `setInterval(() => {}, 1000); '${name}'`],
    logFile: join(folder, `${name}.log`),
    stopSignal: 'SIGTERM',
  });
}

describe('services end with us', () => {
  test('the parent is killed outright → its service ends too and its temporary folder goes', async () => {
    const script = fileURLToPath(new URL('./fixtures/service-owner.ts', import.meta.url));
    const temporary = await mkdtemp(join(folder, 'owned-'));
    const args = ['--import', 'tsx', script, join(folder, 'owned.log'), temporary];
    const owner = spawn(process.execPath, args, {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(owner.stdout, 'data');
    const pid = Number(String(line));
    expect(await findProcessCommand(pid)).toContain('setInterval');
    owner.kill('SIGKILL');
    await vi.waitFor(async () => expect(await findProcessCommand(pid)).toBeUndefined(), PATIENT);
    await vi.waitFor(() => expect(existsSync(temporary)).toBe(false), PATIENT);
  });

  test('what a former run left → ended by its pid file at the next start', async () => {
    const service = await startIdle('left');
    await endLeftovers(folder);
    await service.exited;
    expect(service.isRunning()).toBe(false);
  });
});

describe('supervision', () => {
  test('a service that dies is started again and said so; after stop it stays down', async () => {
    const lines: string[] = [];
    const supervised = await supervise({
      label: '办理程序',
      launch: () => startIdle('supervised'),
      stopGraceMs: 2_000,
      restarts: true,
      say: (line) => lines.push(line),
    });
    const first = supervised.process().pid;
    await supervised.kill();
    await vi.waitFor(() => expect(supervised.process().pid).not.toBe(first), PATIENT);
    await vi.waitFor(() => expect(lines.at(-1)).toBe('办理程序已重新启动'), PATIENT);
    await supervised.stop();
    expect(supervised.process().isRunning()).toBe(false);
    expect(lines).toHaveLength(2);
  });
});
