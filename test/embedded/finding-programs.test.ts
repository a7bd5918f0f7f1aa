import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chooseInstancePorts } from '../../bin/embedded/free-ports.ts';
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

describe('keys of an instance', () => {
  test('training makes them once and keeps them', async () => {
    const first = await loadSecrets(folder, 'training');
    expect(first.chainKey.length).toBeGreaterThanOrEqual(32);
    expect(await loadSecrets(folder, 'training')).toEqual(first);
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
