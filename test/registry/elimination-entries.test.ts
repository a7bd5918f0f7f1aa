/** 风险消除、回退、清退 at the reference registry: labels on an episode, each once, nothing deleted, shown in the roll. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isLabelThere } from '../../activities/registry/port.ts';
import type { MonitoringEpisode } from '../../domain/facts/monitoring.ts';
import { plainDate } from '../../domain/time/instant.ts';
import { RegistryEntryBodyJson } from '../../registry/entry-json.ts';
import { RegistryHouseholdJson } from '../../registry/household-json.ts';
import { parseHouseholdRoll } from '../../registry/roll/parse-roll.ts';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';
import { COUNTY, loadCounty, type RunningRegistry, runRegistry } from './running-registry.ts';

const SINCE = plainDate('2019-12-20');
const OLD: MonitoringEpisode = {
  class: 'unstable',
  since: plainDate('2018-11-30'),
  risks: ['因灾'],
  eliminatedOn: plainDate('2019-06-30'),
};
const EPISODE: MonitoringEpisode = {
  class: 'unstable',
  since: SINCE,
  risks: ['因病'],
  eliminatedOn: null,
};

let database: TestDatabase;
let registry: RunningRegistry;
let householdNo: string;

beforeAll(async () => {
  database = await createTestDatabase();
  registry = await runRegistry(database.databaseUrl);
});

afterAll(async () => {
  await registry.stop();
  await database.drop();
});

beforeEach(async () => {
  await loadCounty(registry);
  const { villages, households } = COUNTY;
  const [left] = households.filter(({ status }) => status === 'exited');
  if (left === undefined) throw new Error('somebody left');
  householdNo = left.householdNo;
  const held = { ...left, monitoring: [OLD, EPISODE] };
  await registry.send('POST', '/training/load', { villages, households: [held] });
});

const PEOPLE = { level: 'county', operatorId: '录入员', reviewerId: '复核员' } as const;

function bodyOf(functionKey: string, changes: object = {}) {
  const parts: Readonly<Record<string, object>> = {
    'mark-elimination': { eliminatedOn: '2020-10-12', way: 'helped' },
    'rollback-elimination': { eliminatedOn: '2020-10-12', on: '2020-10-19', cause: '收入不稳定' },
    'clear-monitored': { on: '2020-10-20', cause: '识别不精准' },
  };
  const write = { functionKey, householdNo, year: 2020, since: SINCE, ...parts[functionKey] };
  return { write: { ...write, ...changes }, ...PEOPLE };
}

async function enter(functionKey: string, changes: object = {}): Promise<unknown> {
  const { json } = await registry.send('POST', '/entries', bodyOf(functionKey, changes));
  return json;
}

async function held() {
  const { json } = await registry.send('GET', `/households/${householdNo}`);
  return RegistryHouseholdJson.parse(json);
}

/** Whether the label of a write is found in what the registry, or its exported roll, shows. */
async function isThere(functionKey: string, where: 'registry' | 'roll', changes: object = {}) {
  const { write } = RegistryEntryBodyJson.parse(bodyOf(functionKey, changes));
  if (where === 'registry') return isLabelThere(write, { ...(await held()), label: null });
  const [left] = COUNTY.households.filter((each) => each.householdNo === householdNo);
  const path = `/villages/${left?.villageCode}/roll.xlsx?year=2020`;
  const response = await fetch(new URL(path, registry.url));
  const { rows, errors } = await parseHouseholdRoll(Buffer.from(await response.arrayBuffer()));
  expect(errors).toEqual([]);
  const found = rows.households.find((each) => each.householdNo === householdNo);
  if (found === undefined) throw new Error('the roll shows the household');
  return isLabelThere(write, { ...found, label: null });
}

const REFUSED = { code: 'wrong_status' };

test('eliminated → the last episode has its day, the status stays; a second time is refused', async () => {
  expect(await isThere('mark-elimination', 'registry')).toBe(false);
  expect(await enter('mark-elimination')).toMatchObject({ result: 'accepted' });
  expect(await held()).toMatchObject({
    status: 'exited',
    monitoring: [OLD, { ...EPISODE, eliminatedOn: '2020-10-12' }],
  });
  expect(await enter('mark-elimination')).toMatchObject(REFUSED);
  for (const where of ['registry', 'roll'] as const) {
    expect(await isThere('mark-elimination', where)).toBe(true);
    expect(await isThere('mark-elimination', where, { eliminatedOn: '2020-10-13' })).toBe(false);
    expect(await isThere('rollback-elimination', where)).toBe(false);
    expect(await isThere('clear-monitored', where)).toBe(false);
  }
});

test('rolled back → 未消除 again, the elimination kept beside it and still found as a label', async () => {
  expect(await enter('rollback-elimination')).toMatchObject(REFUSED);
  await enter('mark-elimination');
  const other = { eliminatedOn: '2020-10-11' };
  expect(await enter('rollback-elimination', other)).toMatchObject(REFUSED);
  expect(await enter('rollback-elimination')).toMatchObject({ result: 'accepted' });
  const rolledBack = [{ eliminatedOn: '2020-10-12', on: '2020-10-19' }];
  expect(await held()).toMatchObject({ monitoring: [OLD, { ...EPISODE, rolledBack }] });
  for (const where of ['registry', 'roll'] as const) {
    expect(await isThere('mark-elimination', where)).toBe(true);
    expect(await isThere('rollback-elimination', where)).toBe(true);
  }
  // Eliminated anew, and nothing of the first time is lost.
  const again = { eliminatedOn: '2020-10-20' };
  expect(await enter('mark-elimination', again)).toMatchObject({ result: 'accepted' });
  expect(await held()).toMatchObject({ monitoring: [OLD, { ...again, rolledBack }] });
  expect(await isThere('rollback-elimination', 'registry')).toBe(true);
});

test('cleared → kept with its day, no longer monitored; once, and then nothing else', async () => {
  expect(await enter('clear-monitored')).toMatchObject({ result: 'accepted' });
  expect(await held()).toMatchObject({
    status: 'exited',
    monitoring: [OLD, { ...EPISODE, clearedOn: '2020-10-20' }],
  });
  for (const where of ['registry', 'roll'] as const) {
    expect(await isThere('clear-monitored', where)).toBe(true);
  }
  expect(await enter('clear-monitored')).toMatchObject(REFUSED);
  expect(await enter('mark-elimination')).toMatchObject(REFUSED);
  // Whoever is found to be at risk after that is monitored anew.
  const anew = { subject: householdNo, class: 'unstable', since: '2020-10-20', risks: ['因病'] };
  const write = { functionKey: 'mark-monitored', year: 2020, ...anew };
  const body = { write, ...PEOPLE };
  expect((await registry.send('POST', '/entries', body)).json).toMatchObject({
    result: 'accepted',
  });
});

test.for([['mark-elimination'], ['rollback-elimination'], ['clear-monitored']] as const)(
  '%s: of an episode that is not the last one, or outside its window → refused',
  async ([functionKey]) => {
    const other = { since: OLD.since, eliminatedOn: OLD.eliminatedOn };
    const { since } = other;
    const old = functionKey === 'clear-monitored' ? { since } : other;
    expect(await enter(functionKey, old)).toMatchObject(REFUSED);
    await registry.send('POST', `/windows/window-${functionKey}/close`, { closedBy: '演练' });
    expect(await enter(functionKey)).toMatchObject({ code: 'window_closed' });
  },
);
