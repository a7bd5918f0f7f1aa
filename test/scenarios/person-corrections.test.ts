/** 清退人口、补录人口、人员调整 of Hunan 2018 over the public API, each by the level to which it is opened (§12). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, expectStatus } from './expect-answer.ts';
import { ListWalk } from './list-walk.ts';
import { formsFor, passStep, passUntil, reportOf } from './pass-step.ts';
import { householdsByHead } from './registry-households.ts';
import { HUNAN } from './shipped-places.ts';
import { openGround, type TrainingGround } from './training-ground.ts';
import { verifyOffline } from './verify-offline.ts';
import type { FormWish } from './visit-form.ts';

const WALK_MS_MAX = 300_000;
const CLEAR = { ...HUNAN, procedure: 'clear-person', heads: ['王错人'] } as const;
const SUPPLEMENT = { ...HUNAN, procedure: 'supplement-person', heads: ['李漏人'] } as const;
const ADJUST = { ...HUNAN, procedure: 'adjust-new-household' } as const;
const COUNTY_CODE = '430981';

let ground: TrainingGround;

beforeAll(async () => {
  ground = await openGround();
}, 120_000);

afterAll(async () => {
  await ground?.close();
});

/** 开放功能 by an office over a unit. */
async function open(who: string, functionKey: string, unitCode: string): Promise<void> {
  const body = { functionKey, unitCode, documentNo: '演练开通1号' };
  expectStatus(await ground.county.call(who, 'POST', '/windows', body), 201);
}

async function namesOf(head: string): Promise<readonly string[]> {
  const rows = await householdsByHead(ground, HUNAN.villageCode);
  return rows.get(head)?.members.map(({ name }) => name) ?? [];
}

async function register(walk: ListWalk) {
  const [item] = await walk.live();
  return walk.register(item?.id ?? '');
}

async function ended(walk: ListWalk, head: string, outcome: string): Promise<void> {
  await expect.poll(() => walk.outcomes()).toMatchObject({ [head]: `closed ${outcome}` });
  expect(await verifyOffline(ground, walk.id)).toMatchObject({
    integrity: null,
    completeness: null,
  });
}

/** The form's only line for another reason. */
function because(reason: string, on: string): FormWish {
  const line = { kind: 'increase', reason, on, personNo: null, name: '李小漏', relation: '之女' };
  const changes = [{ ...line, idNumber: '530627199009090012' }];
  return { persons: { changes, newHead: null } as unknown as Required<FormWish>['persons'] };
}

test(
  '清退人口 by the city with the province, 补录人口 by the county once the province approved',
  async () => {
    await ground.load('hunan-2018-persons');
    const clear = await ListWalk.open(ground, CLEAR);
    // §12.4: a household in another open case is refused.
    const both = { ...SUPPLEMENT, heads: ['王错人'] };
    expectRefusal(await ListWalk.ask(ground, both), 'G-25');
    const before = await namesOf('王错人');
    await passUntil(clear, 'city-report');
    const county = clear.who({ level: 'county', duty: 'office' });
    await clear.refused(county, await reportOf(clear), 'NOT-YOUR-LEVEL');
    await passUntil(clear, 'registration');
    // G-19: opened to the county it is not opened to the province.
    await open(county, 'clear-person', COUNTY_CODE);
    expectRefusal(await register(clear), 'G-15');
    await open('湖南省领导小组办公室', 'clear-person', '43');
    await passStep(clear);
    await expect.poll(() => namesOf('王错人')).toEqual(before.slice(0, -1));
    await ended(clear, '王错人', 'person-cleared');

    const added = await ListWalk.open(ground, SUPPLEMENT);
    const born = { 李漏人: because('新生', '2018-11-01') };
    await added.refused(added.clerk, await formsFor(added, born), 'PERSONS-NAMED');
    const omitted = { 李漏人: because('漏评', '2018-11-01') };
    await added.act(added.clerk, await formsFor(added, omitted));
    await passUntil(added, 'registration');
    await open(county, 'supplement-person', COUNTY_CODE);
    await passStep(added);
    await expect.poll(() => namesOf('李漏人')).toContain('李小漏');
    await ended(added, '李漏人', 'person-supplemented');
  },
  WALK_MS_MAX,
);

test(
  '人员调整 only of households identified this year, by the county without a report',
  async () => {
    await ground.load('hunan-2018-persons');
    const old = await ListWalk.open(ground, { ...ADJUST, heads: ['王错人'] });
    await old.refused(old.clerk, await formsFor(old), 'NEW-HOUSEHOLD');
    const walk = await ListWalk.open(ground, { ...ADJUST, heads: ['赵新识'] });
    await passUntil(walk, 'registration');
    await walk.openWindow('adjust-new-household');
    await passStep(walk);
    await expect.poll(() => namesOf('赵新识')).toContain('新生儿');
    await ended(walk, '赵新识', 'household-adjusted');
  },
  WALK_MS_MAX,
);
