import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseHouseholdRoll } from '../../registry/roll/parse-roll.ts';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';
import {
  COUNTY,
  loadCounty,
  NOW,
  openWindow,
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

function exitOf(householdNo: string, changes: object = {}): object {
  return {
    write: { functionKey: 'mark-exit', householdNo, year: 2020 },
    level: 'county',
    operatorId: '录入员',
    reviewerId: '复核员',
    ...changes,
  };
}

function enrolmentOf(index: number): object {
  return {
    write: { functionKey: 'enrol-household', household: COUNTY.applicants[index], year: 2020 },
    level: 'county',
    operatorId: '录入员',
    reviewerId: '复核员',
  };
}

async function enter(body: object): Promise<unknown> {
  const { json } = await registry.send('POST', '/entries', body);
  return json;
}

describe('标注脱贫', () => {
  test('a ready household inside the window → accepted, status and year changed, logged', async () => {
    const { householdNo } = readyHousehold(0);
    const answer = await enter(exitOf(householdNo));
    expect(answer).toMatchObject({ result: 'accepted', registryNo: householdNo, at: NOW });
    const { json } = await registry.send('GET', `/households/${householdNo}`);
    expect(json).toMatchObject({
      status: 'exited',
      exitYear: 2020,
      statusByYear: { '2019': 'poor', '2020': 'exited' },
    });
    const log = await registry.send('GET', `/entries?household=${householdNo}`);
    expect(log.json).toMatchObject([
      {
        operatorId: '录入员',
        reviewerId: '复核员',
        at: NOW,
        functionKey: 'mark-exit',
        windowId: 'window-mark-exit',
        result: 'accepted',
      },
    ]);
  });

  test('the same entry again → wrong_status: nothing is recognised by a client key', async () => {
    const { householdNo } = readyHousehold(0);
    await enter(exitOf(householdNo));
    expect(await enter(exitOf(householdNo))).toMatchObject({ code: 'wrong_status' });
  });

  test('20 simultaneous entries of one household → exactly one accepted', async () => {
    const { householdNo } = readyHousehold(1);
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(exitOf(householdNo))));
    const accepted = answers.filter(
      (answer) => (answer as { result: string }).result === 'accepted',
    );
    expect(accepted).toHaveLength(1);
  });

  test('window closed by hand → window_closed (G-15), and the refusal is in the log', async () => {
    const { householdNo } = readyHousehold(0);
    await registry.send('POST', '/windows/window-mark-exit/close', { closedBy: '演练' });
    expect(await enter(exitOf(householdNo))).toMatchObject({ code: 'window_closed' });
    const log = await registry.send('GET', `/entries?household=${householdNo}`);
    expect(log.json).toMatchObject([{ result: 'refused', refusalCode: 'window_closed' }]);
  });

  test('window open to another level, unit, function or time → window_closed (G-15)', async () => {
    const { householdNo } = readyHousehold(0);
    expect(await enter(exitOf(householdNo, { level: 'township' }))).toMatchObject({
      code: 'window_closed',
    });
    await registry.send('POST', '/windows/window-mark-exit/close', { closedBy: '演练' });
    const base = openWindow('mark-exit');
    for (const [id, changes] of Object.entries({
      unit: { unitCode: '530628' },
      function: { functionKey: 'enrol-household' },
      later: { opensAt: NOW + 1 },
      ended: { closesAt: NOW },
    })) {
      await registry.send('PUT', `/windows/${id}`, { ...base, id, ...changes });
      expect(await enter(exitOf(householdNo))).toMatchObject({ code: 'window_closed' });
    }
    await registry.send('PUT', '/windows/inside', { ...base, id: 'inside', closesAt: NOW + 1 });
    expect(await enter(exitOf(householdNo))).toMatchObject({ result: 'accepted' });
  });

  test.for([
    ['water', '饮水安全', false],
    ['food', '不愁吃', false],
    ['clothing', '不愁穿', null],
    ['education', '义务教育', false],
    ['medical', '基本医疗', null],
    ['housing', '住房安全', false],
  ] as const)(
    '%s unresolved or empty → security_unresolved, naming %s (G-10)',
    async ([key, word, held]) => {
      const { householdNo } = readyHousehold(2);
      await registry.send('PATCH', `/training/households/${householdNo}`, {
        security: { [key]: held },
      });
      const answer = await enter(exitOf(householdNo));
      expect(answer).toMatchObject({ result: 'refused', code: 'security_unresolved' });
      expect((answer as { words: string }).words).toContain(word);
    },
  );

  test('an unknown 户编号 → not_found', async () => {
    expect(await enter(exitOf('5306279012019999'))).toMatchObject({ code: 'not_found' });
  });

  test('operator = reviewer → same_person (G-17)', async () => {
    const { householdNo } = readyHousehold(0);
    expect(await enter(exitOf(householdNo, { reviewerId: '录入员' }))).toMatchObject({
      code: 'same_person',
    });
  });

  test('an array of entries → batch_refused (G-16), nothing written', async () => {
    const { householdNo } = readyHousehold(0);
    const reply = await registry.send('POST', '/entries', [exitOf(householdNo)]);
    expect(reply).toMatchObject({ status: 400, json: { code: 'batch_refused' } });
    const { json } = await registry.send('GET', '/entries');
    expect(json).toEqual([]);
  });
});

describe('录入新识别', () => {
  test('an applicant → accepted with a new 户编号, found by its head afterwards', async () => {
    const answer = (await enter(enrolmentOf(0))) as { result: string; registryNo: string };
    expect(answer.result).toBe('accepted');
    const headIdNumber = COUNTY.applicants[0]?.members[0]?.idNumber;
    const found = await registry.send('POST', '/households/search', { headIdNumber });
    expect(found.json).toMatchObject([
      { householdNo: answer.registryNo, status: 'poor', identifiedYear: 2020 },
    ]);
    expect(COUNTY.households.map((each) => each.householdNo)).not.toContain(answer.registryNo);
  });

  test('a head who heads a household already → duplicate_head, also 20 at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(enrolmentOf(1))));
    const codes = answers.map((answer) => (answer as { code?: string }).code ?? 'accepted').sort();
    expect(codes).toEqual(['accepted', ...Array(19).fill('duplicate_head')]);
  });

  test('a village the registry does not know → village_unknown', async () => {
    const household = { ...COUNTY.applicants[2], villageCode: '530627901999' };
    const write = { functionKey: 'enrol-household', household, year: 2020 };
    expect(await enter({ ...exitOf('x'), write })).toMatchObject({ code: 'village_unknown' });
  });

  test('function closed → window_closed (G-15)', async () => {
    await registry.send('POST', '/windows/window-enrol-household/close', { closedBy: '演练' });
    expect(await enter(enrolmentOf(2))).toMatchObject({ code: 'window_closed' });
  });

  test('two heads, a wrong checksum or an unknown field → 400 malformed', async () => {
    const applicant = COUNTY.applicants[3];
    const members = applicant?.members ?? [];
    const faulty = [
      {
        ...applicant,
        members: members.map((member) => ({ ...member, relation: '户主' })).concat(members),
      },
      {
        ...applicant,
        members: members.map((member) => ({ ...member, idNumber: '539999199001011111' })),
      },
      { ...applicant, colour: 'red' },
    ];
    for (const household of faulty) {
      const write = { functionKey: 'enrol-household', household, year: 2020 };
      const reply = await registry.send('POST', '/entries', { ...exitOf('x'), write });
      expect(reply).toMatchObject({ status: 400, json: { code: 'malformed' } });
    }
  });
});

test('what is not JSON → 400 malformed; an unknown address → 404', async () => {
  const response = await fetch(new URL('/entries', registry.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{',
  });
  expect(response.status).toBe(400);
  expect((await registry.send('GET', '/nowhere')).status).toBe(404);
});

test('a restart keeps windows, labels and the log', async () => {
  const { householdNo } = readyHousehold(3);
  await enter(exitOf(householdNo));
  await registry.stop();
  registry = await runRegistry(database.databaseUrl);
  const { json } = await registry.send('GET', `/households/${householdNo}`);
  expect(json).toMatchObject({ status: 'exited' });
  expect(await enter(exitOf(readyHousehold(4).householdNo))).toMatchObject({ result: 'accepted' });
});

test('the exported roll reads back without an error and shows the new label', async () => {
  const household = readyHousehold(5);
  await enter(exitOf(household.householdNo));
  const response = await fetch(
    new URL(`/villages/${household.villageCode}/roll.xlsx?year=2020`, registry.url),
  );
  const reading = await parseHouseholdRoll(Buffer.from(await response.arrayBuffer()));
  expect(reading.errors).toEqual([]);
  const shown = reading.rows.households.find((each) => each.householdNo === household.householdNo);
  expect(shown).toMatchObject({ status: 'exited', exitYear: 2020 });
  const inVillage = COUNTY.households.filter((each) => each.villageCode === household.villageCode);
  expect(reading.summary.households).toBe(inVillage.length);
});

describe('标注返贫', () => {
  const returnOf = (householdNo: string) =>
    exitOf(householdNo, {
      write: { functionKey: 'mark-return', householdNo, year: 2021, cause: '因病' },
    });

  test('a household that left → its own number, its cause and year; still one household', async () => {
    const { householdNo } = readyHousehold(0);
    await enter(exitOf(householdNo));
    expect(await enter(returnOf(householdNo))).toMatchObject({
      result: 'accepted',
      registryNo: householdNo,
    });
    const { json } = await registry.send('GET', `/households/${householdNo}`);
    expect(json).toMatchObject({
      status: 'returned',
      cause: '因病',
      exitYear: 2020,
      statusByYear: { '2020': 'exited', '2021': 'returned' },
    });
    expect(await enter(returnOf(householdNo))).toMatchObject({ code: 'wrong_status' });
    // A household that returned may leave again.
    expect(await enter(exitOf(householdNo))).toMatchObject({ result: 'accepted' });
  });

  test('a household that never left → wrong_status', async () => {
    const { householdNo } = readyHousehold(1);
    expect(await enter(returnOf(householdNo))).toMatchObject({ code: 'wrong_status' });
  });

  test('its own function is closed → window_closed, though that of exits is open', async () => {
    const { householdNo } = readyHousehold(0);
    await enter(exitOf(householdNo));
    await registry.send('POST', '/windows/window-mark-return/close', { closedBy: '演练' });
    expect(await enter(returnOf(householdNo))).toMatchObject({ code: 'window_closed' });
  });
});
