import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchRoster } from '../../db/record/launch.ts';
import { loadActor } from '../../db/record/load-actor.ts';
import { loadChain } from '../../db/record/load-facts.ts';
import { households, registrySnapshots } from '../../db/schema/households.ts';
import { administrationLog, organisations, villagerGroups } from '../../db/schema/organisation.ts';
import { events, rosters } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import { planHash } from '../../policies/plan-hash.ts';
import { validRegistry } from '../domain/guards/facts-builder.ts';
import { trainingPlan } from '../policies/training-plan.ts';
import { type Caller, COUNTY, NOW, OTHER_VILLAGE, startApi, VILLAGE } from './running-api.ts';

const EAST = '530627101';
const WEST = '530627102';
const ROOT = '/api/v1/administration';
const reason = '民政厅批复〔2020〕3号';
const on = '2020-09-01';
const plan = trainingPlan('zhenxiong-2020', 'household-exit');

let api: Awaited<ReturnType<typeof startApi>>;
let admin: Caller;
let rosterId = '';

function post(path: string, body: object) {
  const headers = { 'idempotency-key': randomUUID() };
  return admin.call('POST', `${ROOT}${path}`, { reason, ...body }, headers);
}

async function launchInVillage(): Promise<string> {
  await api.db.insert(villagerGroups).values([
    { id: 'g1', villageCode: VILLAGE, name: '一组' },
    { id: 'g2', villageCode: VILLAGE, name: '二组' },
  ]);
  const body = validRegistry();
  const snapshot = { hash: 'h', householdId: 'h', asOf: new Date(NOW), source: 'test', body };
  await api.db.insert(registrySnapshots).values(snapshot);
  await api.db.insert(households).values({
    id: 'h',
    villageCode: VILLAGE,
    residenceCode: VILLAGE,
    groupId: 'g1',
    headName: '王户主',
    headIdNumber: '539999195209220019',
    memberCount: 1,
    snapshotHash: 'h',
    status: 'poor',
  });
  const actor = await loadActor(api.db, 'clerk');
  invariant(actor !== undefined, 'the clerk exists');
  const { packId, procedure } = plan;
  const list = { procedure, packId, unitCode: VILLAGE, householdIds: ['h'], actor, at: NOW };
  const launched = await launchRoster(api.db, { ...list, plan, planHash: planHash(plan) });
  invariant(launched.ok, JSON.stringify(launched));
  return launched.rosterId;
}

beforeAll(async () => {
  api = await startApi();
  admin = await api.signIn('admin');
  rosterId = await launchInVillage();
});

afterAll(async () => {
  await api.stop();
});

describe('organisations change and their lists go on (并村、改隶、更名)', () => {
  test('a new village stands below its township; a code is used once', async () => {
    const village = { code: '530627101299', parentCode: EAST, name: '新村', validFrom: on };
    expect(await post('/organisations', village)).toMatchObject({
      status: 201,
      json: { level: 'village', validTo: null },
    });
    expect(await post('/organisations', village)).toMatchObject({
      status: 409,
      json: { code: 'ORGANISATION-EXISTS' },
    });
  });

  test.for([
    [
      'a township below a village',
      { code: '530627103', parentCode: VILLAGE },
      'ORGANISATION-PARENT',
    ],
    ['outside the area', { code: '530628101', parentCode: '530628' }, 'NOT-YOUR-AREA'],
    ['a padded code', { code: '530627103000', parentCode: EAST }, 'MALFORMED'],
    ['a code without parent', { code: '530627103' }, 'MALFORMED'],
  ] as const)('%s → %s', async ([, over, code]) => {
    const answer = await post('/organisations', { name: '某乡', validFrom: on, ...over });
    expect(answer.json).toMatchObject({ code });
  });

  test('renamed today, not before its day; the history keeps the old name', async () => {
    const rename = `/organisations/${VILLAGE}/rename`;
    expect(await post(rename, { name: '东新村', on: '2020-10-01' })).toMatchObject({
      status: 409,
      json: { code: 'CHANGE-NOT-YET', earliestAt: '2020-10-01T00:00:00+08:00' },
    });
    expect(await post(rename, { name: '东新村', on })).toMatchObject({ json: { name: '东新村' } });
    const [line] = await api.db
      .select()
      .from(administrationLog)
      .where(eq(administrationLog.kind, 'organisation-renamed'));
    expect(line).toMatchObject({ before: { name: '东村' }, after: { name: '东新村', on } });
  });

  test('moved to another township → its open list is waited for and found there; its events stay', async () => {
    const before = await api.db.select().from(events).where(eq(events.rosterId, rosterId));
    expect(await post(`/organisations/${VILLAGE}/move`, { parentCode: WEST, on })).toMatchObject({
      status: 200,
      json: { parentCode: WEST },
    });
    const [row] = await api.db.select().from(rosters).where(eq(rosters.id, rosterId));
    expect(row).toMatchObject({ townshipCode: WEST, countyCode: COUNTY, unitCode: VILLAGE });
    const { chain } = await loadChain(api.db, VILLAGE);
    expect(chain).toEqual({ village: VILLAGE, township: WEST, county: COUNTY });
    const after = await api.db.select().from(events).where(eq(events.rosterId, rosterId));
    expect(after).toEqual(before);
  });

  test('below itself → ORGANISATION-PARENT', async () => {
    const move = `/organisations/${WEST}/move`;
    expect(await post(move, { parentCode: WEST, on })).toMatchObject({
      json: { code: 'ORGANISATION-PARENT' },
    });
  });

  test('ended with open lists: needs a successor of its level, whose people then see and act', async () => {
    const end = `/organisations/${VILLAGE}/end`;
    expect(await post(end, { successorCode: null, on })).toMatchObject({
      status: 409,
      json: { code: 'ORGANISATION-SUCCESSOR', missing: ['承接单位'] },
    });
    expect(await post(end, { successorCode: WEST, on })).toMatchObject({
      json: { code: 'ORGANISATION-SUCCESSOR' },
    });
    const neighbour = await api.signIn('neighbour');
    expect((await neighbour.call('GET', `/api/v1/rosters/${rosterId}`)).status).toBe(403);
    expect(await post(end, { successorCode: OTHER_VILLAGE, on })).toMatchObject({
      status: 200,
      json: { validTo: on, successorCode: OTHER_VILLAGE },
    });
    expect((await neighbour.call('GET', `/api/v1/rosters/${rosterId}`)).status).toBe(200);
    const listed = await neighbour.call('GET', '/api/v1/rosters');
    expect(listed.json['items']).toMatchObject([{ id: rosterId }]);
    const inbox = await neighbour.call('GET', '/api/v1/inbox');
    expect(inbox.json['items']).toMatchObject([{ rosterId }]);
    expect((await loadChain(api.db, VILLAGE)).chain.village).toBe(OTHER_VILLAGE);
  });

  test('its people’s duties ended with it, each with a line', async () => {
    const clerk = await api.signIn('clerk');
    expect((await clerk.call('GET', '/api/v1/session')).json).toMatchObject({ duties: [] });
    const lines = await api.db
      .select()
      .from(administrationLog)
      .where(eq(administrationLog.kind, 'duty-ended'));
    expect(lines).toMatchObject([{ orgCode: VILLAGE, subject: 'clerk-duty', reason }]);
    expect(await post(`/organisations/${VILLAGE}/rename`, { name: '东村', on })).toMatchObject({
      json: { code: 'ORGANISATION-ENDED' },
    });
  });

  test('a township with villages is not ended before they are moved', async () => {
    expect(await post(`/organisations/${EAST}/end`, { successorCode: WEST, on })).toMatchObject({
      status: 409,
      json: { code: 'ORGANISATION-HAS-UNITS', missing: ['新村'] },
    });
    await post('/organisations/530627101299/end', { successorCode: null, on });
    expect((await post(`/organisations/${EAST}/end`, { successorCode: WEST, on })).status).toBe(
      200,
    );
    const [row] = await api.db.select().from(organisations).where(eq(organisations.code, EAST));
    expect(row).toMatchObject({ validTo: on, successorCode: WEST });
  });
});

describe('villager groups (村民小组)', () => {
  test('a group with households ends only into another of its village', async () => {
    expect(await post('/groups/g1/end', { intoId: null, on })).toMatchObject({
      status: 409,
      json: { code: 'GROUP-SUCCESSOR', missing: ['并入的小组'] },
    });
    expect(await post('/groups/g1/end', { intoId: 'g2', on })).toMatchObject({
      status: 200,
      json: { validTo: on },
    });
    const [household] = await api.db.select().from(households).where(eq(households.id, 'h'));
    expect(household?.groupId).toBe('g2');
    expect(await post('/groups/g1/rename', { name: '三组' })).toMatchObject({
      json: { code: 'GROUP-ENDED' },
    });
  });

  test('names are unique among those that stand', async () => {
    expect(await post('/groups', { villageCode: OTHER_VILLAGE, name: '一组' })).toMatchObject({
      status: 201,
    });
    expect(await post('/groups', { villageCode: OTHER_VILLAGE, name: '一组' })).toMatchObject({
      status: 409,
      json: { code: 'GROUP-NAME-TAKEN' },
    });
  });
});
