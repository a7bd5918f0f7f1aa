import { afterAll, beforeAll, expect, test } from 'vitest';
import { grants } from '../../db/schema/organisation.ts';
import { launchList } from './listed-household.ts';
import { PASSWORD, startApi, VILLAGE } from './running-api.ts';

let api: Awaited<ReturnType<typeof startApi>>;

beforeAll(async () => {
  api = await startApi();
});

afterAll(async () => {
  await api.stop();
});

test('training → everybody with a duty can be chosen to sign in as, without being signed in', async () => {
  const { status, json } = await api.nobody.call('GET', '/api/v1/training/sign-ins');
  expect(status).toBe(200);
  expect(json).toMatchObject({ password: PASSWORD });
  expect(json['people']).toContainEqual({
    signInName: 'housing',
    displayName: 'housing',
    orgCode: '530627',
    orgName: '甲县',
    post: '住建部门',
  });
});

test('代录: signers are named only to a typist with a grant over the list’s village', async () => {
  const rosterId = await launchList(api, VILLAGE, 'clerk');
  const typist = await api.signIn('office');
  const path = `/api/v1/rosters/${rosterId}/signers`;
  expect((await typist.call('GET', path)).json).toEqual({ granted: false, items: [] });
  await api.db.insert(grants).values({
    id: 'g1',
    userId: 'office',
    kind: 'proxy-entry',
    orgCode: VILLAGE,
    grantedBy: 'admin',
    reason: '村里没有网络',
    validFrom: '2020-01-01',
  });
  const { json } = await typist.call('GET', path);
  expect(json['granted']).toBe(true);
  expect(json['items']).toContainEqual({ userId: 'clerk', name: 'clerk', words: '东村经办' });
});
