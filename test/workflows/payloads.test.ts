import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drainRoster } from '../../activities/drain-roster.ts';
import { encryptingCodec, parsePayloadKeys } from '../../activities/payload-codec.ts';
import { sendCommand } from '../../activities/send-command.ts';
import { tellAllNow } from '../../activities/tell-run.ts';
import { members } from '../../db/schema/households.ts';
import {
  openList,
  type TrainingVillage,
  villageOn,
  voidAssembly,
} from '../activities/training-village.ts';
import { startTestInstance, type TestInstance } from '../harness/test-instance.ts';

const KEYS = `2020:${randomBytes(32).toString('base64')}`;

let instance: TestInstance;
let village: TrainingVillage;
let connection: Connection;

beforeAll(async () => {
  const env = { GONGSHI_PAYLOAD_KEYS: KEYS };
  instance = await startTestInstance({ programs: ['registry', 'worker'], env });
  village = await villageOn(instance.databaseUrl);
  connection = await Connection.connect({ address: instance.temporalAddress });
}, 180_000);

afterAll(async () => {
  await connection?.close();
  await village?.destroy();
  await instance?.destroy();
});

type Payload = Parameters<typeof defaultPayloadConverter.fromPayload>[0];

/** Every payload anywhere in a history. */
function payloadsIn(part: unknown): Payload[] {
  if (typeof part !== 'object' || part === null || part instanceof Uint8Array) return [];
  if ('metadata' in part && 'data' in part && part.data instanceof Uint8Array) {
    return [part as Payload];
  }
  return Object.values(part).flatMap(payloadsIn);
}

test('a command under payload keys is applied; Temporal holds only locked payloads, and inside them neither names nor ID numbers', async () => {
  const codec = encryptingCodec(parsePayloadKeys(KEYS) ?? []);
  const client = new Client({
    connection,
    namespace: instance.temporalNamespace,
    dataConverter: { payloadCodecs: [codec] },
  });
  const { db, clock, clerk } = village;
  const rosterId = await openList(village, 0, 2);
  const body = await voidAssembly(village, rosterId, 'locked');
  const command = { rosterId, actor: clerk, idempotencyKey: 'locked', body };
  const answer = await sendCommand({ db, clock, client }, command, { limitMs: 40_000 });
  expect(answer.kind).toBe('applied');
  await tellAllNow({ client });
  await drainRoster({ client }, { rosterId, procedure: 'household-exit' }, 40_000);

  const history = await client.workflow.getHandle(rosterId).fetchHistory();
  const held = payloadsIn(history);
  const locked = held.filter(
    ({ metadata }) => Buffer.from(metadata?.['key-id'] ?? []).toString() === '2020',
  );
  // Search attributes are Temporal's own index: step, area, procedure and due date, nothing else.
  const open = held.filter((payload) => !locked.includes(payload));
  expect(locked.length).toBeGreaterThan(2);
  const words = open.map((payload) => Buffer.from(payload.data ?? []).toString('utf8'));
  const said = (await codec.decode(locked)).map(
    (payload) => JSON.stringify(defaultPayloadConverter.fromPayload(payload)) ?? '',
  );
  const people = await db.select().from(members);
  expect(people.length).toBeGreaterThan(0);
  const told = [...words, ...said].join('\n');
  expect(told).toContain(rosterId);
  for (const { name, idNumber } of people) {
    expect(told).not.toContain(name);
    expect(told).not.toContain(idNumber);
  }
}, 60_000);
