import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';
import {
  createTestTemporal,
  createTimeSkippingEnvironment,
  type TestTemporal,
} from '../harness/test-temporal.ts';

describe('a test database', () => {
  let first: TestDatabase;
  let second: TestDatabase;
  beforeAll(async () => {
    first = await createTestDatabase();
    second = await createTestDatabase();
  });
  afterAll(async () => {
    await first.drop();
    await second.drop();
  });

  test('is alone: a table made in one is not in the other', async () => {
    const [one, two] = [postgres(first.databaseUrl), postgres(second.databaseUrl)];
    await one`create table only_here (id int)`;
    const found = await two`select 1 from pg_tables where tablename = 'only_here'`;
    expect(found).toHaveLength(0);
    await Promise.all([one.end(), two.end()]);
  });

  test('is not used as a superuser, so grants and owners mean something', async () => {
    const sql = postgres(first.databaseUrl);
    const [role] = await sql`select rolsuper from pg_roles where rolname = current_user`;
    expect(role).toEqual({ rolsuper: false });
    await sql.end();
  });
});

describe('a test Temporal', () => {
  test('its namespace has the search attributes of temporal.yaml', async () => {
    const temporal: TestTemporal = await createTestTemporal();
    const { namespace, client } = temporal;
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({
      namespace,
    });
    expect(Object.keys(customAttributes)).toEqual(
      expect.arrayContaining(['Procedure', 'Step', 'Area', 'DueAt']),
    );
    await temporal.close();
  });

  test('a time-skipping server skips a week at once', async () => {
    const env = await createTimeSkippingEnvironment();
    const before = await env.currentTimeMs();
    await env.sleep('7 days');
    expect((await env.currentTimeMs()) - before).toBeGreaterThanOrEqual(7 * 86_400_000);
    await env.teardown();
  });
});
