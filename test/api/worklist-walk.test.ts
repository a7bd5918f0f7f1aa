/** The national system without an interface, as production has it: entered, disputed and checked by hand. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createManualRegistry } from '../../activities/registry/manual-adapter.ts';
import { reconcileRoll } from '../../activities/registry/reconcile-roll.ts';
import { resendWaiting } from '../../activities/resend-waiting.ts';
import { createActivities } from '../../activities/worker-activities.ts';
import { createEngine } from '../../api/engine.ts';
import { createRosterChanges } from '../../api/roster-changes.ts';
import { openListener } from '../../db/client.ts';
import { packLibraryOf } from '../../db/packs/pack-library.ts';
import { registryEntries } from '../../db/schema/effects.ts';
import { cases } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import { DEMO_COUNTY, makeDemoCounty } from '../../registry/demo/demo-county.ts';
import { parseHouseholdRoll } from '../../registry/roll/parse-roll.ts';
import { writeHouseholdRoll } from '../../registry/roll/write-roll.ts';
import { ExitWalk } from '../activities/exit-walk.ts';
import {
  openTrainingVillage,
  type TrainingVillage,
  VILLAGE,
} from '../activities/training-village.ts';
import { createTestTemporal, type TestTemporal } from '../harness/test-temporal.ts';
import { type Caller, serveApi } from './running-api.ts';

const DAY_MS = 86_400_000;
const PASSWORD = 'yanlian2020';

let village: TrainingVillage;
let temporal: TestTemporal;
let api: Awaited<ReturnType<typeof serveApi>>;
let walk: ExitWalk;
let stopWorker: () => Promise<void>;
let rosterId = '';
/** The API dies between the check and telling the list. */
let isLookLost = false;
let operator: Caller;
let checker: Caller;

interface Item {
  readonly entryId: string;
  readonly waitsFor: string;
}

beforeAll(async () => {
  village = await openTrainingVillage();
  temporal = await createTestTemporal();
  const { db, clock } = village;
  const { client, taskQueue } = temporal;
  const port = createManualRegistry({ db });
  const services = { db, clock, client, taskQueue };
  walk = new ExitWalk(village, services);
  const worker = await temporal.createWorker({ activities: createActivities({ db, clock, port }) });
  const running = worker.run();
  stopWorker = async () => {
    worker.shutdown();
    await running;
  };
  const engine = createEngine({
    ...services,
    library: packLibraryOf(db),
    loadScenario: async () => {},
    windows: { openWindow: port.openWindow, closeWindow: port.closeWindow },
  });
  const connect = () => openListener(village.databaseUrl);
  const changes = createRosterChanges({ connect, beatMs: 1_000, probeMs: 1_000 });
  const lookAgain: typeof engine.lookAgain = async (list) =>
    isLookLost ? false : engine.lookAgain(list);
  api = await serveApi({ db, engine: { ...engine, lookAgain }, changes, now: clock.now });
  operator = await api.signInWith('镇雄县录入', PASSWORD);
  checker = await api.signInWith('镇雄县复核', PASSWORD);
});

afterAll(async () => {
  await api?.stop();
  await stopWorker?.();
  await temporal?.close();
  await village?.destroy();
});

async function itemsFor(waitsFor: 'operator' | 'reviewer'): Promise<Item[]> {
  const { json } = await operator.call('GET', '/api/v1/worklist');
  return (json['items'] as Item[]).filter((item) => item.waitsFor === waitsFor);
}

function step(caller: Caller, { entryId }: Item, what: 'enter' | 'check', body: unknown) {
  return caller.call('POST', `/api/v1/worklist/${entryId}/${what}`, body);
}

/** The operator types the household into the national system and notes its number. */
async function enter(item: Item): Promise<void> {
  const { json } = await operator.call('GET', `/api/v1/worklist/${item.entryId}`);
  const { householdNo } = json['write'] as { householdNo: string };
  const enteredAt = await village.clock.now();
  const body = { result: 'accepted', registryNo: householdNo, receiptNo: null, enteredAt };
  expect((await step(operator, item, 'enter', body)).status).toBe(200);
}

async function outcomes(): Promise<(string | null)[]> {
  const rows = await village.db.select().from(cases).where(eq(cases.rosterId, rosterId));
  return rows.map(({ outcome }) => outcome);
}

const agreed = { agrees: true, words: '' };
const disputed = { agrees: false, words: '系统中没有查到标注' };

describe('an exit list is entered by hand through the real workflow', () => {
  test('two confirmed households stand on the worklist, and only people move them', {
    timeout: 180_000,
  }, async () => {
    await walk.moveTo((await village.clock.now()) + 40 * DAY_MS);
    const chosen = (await walk.readyHouseholds()).slice(0, 2).map(({ id }) => id);
    const answer = await village.launch(chosen);
    invariant(answer.ok, 'the list is opened');
    rosterId = answer.rosterId;
    const caseIds = [`${rosterId}-c001`, `${rosterId}-c002`];
    await walk.walkToRegistration(rosterId, caseIds);
    await walk.carry(rosterId, caseIds, async () => {});
    await expect.poll(async () => (await itemsFor('operator')).length, { timeout: 60_000 }).toBe(2);
  });

  test('entered, disputed once, entered again, checked → done; one of two labels nobody yet', async () => {
    const [first, second] = await itemsFor('operator');
    invariant(first !== undefined && second !== undefined, 'two entries wait');
    await enter(first);
    await enter(second);
    expect((await step(operator, first, 'check', agreed)).json).toMatchObject({
      code: 'NOT-YOUR-DUTY',
    });
    expect((await step(checker, first, 'check', disputed)).status).toBe(200);
    expect((await step(checker, second, 'check', agreed)).status).toBe(200);
    expect(await itemsFor('operator')).toMatchObject([
      { entryId: first.entryId, disputes: [disputed.words] },
    ]);
    await enter(first);
    isLookLost = true;
    expect((await step(checker, first, 'check', agreed)).status).toBe(200);
    expect(await step(checker, first, 'check', agreed)).toMatchObject({
      json: { code: 'CONFLICT' },
    });
    expect(await outcomes()).toEqual([null, null]);
  });

  test('the list hears of it even if the API died before telling it', {
    timeout: 90_000,
  }, async () => {
    const before = (await village.clock.now()) + 1;
    expect(await resendWaiting(walk.services, village.db, { before })).toBe(1);
    await expect.poll(outcomes, { timeout: 60_000 }).toEqual(['exited', 'exited']);
  });

  test('the exported roll: marked there → matched, not marked → contradicting', async () => {
    const own = makeDemoCounty(DEMO_COUNTY);
    const villages = own.villages.filter(({ villageCode }) => villageCode === VILLAGE);
    const poor = own.households.filter(({ villageCode }) => villageCode === VILLAGE);
    const entries = await village.db.select().from(registryEntries);
    const compare = async (households: typeof poor) => {
      const file = await writeHouseholdRoll({ villages, households, year: 2020 });
      const { rows } = await parseHouseholdRoll(file);
      return reconcileRoll(rows, entries);
    };
    expect((await compare(poor)).contradicting).toHaveLength(2);
    const marked = poor.map((each) => ({ ...each, status: 'exited' as const, exitYear: 2020 }));
    const answer = await compare(marked);
    expect(answer).toMatchObject({ missing: [], contradicting: [], open: [] });
    expect(answer.matched).toHaveLength(2);
  });

  test('the same over the API: the households are named, and a village clerk may not compare', async () => {
    const own = makeDemoCounty(DEMO_COUNTY);
    const villages = own.villages.filter(({ villageCode }) => villageCode === VILLAGE);
    const households = own.households.filter(({ villageCode }) => villageCode === VILLAGE);
    const form = new FormData();
    const file = await writeHouseholdRoll({ villages, households, year: 2020 });
    form.append('file', new Blob([new Uint8Array(file)]), '花名册.xlsx');
    const path = '/api/v1/roll-comparisons?area=530627';
    const fromPage = { 'x-gongshi': 'page' };
    const { status, json } = await operator.call('POST', path, form, fromPage);
    expect(status, JSON.stringify(json)).toBe(200);
    const words = '本系统已办结，花名册中没有相应标注';
    expect(json).toMatchObject({
      households: households.length,
      matched: 0,
      contradicting: [
        { unitName: '大田村', words },
        { unitName: '大田村', words },
      ],
      open: [],
    });
    const clerk = await api.signInWith('大田村经办', PASSWORD);
    const refused = await clerk.call('POST', path, form, fromPage);
    expect(refused.status).toBe(409);
  });
});
