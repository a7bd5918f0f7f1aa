/** 正式模式 on a PostgreSQL and a Temporal that were there before: what an office really starts. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { projectRoot } from '../../bin/embedded/project-paths.ts';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';

const START_MS_MAX = 300_000;
const key = () => randomBytes(32).toString('hex');
const launch = join(projectRoot, 'bin', 'launch.mjs');

let database: TestDatabase;
let dataDir = '';
let settings: NodeJS.ProcessEnv = {};

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** A command of the product, as an operator types it. */
function run(args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [launch, ...args], { cwd: projectRoot, env });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'exit').then(
    ([code]): Ended => ({ code: code as number | null, said }),
  );
  return { child, said: () => said, ended };
}

beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'gongshi-production-'));
  await chmod(dataDir, 0o711);
  const { temporalAddress, temporalNamespace } = inject('services');
  const { GONGSHI_CHAIN_KEY: _chain, GONGSHI_SESSION_SECRET: _session, ...inherited } = process.env;
  settings = {
    ...inherited,
    NODE_ENV: 'production',
    GONGSHI_MODE: 'production',
    GONGSHI_DATA_DIR: dataDir,
    GONGSHI_TRUST_PROXY: 'loopback',
    DATABASE_URL: database.databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: temporalNamespace,
  };
});

afterAll(async () => {
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true });
});

describe('production refuses to start', () => {
  const double = key();
  const cases: readonly (readonly [string, NodeJS.ProcessEnv, string])[] = [
    ['without keys', {}, 'GONGSHI_SESSION_SECRET、GONGSHI_CHAIN_KEY'],
    [
      'with a short one',
      { GONGSHI_SESSION_SECRET: key(), GONGSHI_CHAIN_KEY: 'k' },
      'GONGSHI_CHAIN_KEY',
    ],
    [
      'with one key twice',
      { GONGSHI_SESSION_SECRET: double, GONGSHI_CHAIN_KEY: double },
      '两把密钥相同',
    ],
  ];

  test.for(cases)(
    '%s → one message that says how to make them',
    { timeout: START_MS_MAX },
    async ([, keys, words]) => {
      const { code, said } = await run(['start'], { ...settings, ...keys }).ended;
      expect(code).toBe(1);
      expect(said).toContain(words);
      expect(said).toContain('randomBytes(32)');
      expect(said).not.toContain('    at ');
    },
  );
});

describe('production on a given PostgreSQL and Temporal', () => {
  let system: ReturnType<typeof run> | undefined;
  let url = '';
  let password = '';

  beforeAll(async () => {
    const keys = { GONGSHI_SESSION_SECRET: key(), GONGSHI_CHAIN_KEY: key() };
    system = run(['start'], { ...settings, ...keys });
    const { said } = system;
    const isUp = () => said().includes('公示已启动');
    await vi.waitUntil(isUp, { timeout: START_MS_MAX, interval: 200 });
    url = /网页\s+(http:\S+)/.exec(said())?.[1] ?? '';
  }, START_MS_MAX);

  afterAll(async () => {
    await stop(system?.child);
  }, START_MS_MAX);

  async function call(method: string, path: string, body?: unknown, cookie = '') {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-gongshi': 'test', cookie },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie();
    return {
      status: response.status,
      json: (await response.json()) as Record<string, unknown>,
      set,
    };
  }

  test('starts neither database nor engine nor registry of its own, and shows no password', async () => {
    // Said last: the record is asked first whether there is an administrator.
    await expect.poll(() => system?.said()).toContain('npm run first-administrator');
    expect(system?.said()).not.toMatch(/演练用户|登记系统|流程监视/);
    const logs = await readdir(join(dataDir, 'logs'));
    const started = logs.filter((name) => name.endsWith('.log')).sort();
    expect(started).toEqual(['api.log', 'reconciler.log', 'worker.log']);
  });

  test('nobody can sign in, the training password opens nothing', async () => {
    const training = { name: '镇雄县管理员', password: 'yanlian2020' };
    expect(await call('POST', '/session', training)).toMatchObject({ status: 401 });
  });

  test(
    'the first administrator is made by one command, once',
    async () => {
      const given = ['--root', '530627', '--root-name', '镇雄县', '--sign-in-name', 'zhang.san'];
      const appoint = () =>
        run(['first-administrator', ...given, '--name', '张三'], settings).ended;
      const first = await appoint();
      expect(first, first.said).toMatchObject({ code: 0 });
      password = /一次性口令：(\S+)/.exec(first.said)?.[1] ?? '';
      const second = await appoint();
      expect(second.code).toBe(1);
      expect(second.said).toContain('系统已有管理员（张三）');
      const wrong = await run(['first-administrator', '--root', '53062700'], settings).ended;
      expect(wrong).toMatchObject({ code: 1 });
      expect(wrong.said).toContain('用法');
    },
    START_MS_MAX,
  );

  test('he changes his password, makes people, and moves no time; the clock is the real one', async () => {
    const signedIn = await call('POST', '/session', { name: 'zhang.san', password });
    expect(signedIn.json).toMatchObject({ mustChangePassword: true });
    const cookie = signedIn.set[0]?.split(';')[0] ?? '';
    const change = { old: password, new: 'words of my own' };
    expect((await call('PUT', '/session/password', change, cookie)).status).toBe(200);
    const clock = await call('GET', '/clock', undefined, cookie);
    expect(clock.json).toMatchObject({ training: false });
    expect(Math.abs(Number(clock.json['now']) - Date.now())).toBeLessThan(60_000);
    const move = { to: 'days', days: 1 };
    expect(await call('POST', '/clock/advance', move, cookie)).toMatchObject({
      status: 409,
      json: { code: 'TRAINING-ONLY' },
    });
    const { json } = await call('GET', '/administration/organisations', undefined, cookie);
    expect(json['items']).toMatchObject([{ code: '530627', name: '镇雄县', parentCode: null }]);
  });

  /** As a proxy that ends TLS asks; fetch would not send such a header's cookie rules. */
  function signInThrough(proto: string): Promise<readonly string[]> {
    const body = JSON.stringify({ name: 'zhang.san', password: 'words of my own' });
    const headers = { 'content-type': 'application/json', 'x-forwarded-proto': proto };
    return new Promise((resolve, reject) => {
      const asked = request(`${url}/api/v1/session`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.headers['set-cookie'] ?? []);
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }

  test('behind a trusted proxy that ends TLS the cookie is Secure; over plain http it is not', async () => {
    const [secure = ''] = await signInThrough('https');
    expect(secure).toMatch(/; Secure/);
    expect(secure).toMatch(/; HttpOnly; SameSite=Strict|; HttpOnly.*; SameSite=Strict/);
    expect((await signInThrough('http'))[0]).not.toMatch(/; Secure/);
  });

  test(
    'the same database never starts for training',
    async () => {
      const other = await mkdtemp(join(tmpdir(), 'gongshi-training-'));
      const env = { ...settings, GONGSHI_MODE: 'training', GONGSHI_DATA_DIR: other };
      const { code, said } = await run(['start'], env).ended;
      expect(code).toBe(1);
      expect(said).toContain('这是正式数据库');
      await rm(other, { recursive: true, force: true });
    },
    START_MS_MAX,
  );
});

async function stop(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
