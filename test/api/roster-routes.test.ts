import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchRoster } from '../../db/record/launch.ts';
import { loadActor } from '../../db/record/load-actor.ts';
import { registrationRows } from '../../db/schema/effects.ts';
import { households, registrySnapshots } from '../../db/schema/households.ts';
import { duties } from '../../db/schema/organisation.ts';
import { rosters } from '../../db/schema/record.ts';
import type { RegistrySnapshot } from '../../domain/facts/household-facts.ts';
import { invariant } from '../../domain/invariant.ts';
import { trainingConfirmations } from '../../policies/confirm-values.ts';
import { loadPacks } from '../../policies/load-packs.ts';
import { planHash } from '../../policies/plan-hash.ts';
import { resolvePlan } from '../../policies/resolve-plan.ts';
import { type Caller, COUNTY, NOW, startApi, VILLAGE } from './running-api.ts';

let api: Awaited<ReturnType<typeof startApi>>;
let clerk: Caller;
let rosterId = '';
const caseId = (): string => `${rosterId}-c001`;

const snapshot: RegistrySnapshot = {
  asOf: NOW,
  hash: 'h1',
  householdNo: '5306271012010001',
  headName: '王户主',
  status: 'poor',
  identifiedYear: 2014,
  exitYear: null,
  attribute: 'ordinary',
  security: {
    food: true,
    clothing: true,
    water: true,
    education: true,
    medical: true,
    housing: true,
  },
  housingGrade: 'A',
  relocation: { listed: false, occupied: false },
  memberCount: 1,
  members: [],
};

async function launchList(): Promise<string> {
  const packId = 'zhenxiong-2020';
  const procedure = 'household-exit';
  const confirmations = trainingConfirmations(packId);
  const request = { packId, procedure, areaCode: VILLAGE, confirmations } as const;
  const resolved = resolvePlan(loadPacks(), request);
  const actor = await loadActor(api.db, 'clerk');
  invariant(resolved.ok && actor !== undefined, 'the training values are complete');
  const { plan } = resolved;
  const list = { procedure, packId, unitCode: VILLAGE, householdIds: ['h1'], actor } as const;
  const launched = await launchRoster(api.db, { ...list, at: NOW, plan, planHash: planHash(plan) });
  invariant(launched.ok, 'the list opens');
  return launched.rosterId;
}

beforeAll(async () => {
  process.env['GONGSHI_CHAIN_KEY'] = 'key of a test';
  api = await startApi();
  const place = { villageCode: VILLAGE, residenceCode: VILLAGE };
  await api.db.insert(registrySnapshots).values({
    hash: 'h1',
    householdId: 'h1',
    asOf: new Date(NOW),
    source: 'test',
    body: snapshot,
  });
  await api.db.insert(households).values({
    id: 'h1',
    ...place,
    headName: '王户主',
    headIdNumber: '539999195209220019',
    memberCount: 1,
    snapshotHash: 'h1',
    status: 'poor',
  });
  for (const duty of ['registry-operator', 'entry-reviewer'] as const) {
    const held = { id: `both-${duty}`, userId: 'admin', orgCode: COUNTY, duty };
    await api.db.insert(duties).values({ ...held, validFrom: '2000-01-01' });
  }
  const held = { userId: 'office', orgCode: COUNTY, duty: 'entry-reviewer' };
  await api.db.insert(duties).values({ id: 'second', ...held, validFrom: '2000-01-01' });
  clerk = await api.signIn('clerk');
  rosterId = await launchList();
});

afterAll(async () => {
  await api.stop();
});

describe('a list is shown to those in whose area it lies', () => {
  test('village and county read it, with head and rail; a neighbour → NOT-YOUR-AREA', async () => {
    const view = await clerk.call('GET', `/api/v1/rosters/${rosterId}`);
    expect(view).toMatchObject({
      status: 200,
      json: { unitName: '东村', cases: [{ headName: '王户主', statusWords: '在名单上' }] },
    });
    expect(view.json['steps']).toMatchObject([
      { state: 'current' },
      { state: 'ahead' },
      {},
      {},
      {},
      {},
      {},
      {},
    ]);
    expect(JSON.stringify(view.json)).not.toContain('539999195209220019');
    const office = await api.signIn('office');
    expect((await office.call('GET', '/api/v1/rosters')).json['items']).toHaveLength(1);
    const neighbour = await api.signIn('neighbour');
    expect((await neighbour.call('GET', '/api/v1/rosters')).json['items']).toEqual([]);
    for (const path of ['', '/events', '/why']) {
      expect(await neighbour.call('GET', `/api/v1/rosters/${rosterId}${path}`)).toMatchObject({
        status: 403,
        json: { code: 'NOT-YOUR-AREA' },
      });
    }
  });

  test('it stands in the inbox of the duty it waits for, and in nobody else’s', async () => {
    expect((await clerk.call('GET', '/api/v1/inbox')).json['items']).toMatchObject([{ rosterId }]);
    const office = await api.signIn('office');
    expect((await office.call('GET', '/api/v1/inbox')).json['items']).toEqual([]);
  });
});

describe('commands', () => {
  test('one not yet in force → 202 with its address; the actor is the session’s user', async () => {
    const body = { type: 'resume', reason: '继续' };
    const key = { 'idempotency-key': 'key-0001' };
    const answer = await clerk.call('POST', `/api/v1/rosters/${rosterId}/commands`, body, key);
    expect(answer).toMatchObject({
      status: 202,
      json: { address: '/api/v1/commands/c-1', words: '已收到，尚未生效' },
    });
    expect(api.asked.at(-1)).toMatchObject({
      actor: { userId: 'clerk' },
      idempotencyKey: 'key-0001',
      body,
    });
  });

  test('registrations and comparison results cannot be sent around their routes', async () => {
    const sent = api.asked.length;
    const body = { type: 'carry-registrations', entries: [] };
    const key = { 'idempotency-key': 'key-0002' };
    const answer = await clerk.call('POST', `/api/v1/rosters/${rosterId}/commands`, body, key);
    expect(answer).toMatchObject({ status: 409, json: { code: 'OWN-ROUTE' } });
    expect(api.asked).toHaveLength(sent);
  });
});

describe('registration is two stamped rows by two people (§5, G-17)', () => {
  test('before its step → OUT-OF-ORDER, with the clause and what is still to be done', async () => {
    const admin = await api.signIn('admin');
    const answer = await admin.call('POST', `/api/v1/cases/${caseId()}/registration/enter`);
    expect(answer).toMatchObject({ status: 409, json: { code: 'OUT-OF-ORDER' } });
    expect(answer.json['clause']).toMatch(/^《/);
    expect(answer.json['missing']).toContain('村内公示');
  });

  test('operator confirms own entry → G-17; another person’s goes out as one case', async () => {
    await api.db.update(rosters).set({ stepKey: 'registration' }).where(eq(rosters.id, rosterId));
    const [operator, reviewer] = await Promise.all([api.signIn('admin'), api.signIn('office')]);
    const enter = `/api/v1/cases/${caseId()}/registration/enter`;
    const confirm = `/api/v1/cases/${caseId()}/registration/confirm`;
    expect(await clerk.call('POST', enter)).toMatchObject({
      status: 409,
      json: { code: 'NOT-YOUR-LEVEL' },
    });
    expect((await operator.call('POST', enter)).status).toBe(200);
    expect(await operator.call('POST', confirm)).toMatchObject({
      status: 409,
      json: { code: 'G-17' },
    });
    const [row] = await api.db.select().from(registrationRows);
    expect(row).toMatchObject({ operatorId: 'admin', reviewerId: null, carriedAt: null });
    expect((await reviewer.call('POST', confirm)).status).toBe(202);
    expect(api.asked.at(-1)?.body).toMatchObject({
      type: 'carry-registrations',
      entries: [{ caseId: caseId(), operatorId: 'admin', reviewerId: 'office' }],
    });
  });
});
