import { verify } from '@node-rs/argon2';
import { count } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepare } from '../../bin/prepare.ts';
import { openDatabase, type RecordDatabase } from '../../db/client.ts';
import { databaseClock } from '../../db/clock.ts';
import { loadActor } from '../../db/record/load-actor.ts';
import { packConfirmations } from '../../db/schema/effects.ts';
import { households, registrySnapshots } from '../../db/schema/households.ts';
import { organisations, users } from '../../db/schema/organisation.ts';
import { plainDateAt } from '../../domain/time/instant.ts';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';

let database: TestDatabase;
let record: RecordDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  record = openDatabase(database.databaseUrl);
});

afterAll(async () => {
  await record.close();
  await database.drop();
});

const start = () => prepare({ databaseUrl: database.databaseUrl, mode: 'training', dataDir: '' });

async function countRows() {
  const { db } = record;
  const tables = [organisations, users, households, registrySnapshots, packConfirmations];
  return Promise.all(
    tables.map(async (table) => (await db.select({ n: count() }).from(table))[0]?.n),
  );
}

test('a training start loads the county once; a second start changes nothing', async () => {
  const { signIns } = await start();
  const rows = await countRows();
  expect(rows.slice(0, 4)).toEqual([15, 76, 304, 288]);
  expect(rows[4]).toBeGreaterThan(20);
  expect(await start()).toEqual({ signIns });
  expect(await countRows()).toEqual(rows);
});

test('every sign-in shown works, and its duty is held at an organisation of the tree', async () => {
  const { signIns } = await start();
  const stored = await record.db.select().from(users);
  expect(signIns.length).toBeGreaterThan(15);
  for (const { name } of signIns) {
    const user = stored.find((row) => row.signInName === name);
    const actor = await loadActor(record.db, user?.id ?? '');
    expect(actor?.duties).toHaveLength(1);
  }
  const [first] = signIns;
  const user = stored.find((row) => row.signInName === first?.name);
  expect(await verify(user?.passwordHash ?? '', first?.password ?? '')).toBe(true);
});

test('the training clock stands on the first of September 2020', async () => {
  expect(plainDateAt(await databaseClock(record.db).now())).toBe('2020-09-01');
});

test('production gets no demo data', async () => {
  const other = await createTestDatabase();
  const { signIns } = await prepare({
    databaseUrl: other.databaseUrl,
    mode: 'production',
    dataDir: '',
  });
  const { db, close } = openDatabase(other.databaseUrl);
  expect(signIns).toEqual([]);
  expect(await db.select().from(users)).toEqual([]);
  await close();
  await other.drop();
});
