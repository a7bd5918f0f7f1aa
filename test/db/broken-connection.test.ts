/** A connection breaks while it is held: that is told by a rejection, and nothing of it runs elsewhere. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import postgres, { type ISql, type Sql } from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findOutage } from '../../db/outage.ts';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';

let database: TestDatabase;
let killer: Sql;
let sql: Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  killer = postgres(database.databaseUrl, { max: 1, onnotice: () => {} });
  await killer`create table written (words text)`;
});

beforeEach(() => {
  sql = postgres(database.databaseUrl, { max: 1, backoff: () => 0.01, onnotice: () => {} });
  return async () => {
    await sql.end({ timeout: 1 });
  };
});

afterAll(async () => {
  await killer.end();
  await database.drop();
});

/** What a killed PostgreSQL does to a connection; waits until this side has heard of it. */
async function breakOff(held: ISql): Promise<void> {
  const [row] = await held`select pg_backend_pid() as pid`;
  await killer`select pg_terminate_backend(${row?.['pid']})`;
  await delay(50);
}

const outageOf = (work: Promise<unknown>) =>
  work.then(
    () => 'it went through',
    (error: unknown) => findOutage(error),
  );

async function written(): Promise<readonly unknown[]> {
  return [...(await killer`select words from written`)];
}

test('between two statements of a transaction → all of it is refused, the rest runs nowhere', async () => {
  const work = sql.begin(async (tx) => {
    await tx`insert into written values ('first')`;
    await breakOff(tx);
    // Somebody else is given the place of the broken connection.
    await sql`select 1`;
    await tx`insert into written values ('second')`;
  });
  expect(await outageOf(work)).toBe('away');
  await delay(300);
  expect(await written()).toEqual([]);
});

test('in a statement of a transaction → refused; the pool goes on at once', async () => {
  const [{ pid } = { pid: 0 }] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const work = sql.begin(async (tx) => {
    await tx`insert into written values ('first')`;
    await tx`select pg_sleep(30)`;
  });
  const outage = outageOf(work);
  await delay(100);
  await killer`select pg_terminate_backend(${pid})`;
  expect(await outage).toBe('away');
  expect([...(await sql`select 1 as one`)]).toEqual([{ one: 1 }]);
  expect(await written()).toEqual([]);
});

/** Passes on to the database until the first answer to a signed-in client, then is gone. */
async function breakingDoor(): Promise<number> {
  const { hostname, port } = new URL(database.databaseUrl);
  const door = createServer((client) => {
    const server = connect(Number(port), hostname);
    client.pipe(server);
    server.on('data', (part) => {
      client.write(part);
      // ReadyForQuery ends what the server says after signing in.
      if (part.at(-6) !== 'Z'.charCodeAt(0)) return;
      door.close();
      client.once('data', () => {
        client.destroy();
        server.destroy();
      });
    });
    for (const side of [client, server]) side.on('error', () => {});
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  return (door.address() as AddressInfo).port;
}

test('while a connection is opened → the query is refused, the process lives', async () => {
  const address = new URL(database.databaseUrl);
  address.port = String(await breakingDoor());
  const opened = postgres(address.href, { max: 1, backoff: () => 0.01, onnotice: () => {} });
  expect(await outageOf(opened`select 1`)).toBe('away');
  await opened.end({ timeout: 1 });
});

test('while a connection is reserved → its holder is refused, and gives back nothing twice', async () => {
  const held = await sql.reserve();
  await breakOff(held);
  expect(await outageOf(held`select 1`.execute())).toBe('away');
  held.release();
  const answers = await Promise.all([sql`select 1 as one`, sql`select 2 as one`]);
  expect(answers.flat()).toEqual([{ one: 1 }, { one: 2 }]);
});
