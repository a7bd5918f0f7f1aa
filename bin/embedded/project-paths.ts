import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's own folder, without a trailing slash. */
export const projectRoot: string = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** 数据文件夹 — everything one instance keeps: `.data`, unless GONGSHI_DATA_DIR names another. */
export function dataFolder(): string {
  return resolve(projectRoot, process.env['GONGSHI_DATA_DIR'] ?? '.data');
}

/**
 * Downloads that every instance of this checkout may share, `.cache` unless GONGSHI_CACHE_DIR names another
 * folder; losing it costs one download.
 */
export function cacheFolder(): string {
  const folder = resolve(projectRoot, process.env['GONGSHI_CACHE_DIR'] ?? '.cache');
  mkdirSync(folder, { recursive: true });
  return folder;
}
