/** 贫困村退出（出列） in the registry: once, on a poor village, inside its window; by call and by hand. */
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkHandEntry, recordHandEntry } from '../../activities/manual-worklist.ts';
import { getEntry, prepareEntry, settleEntry } from '../../activities/registry/entry-journal.ts';
import { createHttpRegistry } from '../../activities/registry/http-adapter.ts';
import { createManualRegistry } from '../../activities/registry/manual-adapter.ts';
import { isLabelThere, RegistryAnswerUnknown } from '../../activities/registry/port.ts';
import { reconcileRoll } from '../../activities/registry/reconcile-roll.ts';
import { villageReadBack } from '../../activities/registry/village-read-back.ts';
import type { DbOrTx } from '../../db/import/database.ts';
import type { EntryLogLine, RegistryWrite } from '../../registry/entry.ts';
import type { RegistryVillage } from '../../registry/household.ts';
import { parseHouseholdRoll } from '../../registry/roll/parse-roll.ts';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';
import { COUNTY, loadCounty, NOW, type RunningRegistry, runRegistry } from './running-registry.ts';

/** After this a caller who expects silence gives up. */
const SILENT_MS = 1_500;

const [POOR, ORDINARY] = COUNTY.villages.map((village, index) => {
  return { ...village, isPoorVillage: index === 0 };
});
if (POOR === undefined || ORDINARY === undefined) throw new Error('the county has two villages');
const { villageCode } = POOR;

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
  const { households } = COUNTY;
  await registry.send('POST', '/training/load', { villages: [POOR, ORDINARY], households });
});

const PEOPLE = { level: 'county', operatorId: '录入员', reviewerId: '复核员' } as const;

function exitOf(code = villageCode, year = 2020): RegistryWrite {
  return { functionKey: 'mark-village-exit', villageCode: code, year };
}

async function enter(changes: object = {}): Promise<unknown> {
  const body = { write: exitOf(), ...PEOPLE, ...changes };
  return (await registry.send('POST', '/entries', body)).json;
}

async function shown(code = villageCode): Promise<RegistryVillage> {
  return (await registry.send('GET', `/villages/${code}`)).json as RegistryVillage;
}

async function logOf(code = villageCode): Promise<EntryLogLine[]> {
  return (await registry.send('GET', `/entries?household=${code}`)).json as EntryLogLine[];
}

function prepare(adapter: 'http' | 'manual'): Promise<string> {
  effects += 1;
  const caseId = `case-${effects}`;
  const place = { rosterId: 'roster-1', effectId: `effect-${effects}`, windowId: 'window' };
  return prepareEntry(db, { caseId, ...place, adapter, write: exitOf(), ...PEOPLE }, NOW);
}

const now = () => NOW;

describe('标注出列', () => {
  test('a poor village inside the window → its year of 出列, one line in the log', async () => {
    const before = (await registry.send('GET', `/villages/${villageCode}/households`)).json;
    expect(await enter()).toMatchObject({ result: 'accepted', registryNo: villageCode, at: NOW });
    const village = await shown();
    expect(village).toEqual({ ...POOR, details: { ...POOR.details, 出列年度: '2020' } });
    expect(await logOf()).toMatchObject([
      {
        operatorId: '录入员',
        reviewerId: '复核员',
        functionKey: 'mark-village-exit',
        windowId: 'window-mark-village-exit',
        result: 'accepted',
      },
    ]);
    // 出列 says nothing of the households.
    const after = await registry.send('GET', `/villages/${villageCode}/households`);
    expect(after.json).toEqual(before);
  });

  test('the same again → wrong_status, the year stays', async () => {
    await enter();
    expect(await enter({ write: exitOf(villageCode, 2021) })).toMatchObject({
      result: 'refused',
      code: 'wrong_status',
    });
    expect((await shown()).details['出列年度']).toBe('2020');
  });

  test('20 at once → exactly one accepted', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter()));
    const codes = answers.map((answer) => (answer as { code?: string }).code ?? 'accepted').sort();
    expect(codes).toEqual(['accepted', ...Array(19).fill('wrong_status')]);
  });

  test('its window closed, or open to another level → window_closed (G-15), nothing written', async () => {
    expect(await enter({ level: 'township' })).toMatchObject({ code: 'window_closed' });
    const path = '/windows/window-mark-village-exit/close';
    await registry.send('POST', path, { closedBy: '演练' });
    expect(await enter()).toMatchObject({ code: 'window_closed' });
    expect(await shown()).toEqual(POOR);
  });

  test('a village that the registry does not hold → village_unknown', async () => {
    expect(await enter({ write: exitOf('530627901999') })).toMatchObject({
      code: 'village_unknown',
    });
  });

  test('a village that is no 贫困村 → wrong_status', async () => {
    const write = exitOf(ORDINARY.villageCode);
    expect(await enter({ write })).toMatchObject({ code: 'wrong_status' });
  });

  test('operator = reviewer → same_person (G-17); a code that is none → 400 malformed', async () => {
    expect(await enter({ reviewerId: '录入员' })).toMatchObject({ code: 'same_person' });
    const body = { write: exitOf('5306'), ...PEOPLE };
    expect(await registry.send('POST', '/entries', body)).toMatchObject({
      status: 400,
      json: { code: 'malformed' },
    });
  });

  test('the exported roll shows the year, and the comparison finds the label in it', async () => {
    const path = `/villages/${villageCode}/roll.xlsx?year=2020`;
    const held = async () => {
      const response = await fetch(new URL(path, registry.url));
      const reading = await parseHouseholdRoll(Buffer.from(await response.arrayBuffer()));
      expect(reading.errors).toEqual([]);
      const [village] = reading.rows.villages;
      if (village === undefined) throw new Error('the roll shows its village');
      return { ...villageReadBack(village), label: null };
    };
    expect(isLabelThere(exitOf(), await held())).toBe(false);
    await enter();
    expect(isLabelThere(exitOf(), await held())).toBe(true);
    expect(isLabelThere(exitOf(villageCode, 2019), await held())).toBe(false);
  });
});

describe('a reply that is lost leaves one label', () => {
  const settle = (entryId: string, timeoutMs?: number) => {
    const port = createHttpRegistry({
      baseUrl: registry.url,
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
    return settleEntry(db, port, entryId, { now });
  };

  test.for(['hang-after', 'fail-after'] as const)(
    '%s: unknown; the next try reads the village back and sends nothing',
    async (mode) => {
      const entryId = await prepare('http');
      await registry.send('PUT', '/admin/faults', { mode, count: 1 });
      await expect(settle(entryId, SILENT_MS)).rejects.toThrow(RegistryAnswerUnknown);
      expect(await getEntry(db, entryId)).toMatchObject({ state: 'unknown', attempts: 1 });
      const { answer } = await settle(entryId);
      expect(answer).toMatchObject({ result: 'accepted', registryNo: villageCode });
      expect(await logOf()).toHaveLength(1);
    },
  );

  test('fail-before: read back, nothing there, sent again → accepted once', async () => {
    const entryId = await prepare('http');
    await registry.send('PUT', '/admin/faults', { mode: 'fail-before', count: 1 });
    await expect(settle(entryId, SILENT_MS)).rejects.toThrow(RegistryAnswerUnknown);
    expect((await settle(entryId)).answer).toMatchObject({ result: 'accepted' });
    expect((await logOf()).filter(({ result }) => result === 'accepted')).toHaveLength(1);
  });

  test('labelled by somebody else before we ever sent → refused, not taken for ours', async () => {
    await enter({ operatorId: '别人' });
    const { answer } = await settle(await prepare('http'));
    expect(answer).toMatchObject({ result: 'refused', code: 'wrong_status' });
  });
});

describe('by hand', () => {
  const settle = (entryId: string) =>
    settleEntry(db, createManualRegistry({ db }), entryId, { now });
  const outcome = {
    result: 'accepted',
    registryNo: villageCode,
    receiptNo: '第3页',
    enteredAt: NOW,
  } as const;

  test('waits for the operator, then for another person, then → accepted under the code', async () => {
    const entryId = await prepare('manual');
    expect((await settle(entryId)).answer).toEqual({ result: 'waiting', for: 'operator' });
    await recordHandEntry(db, { entryId, operatorId: '录入员', outcome }, NOW);
    expect((await settle(entryId)).answer).toEqual({ result: 'waiting', for: 'reviewer' });
    const looked = { entryId, agrees: true, words: '' };
    expect(await checkHandEntry(db, { ...looked, reviewerId: '录入员' }, NOW)).toMatchObject({
      code: 'same_person',
    });
    expect(await checkHandEntry(db, { ...looked, reviewerId: '复核员' }, NOW)).toEqual({
      ok: true,
    });
    const { answer } = await settle(entryId);
    expect(answer).toMatchObject({ result: 'accepted', registryNo: villageCode });
  });

  test('对账: the roll agrees, does not show it, does not hold it, shows it unasked', async () => {
    const entry = await getEntry(db, await prepare('manual'));
    const done = { ...entry, id: 'done', state: 'accepted' };
    const open = { ...entry, id: 'open', state: 'intent' };
    const left = { ...POOR, details: { ...POOR.details, 出列年度: '2020' } };
    const roll = (villages: readonly RegistryVillage[]) => ({ households: [], villages });
    expect(reconcileRoll(roll([left]), [done])).toMatchObject({ matched: ['done'] });
    expect(reconcileRoll(roll([ORDINARY]), [done])).toMatchObject({ missing: ['done'] });
    expect(reconcileRoll(roll([POOR]), [done, open])).toMatchObject({
      contradicting: [{ entryId: 'done', householdNo: villageCode }],
      open: ['open'],
    });
    expect(reconcileRoll(roll([left]), [open])).toMatchObject({
      contradicting: [{ entryId: 'open' }],
    });
  });
});
