/** What was noted while administration and launches had a store each is found after the upgrade. */
import { readFile } from 'node:fs/promises';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { contentHash } from '../../db/record/hash-chain.ts';
import { findKeyedRequest } from '../../db/record/keyed-requests.ts';
import { createTestDatabase } from '../harness/test-database.ts';

const MIGRATION = '0013_one_store_of_requests.sql';
const MIGRATIONS = new URL('../../db/migrations/', import.meta.url);

test('an account asked for before the upgrade is not made again after it', async () => {
  const database = await createTestDatabase();
  const sql = postgres(database.databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const db = drizzle(sql);
    const asked = {
      userId: 'admin',
      what: 'account',
      idempotencyKey: 'k1',
      body: { name: '王五' },
    };
    await sql`create schema earlier`;
    await sql`set search_path to earlier`;
    for (const file of ['0002_administration.sql', '0006_pending_and_keyed.sql']) {
      for (const statement of await statementsOf(file, /"(creations|keyed_requests)" \(/)) {
        await sql.unsafe(statement);
      }
    }
    // The id that the store of the time gave to this request.
    const id = '1a32139d-3e2d-5b53-aa85-f0825613603d';
    const hash = contentHash(asked.body);
    await sql`insert into creations (id, body_hash, subject_id) values (${id}, ${hash}, 'user-1')`;
    for (const statement of await statementsOf(MIGRATION, /./)) await sql.unsafe(statement);
    expect(await findKeyedRequest(db, asked)).toEqual({ kind: 'done', result: 'user-1' });
    const other = { ...asked, body: { name: '赵六' } };
    expect(await findKeyedRequest(db, other)).toEqual({ kind: 'conflict' });
  } finally {
    await sql.end();
    await database.drop();
  }
});

async function statementsOf(file: string, wanted: RegExp): Promise<readonly string[]> {
  const text = await readFile(new URL(file, MIGRATIONS), 'utf8');
  return text.split('--> statement-breakpoint').filter((statement) => wanted.test(statement));
}
