import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's own folder, without a trailing slash. */
export const projectRoot: string = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** 数据文件夹 — everything one instance keeps: `.data`, unless GONGSHI_DATA_DIR names another. */
export function dataFolder(): string {
  return resolve(projectRoot, process.env['GONGSHI_DATA_DIR'] ?? '.data');
}

/** Downloads that every instance of this checkout may share; losing it costs one download. */
export function cacheFolder(): string {
  const folder = join(projectRoot, '.cache');
  mkdirSync(folder, { recursive: true });
  return folder;
}
