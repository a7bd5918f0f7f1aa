/** 人员变更 at the reference registry: the persons of one form, all or none, each once (policy.md §12, §13.1). */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isLabelThere } from '../../activities/registry/port.ts';
import { createIdNumbers } from '../../registry/demo/people.ts';
import { RegistryEntryBodyJson } from '../../registry/entry-json.ts';
import type { RegistryHousehold } from '../../registry/household.ts';
import { RegistryHouseholdJson } from '../../registry/household-json.ts';
import { parseHouseholdRoll } from '../../registry/roll/parse-roll.ts';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';
import { COUNTY, loadCounty, type RunningRegistry, runRegistry } from './running-registry.ts';

const PEOPLE = { level: 'county', operatorId: '录入员', reviewerId: '复核员' } as const;
const [SOME, OTHER] = COUNTY.households.filter(({ members }) => members.length >= 3);
const BORN_ON = '2020-09-01';
const NEWBORN = createIdNumbers().next(BORN_ON, '男');

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

function household(found: RegistryHousehold | undefined = SOME): RegistryHousehold {
  if (found === undefined) throw new Error('the county has larger households');
  return found;
}

function lineOf(kind: string, reason: string, member: object, change: object = {}): object {
  const { personNo, name, idNumber, relation } = member as RegistryHousehold['members'][number];
  return { kind, reason, on: BORN_ON, personNo, name, idNumber, relation, ...change };
}

const BIRTH = lineOf('increase', '新生', {
  personNo: null,
  name: '新生儿',
  idNumber: NEWBORN,
  relation: '之子',
});

function bodyOf(changes: readonly object[], newHead: object | null = null) {
  const { householdNo } = household();
  return {
    write: { functionKey: 'change-members', householdNo, year: 2020, changes, newHead },
    ...PEOPLE,
  };
}

async function enter(changes: readonly object[], newHead: object | null = null): Promise<unknown> {
  return (await registry.send('POST', '/entries', bodyOf(changes, newHead))).json;
}

async function held() {
  const { json } = await registry.send('GET', `/households/${household().householdNo}`);
  return RegistryHouseholdJson.parse(json);
}

async function inRoll() {
  const path = `/villages/${household().villageCode}/roll.xlsx?year=2020`;
  const response = await fetch(new URL(path, registry.url));
  const { rows, errors } = await parseHouseholdRoll(Buffer.from(await response.arrayBuffer()));
  expect(errors).toEqual([]);
  const found = rows.households.find((each) => each.householdNo === household().householdNo);
  if (found === undefined) throw new Error('the roll shows the household');
  return found;
}

async function isThere(changes: readonly object[], where: 'registry' | 'roll' = 'registry') {
  const { write } = RegistryEntryBodyJson.parse(bodyOf(changes));
  const found = where === 'registry' ? await held() : await inRoll();
  return isLabelThere(write, { ...found, label: null });
}

function refusedBy(code: string) {
  return { result: 'refused', code };
}

test('新生: a number of the household, the status stays; a repeat doubles nobody', async () => {
  const { householdNo, members, status } = household();
  expect(await isThere([BIRTH])).toBe(false);
  expect(await enter([BIRTH])).toMatchObject({ result: 'accepted', registryNo: householdNo });
  const after = await held();
  expect(after.members).toHaveLength(members.length + 1);
  expect(after.members.at(-1)).toMatchObject({
    name: '新生儿',
    personNo: `${householdNo}${String(members.length + 1).padStart(2, '0')}`,
  });
  expect(after.status).toBe(status);
  expect(await isThere([BIRTH])).toBe(true);
  expect(await isThere([BIRTH], 'roll')).toBe(true);
  expect(await enter([BIRTH])).toMatchObject(refusedBy('duplicate_person'));
  expect((await held()).members).toHaveLength(members.length + 1);
});

test('who went is known to have come, and his number is given to nobody else', async () => {
  const { householdNo, members } = household();
  await enter([BIRTH]);
  const death = lineOf('decrease', '死亡', { ...BIRTH, personNo: null });
  expect(await enter([death])).toMatchObject({ result: 'accepted' });
  expect((await held()).members).toEqual(members);
  expect(await isThere([BIRTH])).toBe(true);
  expect(await isThere([death])).toBe(true);
  expect(await isThere([death], 'roll')).toBe(true);
  expect(await enter([death])).toMatchObject(refusedBy('not_member'));
  await enter([{ ...BIRTH, on: '2020-09-02' }]);
  expect((await held()).members.at(-1)?.personNo).toBe(
    `${householdNo}${String(members.length + 2).padStart(2, '0')}`,
  );
});

test('the head dies: without a new one nothing is written, with him all of it', async () => {
  const [head, next] = household().members;
  if (head === undefined || next === undefined) throw new Error('a head and another');
  const death = lineOf('decrease', '死亡', head);
  expect(await enter([BIRTH, death])).toMatchObject(refusedBy('no_head'));
  expect((await held()).members).toEqual(household().members);
  const newHead = { name: next.name, idNumber: next.idNumber };
  expect(await enter([BIRTH, death], newHead)).toMatchObject({ result: 'accepted' });
  const { members } = await held();
  expect(members.find(({ relation }) => relation === '户主')).toMatchObject(newHead);
  expect(members).toHaveLength(household().members.length);
});

test('信息更正 by 人口编号; a person of another household is not taken in before he left there', async () => {
  const [, second] = household().members;
  const [, elsewhere] = household(OTHER).members;
  if (second === undefined || elsewhere === undefined) throw new Error('two households');
  const corrected = lineOf('correct', '信息错误', second, { name: '改正名' });
  expect(await isThere([corrected])).toBe(false);
  expect(await enter([corrected])).toMatchObject({ result: 'accepted' });
  expect((await held()).members[1]).toMatchObject({ name: '改正名', personNo: second.personNo });
  expect(await isThere([corrected])).toBe(true);
  const married = lineOf('increase', '嫁入', elsewhere, { personNo: null });
  expect(await enter([married])).toMatchObject(refusedBy('duplicate_person'));
});

test('a cleared household changes nobody (wrong_status); a closed window neither (G-15)', async () => {
  const { villages } = COUNTY;
  const cleared = { ...household(), status: 'cleared' };
  await registry.send('POST', '/training/load', { villages, households: [cleared] });
  expect(await enter([BIRTH])).toMatchObject(refusedBy('wrong_status'));
  await registry.send('POST', '/windows/window-change-members/close', { closedBy: '演练' });
  expect(await enter([BIRTH])).toMatchObject(refusedBy('window_closed'));
});
