/** 演练数据 — the demo county, loaded once, before anything starts. */
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { businessClock } from '../../db/schema/effects.ts';
import { saveWorld } from '../../db/training/save-world.ts';
import { saveHousehold, saveVillage } from '../../registry/store.ts';
import { createTables } from '../../registry/tables.ts';
import { makeDemoWorld } from './demo-world.ts';

/** Any number; two starts at once must not both load. */
const LOAD_LOCK = 530_627_003;

/** Loads everything in one transaction unless it is there. False when it was. */
export async function loadDemoCounty(databaseUrl: string): Promise<boolean> {
  const plain = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const mapped = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const db = drizzle(mapped);
  try {
    await plain`select pg_advisory_lock(${LOAD_LOCK})`;
    if ((await db.select().from(businessClock)).length > 0) return false;
    const world = makeDemoWorld();
    // The registry's own tables first: were this to die here, the next start loads both again.
    await createTables(plain);
    for (const village of world.villages) await saveVillage(plain, village);
    for (const household of world.households) await saveHousehold(plain, household);
    await db.transaction((tx) => saveWorld(tx, world));
    return true;
  } finally {
    await plain.end({ timeout: 5 });
    await mapped.end({ timeout: 5 });
  }
}
