/** 正式模式 on the embedded database and engine: what an office starts that has neither of its own. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../bin/embedded/project-paths.ts';
import { killAll, type RunningProduct, startProduct } from '../harness/running-product.ts';

const START_MS_MAX = 300_000;
const key = () => randomBytes(32).toString('hex');

let dataDir = '';
let product: RunningProduct;
let password = '';
const env = {
  DATABASE_URL: '',
  TEMPORAL_ADDRESS: '',
  NODE_ENV: 'production',
  GONGSHI_MODE: 'production',
  GONGSHI_SESSION_SECRET: key(),
  GONGSHI_CHAIN_KEY: key(),
};

async function start(): Promise<void> {
  product = startProduct({ dataDir, env, startMsMax: START_MS_MAX });
  await product.ready();
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gongshi-office-'));
  await chmod(dataDir, 0o711);
  await start();
}, START_MS_MAX);

afterAll(async () => {
  await product.stop();
  await rm(dataDir, { recursive: true, force: true });
}, START_MS_MAX);

async function signIn(): Promise<number> {
  const response = await fetch(`${product.pageUrl()}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-gongshi': '1' },
    body: JSON.stringify({ name: 'zhang.san', password }),
  });
  return response.status;
}

test('it starts its own database and engine, no registry, no demo county, and shows no password', async () => {
  expect(product.said()).toContain('正式模式');
  expect(product.said()).not.toMatch(/演练|登记系统/);
  expect(product.pidOf('postgres')).toBeGreaterThan(0);
  expect(product.pidOf('temporal')).toBeGreaterThan(0);
  const ready = await fetch(`${product.pageUrl()}/readyz`);
  expect(ready.status).toBe(200);
});

test('neither key that seals sessions and events is kept beside the database', async () => {
  const kept = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as object;
  expect(Object.keys(kept)).toEqual(['postgresPassword']);
});

test(
  'the first administrator is made by one command beside the running system',
  async () => {
    const launch = join(projectRoot, 'bin', 'launch.mjs');
    const given = ['--root', '530627', '--root-name', '镇雄县', '--sign-in-name', 'zhang.san'];
    const args = [launch, 'first-administrator', ...given, '--name', '张三'];
    const settings = { ...process.env, ...env, GONGSHI_DATA_DIR: dataDir };
    const child = spawn(process.execPath, args, { cwd: projectRoot, env: settings });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await once(child, 'exit'), said).toEqual([0, null]);
    password = /一次性口令：(\S+)/.exec(said)?.[1] ?? '';
    expect(await signIn()).toBe(200);
  },
  START_MS_MAX,
);

test(
  'every process is killed outright → the next start has everything that was committed',
  async () => {
    killAll(product.family());
    await start();
    expect(await signIn()).toBe(200);
  },
  START_MS_MAX,
);

test(
  'the same folder never starts for training',
  async () => {
    await product.stop();
    const training = { ...env, GONGSHI_MODE: 'training' };
    const other = startProduct({ dataDir, env: training, startMsMax: START_MS_MAX });
    await expect(other.ready()).rejects.toThrow('这是正式数据库');
    await start();
    expect(await signIn()).toBe(200);
  },
  START_MS_MAX,
);
