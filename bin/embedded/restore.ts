import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { tar } from './archive.ts';
import { alongside, backupFormat } from './backup.ts';
import { findFreePort } from './free-ports.ts';
import { lockInstance } from './instance-lock.ts';
import { startPostgres } from './postgres.ts';
import { findPostgresPlace } from './postgres-place.ts';
import { readPostgresPassword } from './secrets.ts';
import { StartFailure } from './start-failure.ts';
import { temporalDatabaseFile } from './temporal-server.ts';

async function unpack(file: string, staging: string): Promise<void> {
  const damaged = new StartFailure(`这不是公示的备份文件,或文件已损坏:${file}`);
  const whole = join(staging, 'whole.tar');
  try {
    await pipeline(createReadStream(file), createGunzip(), createWriteStream(whole));
    await tar(['-xf', whole, '--no-same-owner', '-C', staging]);
    const manifest: unknown = JSON.parse(await readFile(join(staging, 'manifest.json'), 'utf8'));
    if ((manifest as { format?: unknown }).format !== backupFormat) throw damaged;
  } catch (cause) {
    throw cause === damaged ? damaged : Object.assign(damaged, { cause });
  }
}

/** Starts the copy once, which brings it to the moment at which the copying ended. */
async function finishCopy(dataDir: string): Promise<void> {
  const server = await startPostgres({
    folder: dataDir,
    port: await findFreePort(),
    password: await readPostgresPassword(dataDir),
    logFile: join(dataDir, 'logs', 'postgres.log'),
    durable: true,
  });
  await server.stop();
}

/**
 * 恢复 — makes an instance from a backup file, in a data folder that has no database yet. Temporal's
 * database starts empty: the next start brings every open list's workflow back from the record.
 */
export async function restoreBackup(dataDir: string, file: string): Promise<void> {
  if (!existsSync(file)) throw new StartFailure(`找不到备份文件:${file}`);
  const unlock = await lockInstance(dataDir);
  const staging = await mkdtemp(join(dataDir, 'restore-'));
  try {
    const { dataFolder, owner } = await findPostgresPlace(dataDir);
    if (existsSync(dataFolder)) {
      throw new StartFailure(
        '这里已经有数据库,恢复会覆盖它。请先备份,再执行 npm run reset 清空,然后重试。',
      );
    }
    await unpack(file, staging);
    const unfinished = `${dataFolder}.new`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    await tar(['-xf', join(staging, 'postgres.tar'), '--no-same-owner', '-C', unfinished]);
    if (owner !== undefined) {
      await promisify(execFile)('chown', ['-R', `${owner.uid}:${owner.gid}`, unfinished]);
    }
    for (const name of alongside.filter((path) => existsSync(join(staging, path)))) {
      await rm(join(dataDir, name), { recursive: true, force: true });
      await rename(join(staging, name), join(dataDir, name));
    }
    for (const suffix of ['', '-wal', '-shm']) {
      await rm(`${temporalDatabaseFile(dataDir)}${suffix}`, { force: true });
    }
    await rename(unfinished, dataFolder);
    await finishCopy(dataDir);
  } finally {
    await rm(staging, { recursive: true, force: true });
    await unlock();
  }
}
