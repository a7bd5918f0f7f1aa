import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { DEMO_COUNTY, makeDemoCounty } from '../registry/demo/demo-county.ts';
import { projectRoot } from './embedded/project-paths.ts';
import { StartFailure } from './embedded/start-failure.ts';
import { makeDemoUsers, TRAINING_PASSWORD } from './training/demo-users.ts';
import {
  demoOrganisations,
  loadDemoCounty,
  trainingDepartments,
} from './training/load-demo-county.ts';

/** 演练模式 or 正式模式: training has demo data and a clock that can be moved, production neither. */
export type Mode = 'training' | 'production';

export type SignIn = { readonly name: string; readonly password: string; readonly words: string };

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
 * county, once. Returns the demo sign-ins (none in production).
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
  return { signIns: trainingSignIns() };
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

/** One village, its township and everybody of the county: enough to walk a list from end to end. */
function trainingSignIns(): SignIn[] {
  const county = makeDemoCounty(DEMO_COUNTY);
  const places = demoOrganisations(county);
  const village = places.find((place) => place.level === 'village');
  const shown = places.filter((place) => {
    const isChosen = place.code === village?.code || place.code === village?.parentCode;
    return isChosen || place.code === county.countyCode;
  });
  const departments = trainingDepartments();
  return makeDemoUsers(shown.reverse(), county.countyCode, departments).map(
    ({ signInName, words }) => ({ name: signInName, password: TRAINING_PASSWORD, words }),
  );
}
