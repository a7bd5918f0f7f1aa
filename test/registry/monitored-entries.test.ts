/** 监测对象录入标注 at the reference registry: beside the status, and in the exported roll. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isLabelThere } from '../../activities/registry/port.ts';
import { RegistryEntryBodyJson } from '../../registry/entry-json.ts';
import { parseHouseholdRoll } from '../../registry/roll/parse-roll.ts';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';
import {
  COUNTY,
  loadCounty,
  type RunningRegistry,
  readyHousehold,
  runRegistry,
} from './running-registry.ts';

let database: TestDatabase;
let registry: RunningRegistry;

beforeAll(async () => {
  database = await createTestDatabase();
  registry = await runRegistry(database.databaseUrl);
});

afterAll(async () => {
  await registry.stop();
  await database.drop();
});

beforeEach(() => loadCounty(registry));

const PEOPLE = { level: 'county', operatorId: '录入员', reviewerId: '复核员' } as const;
const EPISODE = { class: 'unstable', since: '2020-10-12', risks: ['因病'] } as const;

function monitoredOf(subject: unknown, changes: object = {}): object {
  const write = { functionKey: 'mark-monitored', subject, year: 2020, ...EPISODE, ...changes };
  return { write, ...PEOPLE };
}

async function enter(body: object): Promise<unknown> {
  const { json } = await registry.send('POST', '/entries', body);
  return json;
}

/** The number of a household that has left. */
async function leftHousehold(index = 0): Promise<string> {
  const { householdNo } = readyHousehold(index);
  await enter({ write: { functionKey: 'mark-exit', householdNo, year: 2020 }, ...PEOPLE });
  return householdNo;
}

async function shown(householdNo: string): Promise<unknown> {
  return (await registry.send('GET', `/households/${householdNo}`)).json;
}

test('a household that left → 脱贫 as before, with one episode; a second one is refused', async () => {
  const householdNo = await leftHousehold();
  expect(await enter(monitoredOf(householdNo))).toMatchObject({ registryNo: householdNo });
  expect(await shown(householdNo)).toMatchObject({
    status: 'exited',
    exitYear: 2020,
    monitoring: [{ ...EPISODE, eliminatedOn: null }],
  });
  expect(await enter(monitoredOf(householdNo))).toMatchObject({ code: 'wrong_status' });
});

test.for([
  ['a poor household', 'unstable', 'poor'],
  ['a household that left, as 边缘易致贫户', 'edge', 'left'],
] as const)('%s → wrong_status', async ([, named, which]) => {
  const householdNo = which === 'left' ? await leftHousehold() : readyHousehold(1).householdNo;
  expect(await enter(monitoredOf(householdNo, { class: named }))).toMatchObject({
    code: 'wrong_status',
  });
});

test('a household that is not held → taken in, not registered as poor; once', async () => {
  const [applicant] = COUNTY.applicants;
  const edge = monitoredOf(applicant, { class: 'edge' });
  expect(await enter(monitoredOf(applicant))).toMatchObject({ code: 'wrong_status' });
  const answer = (await enter(edge)) as { registryNo: string };
  expect(await shown(answer.registryNo)).toMatchObject({
    status: 'unregistered',
    identifiedYear: null,
    monitoring: [{ class: 'edge', eliminatedOn: null }],
  });
  expect(await enter(edge)).toMatchObject({ code: 'duplicate_head' });
});

test('an 边缘易致贫户 that becomes poor → its own number, its monitoring kept', async () => {
  const [applicant] = COUNTY.applicants;
  const edge = (await enter(monitoredOf(applicant, { class: 'edge' }))) as { registryNo: string };
  const write = { functionKey: 'enrol-household', household: applicant, year: 2020 };
  expect(await enter({ write, ...PEOPLE })).toMatchObject({ registryNo: edge.registryNo });
  expect(await shown(edge.registryNo)).toMatchObject({
    status: 'poor',
    identifiedYear: 2020,
    monitoring: [{ class: 'edge' }],
  });
});

test('its own function is closed → window_closed', async () => {
  const householdNo = await leftHousehold();
  await registry.send('POST', '/windows/window-mark-monitored/close', { closedBy: '演练' });
  expect(await enter(monitoredOf(householdNo))).toMatchObject({ code: 'window_closed' });
});

test('the exported roll shows the episode, and the comparison finds the label in it', async () => {
  const householdNo = await leftHousehold();
  const body = RegistryEntryBodyJson.parse(monitoredOf(householdNo));
  await enter(body);
  const { villageCode } = readyHousehold(0);
  const path = `/villages/${villageCode}/roll.xlsx?year=2020`;
  const response = await fetch(new URL(path, registry.url));
  const reading = await parseHouseholdRoll(Buffer.from(await response.arrayBuffer()));
  expect(reading.errors).toEqual([]);
  const held = (no: string) => {
    const found = reading.rows.households.find((each) => each.householdNo === no);
    if (found === undefined) throw new Error('the roll shows the household');
    return { ...found, label: null };
  };
  expect(held(householdNo).monitoring).toEqual([{ ...EPISODE, eliminatedOn: null }]);
  expect(isLabelThere(body.write, held(householdNo))).toBe(true);
  expect(isLabelThere(body.write, held(readyHousehold(2).householdNo))).toBe(false);
  const other = RegistryEntryBodyJson.parse(monitoredOf(householdNo, { since: '2020-10-13' }));
  expect(isLabelThere(other.write, held(householdNo))).toBe(false);
});

test('a new risk after the first was eliminated → a second episode, the old one kept (§11.4 再标注)', async () => {
  const { villages, households } = COUNTY;
  const [left] = households.filter(({ status }) => status === 'exited');
  if (left === undefined) throw new Error('somebody left');
  const old = { ...EPISODE, since: '2019-12-20', eliminatedOn: '2020-06-30' };
  const held = { ...left, monitoring: [old] };
  await registry.send('POST', '/training/load', { villages, households: [held] });
  expect(await enter(monitoredOf(left.householdNo))).toMatchObject({ result: 'accepted' });
  expect(await shown(left.householdNo)).toMatchObject({
    status: 'exited',
    monitoring: [old, { ...EPISODE, eliminatedOn: null }],
  });
});
