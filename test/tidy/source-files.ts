import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../bin/embedded/project-paths.ts';

/** Folders with code of ours. */
export const codeFolders = [
  'activities',
  'api',
  'bench',
  'bin',
  'db',
  'domain',
  'policies',
  'registry',
  'scenario',
  'test',
  'web',
  'workflows',
] as const;

export type SourceFile = { readonly path: string; readonly text: string };

const notOurs = /(^|\/)(node_modules|dist|generated|migrations|histories)\//;

/** The TypeScript of one folder, paths from the project's root. Empty where there is no folder. */
export async function readSources(folder: string): Promise<SourceFile[]> {
  const names = await readdir(join(projectRoot, folder), { recursive: true }).catch(() => []);
  const paths = names
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.(tsx?|mjs|cjs)$/.test(path) && !notOurs.test(path))
    .sort();
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(projectRoot, path), 'utf8') })),
  );
}
