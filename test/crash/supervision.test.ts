/** `npm start` whose processes are killed outright: it comes back by itself, or at the next start. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { serviceNames } from '../../bin/embedded/instance.ts';
import { findProcessCommand } from '../../bin/embedded/process-mark.ts';
import { TRAINING_PASSWORD } from '../../scenario/default-people.ts';
import { killAll, type RunningProduct, startProduct } from '../harness/running-product.ts';

let dataDir = '';
let product: RunningProduct;
/** Everything that a product of this file ever started. */
const everStarted = new Set<number>();

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gongshi-supervised-'));
  await chmod(dataDir, 0o711);
  product = startProduct({ dataDir });
  await product.ready();
}, 240_000);

afterAll(async () => {
  await product.stop();
  await rm(dataDir, { recursive: true, force: true });
}, 60_000);

function family(): readonly number[] {
  const pids = product.family();
  for (const pid of pids) everStarted.add(pid);
  return pids;
}

async function guards(): Promise<readonly number[]> {
  const commands = family().map(async (pid) => ({ pid, command: await findProcessCommand(pid) }));
  const found = await Promise.all(commands);
  return found.filter(({ command }) => command?.includes('guard.cjs')).map(({ pid }) => pid);
}

async function isUsable(): Promise<boolean> {
  const page = product.pageUrl();
  const body = JSON.stringify({ name: '大田村经办', password: TRAINING_PASSWORD });
  const headers = { 'content-type': 'application/json', 'x-gongshi': '1' };
  const signedIn = await fetch(`${page}/api/v1/session`, { method: 'POST', headers, body }).then(
    ({ status }) => status === 200,
    () => false,
  );
  const ready = await fetch(`${page}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  );
  return signedIn && ready;
}

const PATIENT = { timeout: 60_000, interval: 200 };

async function expectNothingLeft(): Promise<void> {
  const alive = async () => {
    const commands = [...everStarted].map((pid) => findProcessCommand(pid));
    return (await Promise.all(commands)).filter((command) => command !== undefined);
  };
  await expect.poll(alive, PATIENT).toEqual([]);
}

describe('parts are killed outright while it runs', () => {
  test('all six and the guard at one moment → each is started again, said so, and it is usable', async () => {
    const victims = [...serviceNames.map((name) => product.pidOf(name)), ...(await guards())];
    expect(victims).toHaveLength(serviceNames.length + 1);
    killAll(victims);
    await vi.waitUntil(() => serviceNames.every((name) => !victims.includes(product.pidOf(name))), {
      timeout: 60_000,
    });
    await expect.poll(isUsable, PATIENT).toBe(true);
    expect(product.said().match(/意外退出/g)?.length).toBeGreaterThanOrEqual(serviceNames.length);
    await expect.poll(async () => (await guards()).length, PATIENT).toBe(1);
  });
});

describe('the whole is killed outright, then started again', () => {
  test('npm alone → everything ends; a start at that very moment comes up', async () => {
    family();
    product.npm.kill('SIGKILL');
    product = startProduct({ dataDir });
    await product.ready();
    await expectNothingLeft();
    expect(await isUsable()).toBe(true);
  });

  test('every process at one moment → the next start comes up on the same ports', async () => {
    const page = product.pageUrl();
    killAll(family());
    product = startProduct({ dataDir });
    await product.ready();
    expect(product.pageUrl()).toBe(page);
    await expectNothingLeft();
    expect(await isUsable()).toBe(true);
  });

  test('one that runs well is not taken over: a second start is refused and says why', async () => {
    const second = startProduct({ dataDir });
    await expect(second.ready()).rejects.toThrow('已经在运行');
    expect(await isUsable()).toBe(true);
  });
});

test('npm alone is asked to end, as a service manager does → everything ends, nothing is left', async () => {
  family();
  product.npm.kill('SIGTERM');
  await expectNothingLeft();
  expect(await isUsable()).toBe(false);
});
