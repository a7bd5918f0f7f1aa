import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signInFailures } from '../../db/schema/organisation.ts';
import { startApi } from './running-api.ts';

let api: Awaited<ReturnType<typeof startApi>>;

beforeAll(async () => {
  api = await startApi();
});

afterAll(async () => {
  await api.stop();
});

function guess(name: string, password: string) {
  return api.nobody.call('POST', '/api/v1/session', { name, password });
}

test('twenty guesses sent at once → five are checked, fifteen are locked out', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, no) => guess('office', `no-${no}`)),
  );
  const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
  expect(statuses).toEqual([...Array(5).fill(401), ...Array(15).fill(429)]);
  expect((await guess('office', 'correct horse')).status).toBe(429);
});

test('a name that nobody has is counted alike', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => guess('nobody-at-all', 'x')));
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
});

test('right passwords leave nothing to be counted', async () => {
  for (let times = 0; times < 7; times += 1) {
    expect((await guess('Inspector', 'correct horse')).status).toBe(200);
  }
  const left = eq(signInFailures.signInName, 'inspector');
  expect(await api.db.$count(signInFailures, left)).toBe(0);
});
