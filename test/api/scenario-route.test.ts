import { afterEach, expect, test } from 'vitest';
import { startApi } from './running-api.ts';

let api: Awaited<ReturnType<typeof startApi>> | undefined;

afterEach(async () => {
  await api?.stop();
});

test('production loads no scenario, whoever asks', async () => {
  api = await startApi({ training: false });
  const admin = await api.signIn('admin');
  const answer = await admin.call('POST', '/api/v1/scenario', {});
  expect(answer).toMatchObject({ status: 409, json: { code: 'TRAINING-ONLY' } });
});

test('nobody loads a scenario without signing in', async () => {
  api = await startApi();
  const answer = await api.nobody.call('POST', '/api/v1/scenario', {});
  expect(answer).toMatchObject({ status: 401, json: { code: 'NOT-SIGNED-IN' } });
});

test('a shape that no scenario has is refused by its place', async () => {
  api = await startApi();
  const admin = await api.signIn('admin');
  const answer = await admin.call('POST', '/api/v1/scenario', { villages: [{ naem: '东村' }] });
  expect(answer).toMatchObject({
    status: 422,
    json: { code: 'SCENARIO-FAULTY', missing: ['villages[0].naem：没有这个项目'] },
  });
});
