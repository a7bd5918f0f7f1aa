import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeBackup } from '../../bin/embedded/backup.ts';
import { restoreBackup } from '../../bin/embedded/restore.ts';
import { startTestInstance, type TestInstance } from '../harness/test-instance.ts';

async function query(databaseUrl: string, text: string): Promise<unknown[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end({ timeout: 5 });
  }
}

describe('an instance of real processes', () => {
  let instance: TestInstance;
  beforeAll(async () => {
    instance = await startTestInstance({ programs: [] });
    await query(instance.databaseUrl, 'create table kept (words text)');
  });
  afterAll(() => instance?.destroy());

  test('what was committed outlives a killed PostgreSQL', async () => {
    await query(instance.databaseUrl, `insert into kept values ('公示')`);
    await instance.kill('postgres');
    await expect(query(instance.databaseUrl, 'select 1')).rejects.toThrow('ECONNREFUSED');
    await instance.start('postgres');
    expect(await query(instance.databaseUrl, 'select words from kept')).toEqual([
      { words: '公示' },
    ]);
  });

  test('a wiped Temporal comes back with its namespace and search attributes', async () => {
    await instance.wipeTemporal();
    const connection = await Connection.connect({ address: instance.temporalAddress });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace: instance.temporalNamespace,
    });
    expect(Object.keys(customAttributes)).toContain('Procedure');
    await connection.close();
  });
});

describe('backup and restore (备份、恢复)', () => {
  let source: TestInstance;
  let restored: TestInstance | undefined;
  let file = '';
  beforeAll(async () => {
    source = await startTestInstance({ programs: [] });
    file = join(source.dataDir, 'copy.tar.gz');
    await mkdir(join(source.dataDir, 'files'));
    await writeFile(join(source.dataDir, 'files', 'photo'), '照片');
    await query(source.databaseUrl, 'create table roll as select generate_series(1, 50000) as n');
  });
  afterAll(async () => {
    await restored?.destroy();
    await source?.destroy();
  });

  test('a running system that is written to meanwhile → one consistent file', async () => {
    const copying = writeBackup(source.dataDir, file);
    for (let round = 1; round <= 20; round++) {
      await query(source.databaseUrl, `insert into roll select generate_series(1, 1000)`);
    }
    await copying;
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  test('restored into a fresh folder → the rows, the files, and whole transactions only', async () => {
    const dataDir = join(source.dataDir, 'fresh');
    await restoreBackup(dataDir, file);
    expect(await readFile(join(dataDir, 'files', 'photo'), 'utf8')).toBe('照片');
    restored = await startTestInstance({ programs: [], dataDir });
    const [row] = await query(restored.databaseUrl, 'select count(*)::int as n from roll');
    const { n } = row as { n: number };
    expect(n).toBeGreaterThanOrEqual(50_000);
    expect(n % 1000).toBe(0);
  });

  test('a restore over an existing database → refused, nothing changed', async () => {
    await expect(restoreBackup(source.dataDir, file)).rejects.toThrow('这里已经有数据库');
    const [row] = await query(source.databaseUrl, 'select count(*)::int as n from roll');
    expect(row).toEqual({ n: 70_000 });
  });

  test('a file that is no backup → refused, no database left behind', async () => {
    const dataDir = join(source.dataDir, 'broken');
    const wrong = join(source.dataDir, 'wrong.tar.gz');
    await writeFile(wrong, 'not a backup');
    await expect(restoreBackup(dataDir, wrong)).rejects.toThrow('不是公示的备份文件');
    expect(await readdir(dataDir)).toEqual([]);
  });
});
