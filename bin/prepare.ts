import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import type { SignIn } from '../scenario/sign-ins.ts';
import { projectRoot } from './embedded/project-paths.ts';
import { StartFailure } from './embedded/start-failure.ts';
import { loadDemoCounty } from './training/load-demo-county.ts';
import { readSignIns } from './training/read-sign-ins.ts';

/** 演练模式 or 正式模式: training has demo data and a clock that can be moved, production neither. */
export type Mode = 'training' | 'production';

/** Brings the database's tables up to date. One transaction: a killed run leaves nothing half done. */
export async function migrateDatabase(databaseUrl: string): Promise<void> {
  const migrationsFolder = join(projectRoot, 'db', 'migrations');
  if (!existsSync(join(migrationsFolder, 'meta', '_journal.json'))) return;
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await migrate(drizzle(sql), { migrationsFolder });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * Makes the database ready before any service of ours starts: tables, and in training mode the demo
 * county, once. Returns the training sign-ins (none in production).
 */
export async function prepare({
  databaseUrl,
  mode,
}: {
  databaseUrl: string;
  mode: Mode;
  dataDir: string;
}): Promise<{ signIns: SignIn[] }> {
  await migrateDatabase(databaseUrl);
  await refuseOtherMode(databaseUrl, mode);
  if (mode === 'production') return { signIns: [] };
  await loadDemoCounty(databaseUrl);
  return { signIns: await readSignIns(databaseUrl) };
}

/**
 * A database keeps the mode it began in: real lists must not get invented households and a movable
 * clock, and a training county must not pass for a real one.
 */
async function refuseOtherMode(databaseUrl: string, mode: Mode): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql<{ training: boolean; used: boolean }[]>`
      select exists (select from business_clock) as training,
        exists (select from organisations) as used`;
    const isTraining = row?.training === true;
    if (mode === 'production' && isTraining) {
      throw new StartFailure('这是演练数据库，正式模式不能使用；请换一个空的数据库或数据文件夹。');
    }
    if (mode === 'training' && !isTraining && row?.used === true) {
      throw new StartFailure(
        '这是正式数据库，不能以演练模式启动；请设置 GONGSHI_MODE=production。',
      );
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
}
