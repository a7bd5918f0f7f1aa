import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from './project-paths.ts';
import { StartFailure } from './start-failure.ts';

async function newestChange(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sources = names.filter((name) => !/^dist(\.part)?(\/|$)/.test(name));
  const times = sources.map(async (name) => (await stat(join(folder, name))).mtimeMs);
  return Math.max(0, ...(await Promise.all(times)));
}

/** Builds the web page when there is none or its sources changed since. Nothing without a page. */
export async function buildWebPage(say: (line: string) => void): Promise<void> {
  const web = join(projectRoot, 'web');
  if (!existsSync(join(web, 'index.html'))) return;
  const built = join(web, 'dist', 'index.html');
  if (existsSync(built)) {
    const changes = [newestChange(web), newestChange(join(projectRoot, 'domain'))];
    const newest = Math.max(...(await Promise.all(changes)));
    if ((await stat(built)).mtimeMs >= newest) return;
  }
  say('正在生成网页……');
  const vite = join(
    dirname(createRequire(import.meta.url).resolve('vite/package.json')),
    'bin',
    'vite.js',
  );
  // Made beside and renamed: what a kill cut short must not pass for a built page.
  const place = ['--outDir', 'dist.part', '--emptyOutDir'];
  const args = [vite, 'build', 'web', ...place, '--logLevel', 'error'];
  try {
    await promisify(execFile)(process.execPath, args, { cwd: projectRoot });
    await rm(join(web, 'dist'), { recursive: true, force: true });
    await rename(join(web, 'dist.part'), join(web, 'dist'));
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new StartFailure(`网页没能生成:\n${stdout}${stderr}`);
  }
}
