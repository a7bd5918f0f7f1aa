/** 逐条办结 — one carry of several households: together on paper, one after another at the registry. */
import { setTimeout as delay } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type EntryRow,
  prepareEntries,
  type SettlePoint,
  settleEntry,
} from '../../activities/registry/entry-journal.ts';
import { createHttpRegistry } from '../../activities/registry/http-adapter.ts';
import { RegistryAnswerUnknown, type RegistryPort } from '../../activities/registry/port.ts';
import { settleEntries } from '../../activities/registry/settle-entries.ts';
import { openDatabase, type RecordDatabase } from '../../db/client.ts';
import { registryEntries } from '../../db/schema/effects.ts';
import type { EntryLogLine } from '../../registry/entry.ts';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';
import {
  loadCounty,
  NOW,
  type RunningRegistry,
  readyHousehold,
  runRegistry,
} from './running-registry.ts';

const SIZE = 4;

let database: TestDatabase;
let record: RecordDatabase;
let registry: RunningRegistry;
let effects = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  record = openDatabase(database.databaseUrl, { max: 5 });
  registry = await runRegistry(database.databaseUrl);
});

afterAll(async () => {
  await registry.stop();
  await record.close();
  await database.drop();
});

beforeEach(async () => {
  await registry.send('DELETE', '/admin/faults');
  await loadCounty(registry);
});

const now = () => NOW;

/** The reference registry; `beforeEntry` is told the how-manieth call it is. */
function port(beforeEntry: (call: number) => Promise<void> = async () => {}): RegistryPort {
  const http = createHttpRegistry({ baseUrl: registry.url, timeoutMs: 2_000 });
  let calls = 0;
  return {
    ...http,
    async enter(entry) {
      calls += 1;
      await beforeEntry(calls);
      return http.enter(entry);
    },
  };
}

/** Four households that may leave, one effect. */
function prepare(): Promise<readonly EntryRow[]> {
  effects += 1;
  const effect = { rosterId: 'list', effectId: `effect-${effects}`, windowId: 'window' };
  const common = { ...effect, adapter: 'http', level: 'county' } as const;
  const people = { operatorId: '录入员', reviewerId: '复核员' };
  const intents = Array.from({ length: SIZE }, (_, index) => ({
    ...common,
    ...people,
    caseId: `case-${effects}-${index}`,
    write: {
      functionKey: 'mark-exit' as const,
      householdNo: readyHousehold(index).householdNo,
      year: 2020,
    },
  }));
  return prepareEntries(record.db, intents, NOW);
}

const rowsOf = async ([first]: readonly EntryRow[]): Promise<readonly EntryRow[]> =>
  record.db
    .select()
    .from(registryEntries)
    .where(eq(registryEntries.effectId, first?.effectId ?? ''))
    .orderBy(registryEntries.caseId);

/** Settles what is left until all have their answers, as retries of the activity do. */
async function settleAll(rows: readonly EntryRow[]): Promise<void> {
  const answers = await settleEntries(record.db, port(), await rowsOf(rows), { now });
  const results = [...answers.values()].map(({ result }) => result);
  expect(results).toEqual(Array.from({ length: SIZE }, () => 'accepted'));
  await expectOneLabelEach();
}

async function expectOneLabelEach(): Promise<void> {
  for (let index = 0; index < SIZE; index += 1) {
    const { householdNo } = readyHousehold(index);
    const { json } = await registry.send('GET', `/entries?household=${householdNo}`);
    const lines = json as EntryLogLine[];
    expect(lines.filter(({ result }) => result === 'accepted')).toHaveLength(1);
  }
}

test('all are accepted, never two calls at once, each on its first attempt', async () => {
  const rows = await prepare();
  let running = 0;
  let most = 0;
  const http = port();
  const watched: RegistryPort = {
    ...http,
    async enter(entry) {
      running += 1;
      most = Math.max(most, running);
      const answer = await http.enter(entry);
      running -= 1;
      return answer;
    },
  };
  await settleEntries(record.db, watched, rows, { now });
  expect(most).toBe(1);
  const after = await rowsOf(rows);
  expect(after.map(({ state, attempts }) => `${state} ${attempts}`)).toEqual(
    Array.from({ length: SIZE }, () => 'accepted 1'),
  );
  await expectOneLabelEach();
});

describe('a death in the middle of a carry leaves one label and one answer each', () => {
  class Died extends Error {}

  test.for([
    ['marked-sent', 1],
    ['called', 1],
    ['called', 3],
    ['recorded', 1],
  ] as const satisfies readonly (readonly [SettlePoint, number])[])(
    'after "%s" number %i',
    async ([point, count]) => {
      const rows = await prepare();
      let reached = 0;
      const dying = settleEntries(record.db, port(), rows, {
        now,
        onPoint: (at) => {
          if (at === point) reached += 1;
          if (at === point && reached === count) throw new Died();
        },
      });
      await expect(dying).rejects.toThrow(Died);
      await settleAll(rows);
    },
  );
});

test('a call without an answer → those before are kept, it is unknown, none after was sent', async () => {
  const rows = await prepare();
  const failing = port(async (call) => {
    if (call === 3) await registry.send('PUT', '/admin/faults', { mode: 'fail-after', count: 1 });
  });
  const settling = settleEntries(record.db, failing, rows, { now });
  await expect(settling).rejects.toThrow(RegistryAnswerUnknown);
  const states = (await rowsOf(rows)).map(({ state }) => state);
  expect(states).toEqual(['accepted', 'accepted', 'unknown', 'sent']);
  await settleAll(rows);
});

test('two callers of one carry → one label each, and the same answers', async () => {
  const rows = await prepare();
  const callers = [1, 2].map(() => settleEntries(record.db, port(), rows, { now }));
  const failed = (await Promise.allSettled(callers)).filter(({ status }) => status === 'rejected');
  expect(failed).toEqual(
    failed.map(() => ({ status: 'rejected', reason: expect.any(RegistryAnswerUnknown) })),
  );
  await settleAll(rows);
});

test('a slow caller whose rest was taken by another sends nothing more of it', async () => {
  const rows = await prepare();
  const last = rows.at(-1);
  const sent: string[] = [];
  const http = port(async (call) => {
    if (call !== 1) return;
    await delay(1_100);
    await settleEntry(record.db, port(), last?.id ?? '', { now });
  });
  const watched: RegistryPort = {
    ...http,
    enter: (entry) => {
      sent.push(entry.id);
      return http.enter(entry);
    },
  };
  await settleEntries(record.db, watched, rows, { now });
  expect(sent).toHaveLength(SIZE - 1);
  expect(sent).not.toContain(last?.id);
  await settleAll(rows);
});
