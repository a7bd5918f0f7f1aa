import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { cacheFolder, projectRoot } from './project-paths.ts';

const KEPT_BUNDLES = 5;

async function sourceKey(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  hash.update(await readFile(join(projectRoot, 'package-lock.json')));
  for (const folder of ['workflows', 'domain']) {
    const names = await readdir(join(projectRoot, folder), { recursive: true });
    for (const name of names.filter((path) => path.endsWith('.ts')).sort()) {
      hash.update(name).update(await readFile(join(projectRoot, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 20);
}

async function removeOldBundles(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^workflows-\w+\.js$/.test(name));
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  const old = dated.sort((a, b) => b.at - a.at).slice(KEPT_BUNDLES);
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
}

/**
 * Path of the bundled workflow code for the present sources; undefined while there are none. Bundling
 * takes seconds, so a bundle is kept in the cache under the hash of what it was made from.
 */
export async function buildWorkflowBundle(): Promise<string | undefined> {
  const workflowsPath = join(projectRoot, 'workflows', 'index.ts');
  if (!existsSync(workflowsPath)) return undefined;
  const folder = cacheFolder();
  const file = join(folder, `workflows-${await sourceKey()}.js`);
  if (existsSync(file)) return file;
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, code);
  await rename(unfinished, file);
  await removeOldBundles(folder);
  return file;
}
