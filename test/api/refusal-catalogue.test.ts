/** Codes of administration that no story of the other files comes upon: each over HTTP, in Chinese, with who clears it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchRoster } from '../../db/record/launch.ts';
import { planHash } from '../../policies/plan-hash.ts';
import { trainingPlan } from '../policies/training-plan.ts';
import { type Caller, NOW, startApi, VILLAGE } from './running-api.ts';

let api: Awaited<ReturnType<typeof startApi>>;
let admin: Caller;

beforeAll(async () => {
  api = await startApi();
  admin = await api.signIn('admin');
});

afterAll(async () => {
  await api.stop();
});

const NOBODY = randomUUID();
const on = '2020-09-01';
const account = { signInName: 'CLERK', displayName: '重名', orgCode: VILLAGE };

test.for([
  ['/users', account, 'USER-NAME-TAKEN'],
  [`/users/${NOBODY}/unlock`, {}, 'NOT-FOUND'],
  [`/duties/${NOBODY}/end`, { on }, 'NOT-FOUND'],
  [`/grants/${NOBODY}/end`, { on }, 'NOT-FOUND'],
  [`/groups/${NOBODY}/rename`, { name: '新组' }, 'NOT-FOUND'],
  [
    `/organisations/${VILLAGE}/rename`,
    { on: '1999-01-01', name: '东新村' },
    'CHANGE-BEFORE-BEGINNING',
  ],
] as const)('%s %j → %s', async ([path, body, code]) => {
  const asked = { reason: '镇组字〔2020〕8号', ...body };
  const headers = { 'idempotency-key': randomUUID() };
  const answer = await admin.call('POST', `/api/v1/administration${path}`, asked, headers);
  expect(answer.json, JSON.stringify(answer.json)).toMatchObject({ code });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.json['detail']).toMatch(/\p{Script=Han}/u);
  expect(answer.json['whoClears']).toMatch(/\p{Script=Han}/u);
});

test('a launch of a household that nobody knows → UNKNOWN-HOUSEHOLD', async () => {
  const plan = trainingPlan('zhenxiong-2020', 'household-exit');
  const launched = await launchRoster(api.db, {
    procedure: 'household-exit',
    packId: 'zhenxiong-2020',
    unitCode: VILLAGE,
    householdIds: [NOBODY],
    actor: { userId: 'clerk', name: '东村经办', duties: [], grants: [] },
    at: NOW,
    plan,
    planHash: planHash(plan),
  });
  expect(launched).toMatchObject({
    ok: false,
    refusals: [{ code: 'UNKNOWN-HOUSEHOLD', whoClears: '县、乡镇经办（导入花名册）' }],
  });
});
