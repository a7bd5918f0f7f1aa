import { Client, Connection } from '@temporalio/client';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandServices, sendCommand } from '../../activities/send-command.ts';
import { insertCommand } from '../../db/record/submit-command.ts';
import { events } from '../../db/schema/record.ts';
import {
  openList,
  type TrainingVillage,
  villageOn,
  voidAssembly,
} from '../activities/training-village.ts';
import { startTestInstance, type TestInstance } from '../harness/test-instance.ts';

let instance: TestInstance;
let village: TrainingVillage;
let connection: Connection;

beforeAll(async () => {
  instance = await startTestInstance({ programs: ['registry', 'worker'] });
  village = await villageOn(instance.databaseUrl);
  connection = await Connection.connect({ address: instance.temporalAddress });
});

afterAll(async () => {
  await connection.close();
  await village.destroy();
  await instance.destroy();
});

function services(): CommandServices {
  const { db, clock } = village;
  return { db, clock, client: new Client({ connection, namespace: instance.temporalNamespace }) };
}

async function send(
  given: CommandServices,
  rosterId: string,
  idempotencyKey: string,
  limitMs: number,
) {
  const body = await voidAssembly(village, rosterId, idempotencyKey);
  const command = { rosterId, actor: village.clerk, idempotencyKey, body };
  return sendCommand(given, command, { limitMs });
}

const countEvents = async (rosterId: string) =>
  (await village.db.select().from(events).where(eq(events.rosterId, rosterId))).length;

const keys = (name: string) => Array.from({ length: 10 }, (_, index) => `${name}-${index}`);

test('the worker is killed under commands → in force without it, each once', async () => {
  const rosterId = await openList(village, 0, 1);
  const given = services();
  await send(given, rosterId, 'before', 90_000);
  const sent = Promise.all(keys('killed').map((key) => send(given, rosterId, key, 90_000)));
  await instance.kill('worker');
  expect((await sent).map((answer) => answer.kind)).toEqual(Array(10).fill('applied'));
  expect(await countEvents(rosterId)).toBe(12);
  await instance.start('worker');
});

test('the worker is killed while it judges what the sweep found → judged once when it is back', async () => {
  const rosterId = await openList(village, 3, 1);
  const body = await voidAssembly(village, rosterId, 'swept');
  const receivedAt = await village.clock.now();
  const row = { rosterId, actor: village.clerk, idempotencyKey: 'swept', body, receivedAt };
  await village.sql.begin(async (tx) => {
    await tx`select 1 from rosters where id = ${rosterId} for update`;
    await insertCommand(village.db, row);
    const isJudging = async () => {
      const rows = await village.sql`
        select 1 from pg_stat_activity where wait_event_type = 'Lock' and query ~ 'rosters'`;
      return rows.length > 0;
    };
    await expect.poll(isJudging).toBe(true);
    await instance.kill('worker');
  });
  await instance.start('worker');
  await expect.poll(() => countEvents(rosterId)).toBe(2);
});

test('Temporal loses its data → lists carry on from the record', async () => {
  const rosterId = await openList(village, 1, 1);
  await send(services(), rosterId, 'known', 90_000);
  await instance.wipeTemporal();
  await instance.stopOne('worker');
  await instance.start('worker');
  const answer = await send(services(), rosterId, 'unknown', 90_000);
  expect(answer).toMatchObject({ kind: 'applied', outcome: { fromSeq: 3, toSeq: 3 } });
});

test('PostgreSQL is killed and comes back → a kept command is judged once', async () => {
  const rosterId = await openList(village, 2, 1);
  const given = services();
  await send(given, rosterId, 'first', 90_000);
  await instance.kill('postgres');
  await expect(send(given, rosterId, 'away', 1_000)).rejects.toThrow('Failed query');
  await instance.start('postgres');
  const kept = () => send(given, rosterId, 'away', 90_000).catch(() => undefined);
  await expect.poll(kept, { timeout: 60_000 }).toMatchObject({ kind: 'applied' });
  expect(await countEvents(rosterId)).toBe(3);
});
