import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchRoster } from '../../db/record/launch.ts';
import { rosters } from '../../db/schema/record.ts';
import { planHash } from '../../policies/plan-hash.ts';
import { openTrainingVillage, type TrainingVillage, VILLAGE } from './training-village.ts';

let village: TrainingVillage;

beforeAll(async () => {
  village = await openTrainingVillage();
});

afterAll(() => village.destroy());

async function launch(idempotencyKey: string, householdIds: readonly string[]) {
  const { db, clerk, clock, plan } = village;
  const body = { unitCode: VILLAGE, householdIds };
  return launchRoster(db, {
    ...body,
    procedure: 'household-exit',
    packId: plan.packId,
    actor: clerk,
    at: await clock.now(),
    plan,
    planHash: planHash(plan),
    request: { userId: clerk.userId, idempotencyKey, body },
  });
}

const countLists = async () =>
  (await village.db.select().from(rosters).where(eq(rosters.unitCode, VILLAGE))).length;

test('a launch sent ten times at once → one list, and everybody is told the same', async () => {
  const ids = village.householdIds.slice(0, 2);
  const answers = await Promise.all(Array.from({ length: 10 }, () => launch('launch-1', ids)));
  expect(answers.every((answer) => answer.ok)).toBe(true);
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await countLists()).toBe(1);
});

test('its key with other households → refused, no second list', async () => {
  expect(await launch('launch-1', village.householdIds.slice(2, 3))).toMatchObject({
    ok: false,
    refusals: [{ code: 'IDEMPOTENCY-KEY-REUSED' }],
  });
  expect(await countLists()).toBe(1);
});

test('a refused launch keeps nothing: with the same key it is judged anew', async () => {
  const ids = village.householdIds.slice(0, 1);
  expect(await launch('launch-2', ids)).toMatchObject({ ok: false });
  expect(await launch('launch-2', village.householdIds.slice(3, 4))).toMatchObject({ ok: true });
});
