import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import postgres from 'postgres';
import { TAR_FILES_CHANGED, tar } from './archive.ts';
import { findFreePort } from './free-ports.ts';
import { lockInstance } from './instance-lock.ts';
import { findServer, startPostgres, superuserUrl } from './postgres.ts';
import { findPostgresPlace } from './postgres-place.ts';
import { readPostgresPassword, secretsFileName } from './secrets.ts';
import { StartFailure } from './start-failure.ts';

/** Names the layout of a backup file; a reader refuses any other. */
export const backupFormat = 'gongshi-backup-1';

/** What a copy carries beside the database: uploaded files, and the keys of a training instance. */
export const alongside: readonly string[] = ['files', secretsFileName];

/** Files of a running server that a copy must not carry. */
const processFiles = ['postmaster.pid', 'postmaster.opts'];

/** Folders whose content a start makes anew; of the log only the part that the copy needs is kept. */
const transientFolders = [
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
];

/** Copies the data folder of a running server, which goes on working, into a tar file. */
async function copyDatabase(adminUrl: string, dataFolder: string, archive: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  const labels = await mkdtemp(`${archive}-`);
  try {
    // The slot keeps the log from the start of the copy on; it goes when this session ends.
    await sql`select pg_create_physical_replication_slot('gongshi_backup', true, true)`;
    const [begun] = await sql`
      select pg_walfile_name(pg_backup_start('gongshi', true)) as segment`;
    const left = [...processFiles, ...transientFolders.map((folder) => `${folder}/*`)];
    const excludes = left.flatMap((pattern) => ['--exclude', `./${pattern}`]);
    // What changed meanwhile is mended from the log when the copy is first started.
    await tar(['-cf', archive, ...excludes, '-C', dataFolder, '.'], TAR_FILES_CHANGED);
    const [ended] = await sql`
      select labelfile, pg_walfile_name(lsn) as segment from pg_backup_stop(true)`;
    await writeFile(join(labels, 'backup_label'), String(ended?.['labelfile']));
    await tar(['-rf', archive, '-C', labels, './backup_label']);
    const [first, last] = [String(begun?.['segment']), String(ended?.['segment'])];
    const segments = (await readdir(join(dataFolder, 'pg_wal')))
      .filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last)
      .map((name) => `./pg_wal/${name}`);
    // The last segment is still being written, past the point that the copy needs.
    await tar(['-rf', archive, '-C', dataFolder, ...segments], TAR_FILES_CHANGED);
  } finally {
    await sql.end({ timeout: 5 });
    await rm(labels, { recursive: true, force: true });
  }
}

type Reached = { readonly adminUrl: string; readonly release: () => Promise<void> };

/** The running server of this instance, or one started for the copy alone. */
async function reachServer(dataDir: string, dataFolder: string): Promise<Reached> {
  const password = await readPostgresPassword(dataDir);
  const running = await findServer(dataFolder);
  if (running !== undefined) {
    const adminUrl = superuserUrl(running.port, password, 'postgres');
    return { adminUrl, release: async () => {} };
  }
  const unlock = await lockInstance(dataDir);
  const server = await startPostgres({
    folder: dataDir,
    port: await findFreePort(),
    password,
    logFile: join(dataDir, 'logs', 'postgres.log'),
    durable: true,
  });
  const release = async (): Promise<void> => {
    await server.stop();
    await unlock();
  };
  return { adminUrl: server.adminUrl('postgres'), release };
}

/**
 * 备份 — writes one file with the database as of one moment, the uploaded files and the instance's own
 * keys. The system may go on running. Temporal's database is left out: the record arbitrates, and
 * every start brings the open lists' workflows back from it.
 */
export async function writeBackup(dataDir: string, file: string): Promise<void> {
  const { dataFolder } = await findPostgresPlace(dataDir);
  if (!existsSync(dataFolder)) {
    throw new StartFailure(
      '这里还没有内置数据库,没有可备份的内容。(外部数据库请用它自己的备份办法。)',
    );
  }
  const { adminUrl, release } = await reachServer(dataDir, dataFolder);
  const staging = await mkdtemp(join(dataDir, 'backup-'));
  try {
    await copyDatabase(adminUrl, dataFolder, join(staging, 'postgres.tar'));
    const manifest = { format: backupFormat, writtenAt: new Date().toISOString() };
    await writeFile(join(staging, 'manifest.json'), `${JSON.stringify(manifest)}\n`);
    const whole = join(staging, 'whole.tar');
    await tar(['-cf', whole, '-C', staging, 'manifest.json', 'postgres.tar']);
    // Uploaded files never change once written, so copying them after the database is safe.
    const present = alongside.filter((name) => existsSync(join(dataDir, name)));
    if (present.length > 0) {
      await tar(['-rf', whole, '-C', dataDir, ...present], TAR_FILES_CHANGED);
    }
    // The keys are in it, so nobody else may read it.
    const target = createWriteStream(`${file}.part`, { mode: 0o600 });
    await pipeline(createReadStream(whole), createGzip({ level: 6 }), target);
    await rename(`${file}.part`, file);
  } finally {
    await rm(staging, { recursive: true, force: true });
    await release();
  }
}
