import { setTimeout as delay } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type EntryIntent,
  findUnsettled,
  getEntry,
  prepareEntry,
  type SettlePoint,
  settleEntry,
} from '../../activities/registry/entry-journal.ts';
import { createHttpRegistry } from '../../activities/registry/http-adapter.ts';
import {
  RegistryAnswerUnknown,
  type RegistryPort,
  RegistryUnavailable,
} from '../../activities/registry/port.ts';
import { findFreePort } from '../../bin/embedded/free-ports.ts';
import type { DbOrTx } from '../../db/import/database.ts';
import type { EntryLogLine, RegistryWrite } from '../../registry/entry.ts';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';
import {
  COUNTY,
  loadCounty,
  NOW,
  type RunningRegistry,
  readyHousehold,
  runRegistry,
} from './running-registry.ts';

const OPERATOR = '录入员';
const REVIEWER = '复核员';
/** Long enough for an answer of a local server, short enough for tests that wait for none. */
/** After this a caller who expects silence gives up; the others wait as long as the product does. */
const SILENT_MS = 1_500;

let database: TestDatabase;
let sql: ReturnType<typeof postgres>;
let db: DbOrTx;
let registry: RunningRegistry;
let effects = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.databaseUrl, { max: 5 });
  db = drizzle(sql);
  registry = await runRegistry(database.databaseUrl);
});

afterAll(async () => {
  await registry.stop();
  await sql.end();
  await database.drop();
});

beforeEach(async () => {
  await registry.send('DELETE', '/admin/faults');
  await loadCounty(registry);
});

const port = () => createHttpRegistry({ baseUrl: registry.url });
const impatient = () => createHttpRegistry({ baseUrl: registry.url, timeoutMs: SILENT_MS });

const now = () => NOW;

function exitOf(index: number): RegistryWrite {
  return { functionKey: 'mark-exit', householdNo: readyHousehold(index).householdNo, year: 2020 };
}

function enrolmentOf(index: number): RegistryWrite {
  const household = COUNTY.applicants[index];
  if (household === undefined) throw new Error('no such applicant');
  return { functionKey: 'enrol-household', household, year: 2020 };
}

function intentOf(write: RegistryWrite): EntryIntent {
  effects += 1;
  return {
    caseId: `case-${effects}`,
    rosterId: 'roster-1',
    effectId: `effect-${effects}`,
    windowId: 'window',
    adapter: 'http',
    write,
    level: 'county',
    operatorId: OPERATOR,
    reviewerId: REVIEWER,
  };
}

const prepare = (write: RegistryWrite) => prepareEntry(db, intentOf(write), NOW);

async function logOf(householdNo: string): Promise<EntryLogLine[]> {
  const { json } = await registry.send('GET', `/entries?household=${householdNo}`);
  return json as EntryLogLine[];
}

async function acceptedCount(householdNo: string): Promise<number> {
  return (await logOf(householdNo)).filter((line) => line.result === 'accepted').length;
}

/** Where nobody listens. */
async function freeUrl(): Promise<string> {
  return `http://127.0.0.1:${await findFreePort()}`;
}

async function logLength(): Promise<number> {
  const { json } = await registry.send('GET', '/entries');
  return (json as EntryLogLine[]).length;
}

class Died extends Error {}

const POINTS: readonly SettlePoint[] = ['read', 'marked-sent', 'called', 'recorded'];

describe('a crash between any two steps leaves one label and one answer', () => {
  for (const [kind, writeOf] of [
    ['exit', exitOf],
    ['enrolment', enrolmentOf],
  ] as const) {
    test.for(POINTS)(
      `${kind}: dying after "%s", then again after each point of the retry`,
      async (point) => {
        const entryId = await prepare(writeOf(0));
        const dieAt = (deadly: SettlePoint) =>
          settleEntry(db, port(), entryId, {
            now,
            onPoint: (reached) => {
              if (reached === deadly) throw new Died();
            },
          });
        await expect(dieAt(point)).rejects.toThrow(Died);
        for (const second of ['read', 'read-back', 'marked-sent', 'called'] as const) {
          await dieAt(second).catch((error: unknown) => {
            if (!(error instanceof Died)) throw error;
          });
        }
        const { answer } = await settleEntry(db, port(), entryId, { now });
        if (answer.result !== 'accepted') throw new Error(`not accepted: ${answer.result}`);
        expect(await acceptedCount(answer.registryNo)).toBe(1);
        expect(await getEntry(db, entryId)).toMatchObject({
          state: 'accepted',
          registryNo: answer.registryNo,
          receiptNo: (await logOf(answer.registryNo)).find((line) => line.result === 'accepted')
            ?.receiptNo,
        });
      },
    );
  }
});

describe('an answer that does not come', () => {
  test.for(['hang-after', 'fail-after'] as const)(
    '%s: the row becomes unknown; the next try reads back and sends nothing',
    async (mode) => {
      const entryId = await prepare(exitOf(0));
      await registry.send('PUT', '/admin/faults', { mode, count: 1 });
      await expect(settleEntry(db, impatient(), entryId, { now })).rejects.toThrow(
        RegistryAnswerUnknown,
      );
      expect(await getEntry(db, entryId)).toMatchObject({ state: 'unknown', attempts: 1 });
      const { answer } = await settleEntry(db, port(), entryId, { now });
      expect(answer).toMatchObject({ result: 'accepted' });
      expect(await logOf(readyHousehold(0).householdNo)).toHaveLength(1);
    },
  );

  test.for(['hang-before', 'fail-before'] as const)(
    '%s: read back, nothing there, sent again → accepted once',
    async (mode) => {
      const entryId = await prepare(exitOf(0));
      await registry.send('PUT', '/admin/faults', { mode, count: 2 });
      for (const _try of [1, 2]) {
        await expect(settleEntry(db, impatient(), entryId, { now })).rejects.toThrow(
          RegistryAnswerUnknown,
        );
      }
      const { answer } = await settleEntry(db, port(), entryId, { now });
      expect(answer).toMatchObject({ result: 'accepted' });
      expect(await getEntry(db, entryId)).toMatchObject({ state: 'accepted', attempts: 3 });
      expect(await acceptedCount(readyHousehold(0).householdNo)).toBe(1);
    },
  );

  test.for([
    ['exit', exitOf],
    ['enrolment', enrolmentOf],
  ] as const)(
    '%s: the given-up request lands after the read-back → accepted once, not refused',
    async ([, writeOf]) => {
      const entryId = await prepare(writeOf(1));
      await registry.send('PUT', '/admin/faults', {
        mode: 'late',
        count: 1,
        delayMs: SILENT_MS + 300,
      });
      await expect(settleEntry(db, impatient(), entryId, { now })).rejects.toThrow(
        RegistryAnswerUnknown,
      );
      // The retry sends when its read-back found nothing; the first request overtakes it here.
      let overtaken = false;
      const fast = port();
      const slow: RegistryPort = {
        ...fast,
        enter: async (entry) => {
          while ((await logLength()) === 0) await delay(20);
          overtaken = true;
          return fast.enter(entry);
        },
      };
      const { answer } = await settleEntry(db, slow, entryId, { now });
      expect(overtaken).toBe(true);
      if (answer.result !== 'accepted') throw new Error(`not accepted: ${answer.result}`);
      expect(await acceptedCount(answer.registryNo)).toBe(1);
    },
  );

  test('the registry is down → RegistryUnavailable; up again → accepted once', async () => {
    const entryId = await prepare(exitOf(0));
    const nobody = createHttpRegistry({ baseUrl: await freeUrl(), timeoutMs: SILENT_MS });
    await expect(settleEntry(db, nobody, entryId, { now })).rejects.toThrow(RegistryUnavailable);
    expect((await findUnsettled(db)).map((row) => row.id)).toContain(entryId);
    const { answer } = await settleEntry(db, port(), entryId, { now });
    expect(answer).toMatchObject({ result: 'accepted' });
    expect((await findUnsettled(db)).map((row) => row.id)).not.toContain(entryId);
  });
});

describe('duplicates', () => {
  test('10 callers settle one entry at once → one label, and everyone ends with it', async () => {
    const entryId = await prepare(exitOf(2));
    const until = async () => {
      for (;;) {
        try {
          return (await settleEntry(db, port(), entryId, { now })).answer;
        } catch (error) {
          if (!(error instanceof RegistryAnswerUnknown)) throw error;
        }
      }
    };
    const answers = await Promise.all(Array.from({ length: 10 }, until));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ result: 'accepted' });
    expect(await acceptedCount(readyHousehold(2).householdNo)).toBe(1);
  });

  test('one case and effect → one row, however often it is prepared', async () => {
    const intent = intentOf(exitOf(3));
    const ids = await Promise.all(Array.from({ length: 8 }, () => prepareEntry(db, intent, NOW)));
    expect(new Set(ids).size).toBe(1);
  });

  test('the same effect with another write → a bug, not a second row', async () => {
    const intent = intentOf(exitOf(3));
    await prepareEntry(db, intent, NOW);
    await expect(prepareEntry(db, { ...intent, write: exitOf(4) }, NOW)).rejects.toThrow(
      'invariant',
    );
  });

  test('a settled entry is answered from its row, without the registry', async () => {
    const entryId = await prepare(exitOf(4));
    const first = await settleEntry(db, port(), entryId, { now });
    const nobody = createHttpRegistry({ baseUrl: await freeUrl() });
    expect(await settleEntry(db, nobody, entryId, { now })).toEqual(first);
  });
});

describe('refusals are answers and final', () => {
  test('a closed window → refused with code and words in the row (G-15)', async () => {
    await registry.send('POST', '/windows/window-mark-exit/close', { closedBy: '演练' });
    const entryId = await prepare(exitOf(5));
    const { answer } = await settleEntry(db, port(), entryId, { now });
    expect(answer).toMatchObject({ result: 'refused', code: 'window_closed' });
    expect(await getEntry(db, entryId)).toMatchObject({
      state: 'refused',
      refusalCode: 'window_closed',
      refusalWords: expect.stringContaining('功能未对本地区'),
    });
  });

  test('a household exited before we ever sent → wrong_status, not taken for our label', async () => {
    await settleEntry(db, port(), await prepare(exitOf(6)), { now });
    const { answer } = await settleEntry(db, port(), await prepare(exitOf(6)), { now });
    expect(answer).toMatchObject({ result: 'refused', code: 'wrong_status' });
  });

  test("another operator's label after ours got lost → labelled_by_other, for people to look at", async () => {
    const entryId = await prepare(exitOf(7));
    await registry.send('PUT', '/admin/faults', { mode: 'fail-before', count: 1 });
    await expect(settleEntry(db, impatient(), entryId, { now })).rejects.toThrow(
      RegistryAnswerUnknown,
    );
    await registry.send('POST', '/entries', {
      write: exitOf(7),
      level: 'county',
      operatorId: '别人',
      reviewerId: REVIEWER,
    });
    const { answer } = await settleEntry(db, port(), entryId, { now });
    expect(answer).toMatchObject({ result: 'refused', code: 'labelled_by_other' });
  });

  test('an operator who reviews himself is never prepared (G-17)', async () => {
    const intent = { ...intentOf(exitOf(8)), reviewerId: OPERATOR };
    await expect(prepareEntry(db, intent, NOW)).rejects.toThrow('G-17');
  });
});
