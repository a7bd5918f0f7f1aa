import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, startApi } from './running-api.ts';

const address = '/api/v1/session/password';
let api: Awaited<ReturnType<typeof startApi>>;

beforeAll(async () => {
  api = await startApi();
});

afterAll(async () => {
  await api.stop();
});

test('a new password ends the user’s other sessions, not this one nor those of others', async () => {
  const [here, elsewhere, other] = await Promise.all(
    ['clerk', 'clerk', 'office'].map((name) => api.signIn(name)),
  );
  const changed = await here?.call('PUT', address, { old: PASSWORD, new: 'another horse' });
  expect(changed?.status).toBe(200);
  expect((await here?.call('GET', '/api/v1/session'))?.status).toBe(200);
  expect((await elsewhere?.call('GET', '/api/v1/session'))?.status).toBe(401);
  expect((await other?.call('GET', '/api/v1/session'))?.status).toBe(200);
  await expect(api.signIn('clerk')).rejects.toThrow('401');
  const again = { name: 'clerk', password: 'another horse' };
  expect((await api.nobody.call('POST', '/api/v1/session', again)).status).toBe(200);
});

test.for([
  ['a wrong old password', 'PASSWORD-WRONG', { old: 'wrong', new: 'another horse' }],
  ['the same password', 'MALFORMED', { old: PASSWORD, new: PASSWORD }],
  ['a short password', 'MALFORMED', { old: PASSWORD, new: 'short' }],
] as const)('%s → %s, and the old one still signs in', async ([, code, body]) => {
  const caller = await api.signIn('neighbour');
  expect(await caller.call('PUT', address, body)).toMatchObject({ json: { code } });
  await api.signIn('neighbour');
});

test('five wrong old passwords → locked out', async () => {
  const caller = await api.signIn('housing');
  const body = { old: 'wrong', new: 'another horse' };
  for (let tries = 0; tries < 5; tries += 1) await caller.call('PUT', address, body);
  const right = { old: PASSWORD, new: 'another horse' };
  expect(await caller.call('PUT', address, right)).toMatchObject({ json: { code: 'LOCKED-OUT' } });
});
