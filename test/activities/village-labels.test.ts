/** 村的标注核对: 出列 here and there, named where one of the two has it alone; households are another check's. */
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLabelCheck } from '../../activities/reconcile/labels.ts';
import { createVillageLabelCheck } from '../../activities/reconcile/village-labels.ts';
import { prepareEntry, recordAnswer } from '../../activities/registry/entry-journal.ts';
import { createHttpRegistry } from '../../activities/registry/http-adapter.ts';
import { createManualRegistry } from '../../activities/registry/manual-adapter.ts';
import type { RegistryPort } from '../../activities/registry/port.ts';
import { launchRoster } from '../../db/record/launch.ts';
import { loadVillages } from '../../db/record/load-villages.ts';
import { registryEntries } from '../../db/schema/effects.ts';
import { villageProfiles } from '../../db/schema/households.ts';
import { cases } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import { planHash } from '../../policies/plan-hash.ts';
import { DEMO_COUNTY, makeDemoCounty } from '../../registry/demo/demo-county.ts';
import { trainingPlan } from '../policies/training-plan.ts';
import { type RunningRegistry, runRegistry } from '../registry/running-registry.ts';
import { openTrainingVillage, type TrainingVillage, VILLAGE } from './training-village.ts';

const PLAN = trainingPlan('zhenxiong-2020', 'village-exit');
const WRITE = { functionKey: 'mark-village-exit', villageCode: VILLAGE, year: 2020 } as const;
const PEOPLE = { level: 'county', operatorId: '录入员', reviewerId: '复核员' } as const;

let village: TrainingVillage;
let registry: RunningRegistry;
let port: RegistryPort;
let caseId: string;

beforeAll(async () => {
  village = await openTrainingVillage();
  registry = await runRegistry(village.databaseUrl, undefined);
  port = createHttpRegistry({ baseUrl: registry.url });
  const { db } = village;
  const poor = eq(villageProfiles.villageCode, VILLAGE);
  await db.update(villageProfiles).set({ isPoorVillage: '是' }).where(poor);
  const township = VILLAGE.slice(0, 9);
  const answer = await launchRoster(db, {
    procedure: 'village-exit',
    packId: PLAN.packId,
    unitCode: township,
    villageCodes: [VILLAGE],
    actor: await village.actor(township, 'clerk'),
    at: await village.clock.now(),
    plan: PLAN,
    planHash: planHash(PLAN),
  });
  invariant(answer.ok, JSON.stringify(answer));
  const [item] = await db.select().from(cases).where(eq(cases.rosterId, answer.rosterId));
  invariant(item !== undefined, 'the list has its village');
  caseId = item.id;
});

afterAll(async () => {
  await registry.stop();
  await village.destroy();
});

beforeEach(async () => {
  const held = makeDemoCounty(DEMO_COUNTY).villages.find((each) => each.villageCode === VILLAGE);
  const villages = [{ ...held, isPoorVillage: true }];
  await registry.send('POST', '/training/load', { reset: true, villages, households: [] });
  await port.openWindow({
    id: 'w1',
    unitCode: VILLAGE.slice(0, 6),
    level: 'county',
    functionKey: 'mark-village-exit',
    opensAt: 0,
    closesAt: null,
    openedBy: '县办',
    documentNo: '1号',
  });
});

afterEach(() => village.db.delete(registryEntries));

const { look } = createVillageLabelCheck();
const found = async (other: RegistryPort = port) =>
  look({ ...village, port: other } as unknown as Parameters<typeof look>[0]);

async function accepted(): Promise<void> {
  const { db, clock } = village;
  const at = await clock.now();
  const place = {
    caseId,
    rosterId: 'list',
    effectId: 'e1',
    windowId: 'w1',
    adapter: 'http',
  } as const;
  const id = await prepareEntry(db, { ...place, write: WRITE, ...PEOPLE }, at);
  const answer = { result: 'accepted', registryNo: VILLAGE, receiptNo: '1', at } as const;
  await recordAnswer(db, id, 1, answer, at);
}

test('not marked here, not marked there → nothing to say', async () => {
  expect(await found()).toEqual({ found: [], covered: [caseId] });
});

test('marked there, while the list is under way here → label-unknown', async () => {
  expect(await port.enter({ id: 'x', write: WRITE, ...PEOPLE })).toMatchObject({
    result: 'accepted',
  });
  expect((await found()).found).toMatchObject([{ kind: 'label-unknown', subject: caseId }]);
});

test('done here, not marked there → label-missing; marked as well → nothing to say', async () => {
  await accepted();
  expect((await found()).found).toMatchObject([{ kind: 'label-missing', subject: caseId }]);
  await port.enter({ id: 'x', write: WRITE, ...PEOPLE });
  expect((await found()).found).toEqual([]);
});

test('a registry that cannot be asked → nothing is covered', async () => {
  const manual = createManualRegistry({ db: village.db });
  expect(await found(manual)).toEqual({ found: [], covered: [] });
});

test('the check of households does not ask for a township’s villages', async () => {
  const households = createLabelCheck();
  const services = { ...village, port } as unknown as Parameters<typeof households.look>[0];
  expect(await households.look(services)).toEqual({ found: [], covered: [] });
});

test('a village marked by this record has left, whatever the last roll shows', async () => {
  const status = async () => (await loadVillages(village.db, [VILLAGE])).get(VILLAGE);
  expect(await status()).toMatchObject({ status: 'poor-village', exitYear: null });
  await accepted();
  expect(await status()).toMatchObject({ status: 'exited-village', exitYear: 2020 });
});
