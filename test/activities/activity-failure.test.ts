import { expect, test } from 'vitest';
import { tellNothingPersonal } from '../../activities/activity-failure.ts';
import { openDatabase } from '../../db/client.ts';
import { users } from '../../db/schema/organisation.ts';
import { InvariantViolation } from '../../domain/invariant.ts';

test('a database error tells its code and none of its parameters', async () => {
  const { db, close } = openDatabase('postgres://nobody:nothing@127.0.0.1:1/none');
  const insert = () =>
    db
      .insert(users)
      .values({ id: '1', signInName: '张三', displayName: '张三', orgCode: '1', passwordHash: '' });
  const failure = await tellNothingPersonal(insert).catch((error: unknown) => error);
  expect(failure).toMatchObject({ message: 'ECONNREFUSED', nonRetryable: false });
  expect(JSON.stringify(failure)).not.toContain('张三');
  await close();
});

test('a broken invariant is told by its message', async () => {
  const activity = () => Promise.reject(new InvariantViolation('the plan is kept'));
  await expect(tellNothingPersonal(activity)).rejects.toMatchObject({
    type: 'InvariantViolation',
    message: 'invariant violated: the plan is kept',
  });
});
