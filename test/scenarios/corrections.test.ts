/** 数据更正 of Hunan 2018 over the public API: each by the level that the province named, the city reports (§12). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, expectStatus } from './expect-answer.ts';
import { ListWalk } from './list-walk.ts';
import { formsFor, passStep, passUntil, reportOf, reviewOf } from './pass-step.ts';
import { householdsByHead } from './registry-households.ts';
import { HUNAN } from './shipped-places.ts';
import { openGround, type TrainingGround } from './training-ground.ts';
import { verifyOffline } from './verify-offline.ts';

const WALK_MS_MAX = 300_000;
const CLEAR = { ...HUNAN, procedure: 'clear-household' } as const;
const OTHER = {
  ...CLEAR,
  places: { ...HUNAN.places, village: '上湾村' },
  villageCode: '430981901202',
} as const;
const CITY = '益阳市领导小组办公室';
const COUNTY_CODE = '430981';

let ground: TrainingGround;

beforeAll(async () => {
  ground = await openGround();
}, 120_000);

afterAll(async () => {
  await ground?.close();
});

async function statuses(villageCode: string): Promise<Record<string, string>> {
  const rows = await householdsByHead(ground, villageCode);
  return Object.fromEntries([...rows].map(([head, { status }]) => [head, status]));
}

async function inbox(who: string): Promise<readonly string[]> {
  const { json } = await ground.county.call(who, 'GET', '/inbox');
  const items = json['items'] as unknown as { rosterId: string }[];
  return items.map(({ rosterId }) => rosterId);
}

/** 开放功能 to a unit by somebody's office. */
async function open(who: string, functionKey: string, unitCode: string) {
  const body = { functionKey, unitCode, documentNo: '演练开通1号' };
  return ground.county.call(who, 'POST', '/windows', body);
}

/** The city's report over lists. */
function reportOver(lists: readonly ListWalk[], households: number, change: object = {}): object {
  return {
    kind: 'report',
    title: '关于清退错评贫困户的报告',
    opinion: '请予审核',
    documentNo: '益扶办报〔2018〕9号',
    documentOn: '2018-11-20',
    why: '识别时户主为财政供养人员',
    counts: [{ countyCode: COUNTY_CODE, households }],
    evidence: { 'report-paper': [lists[0]?.photo] },
    targets: lists.map(({ id }) => ({ rosterId: id })),
    ...change,
  };
}

test(
  '清退: the city reports over villages with reasons and counts, the province approves, both carry it out',
  async () => {
    await ground.load('hunan-2018-corrections');
    const lists = [await ListWalk.open(ground, CLEAR), await ListWalk.open(ground, OTHER)];
    const [walk, other] = lists;
    if (walk === undefined || other === undefined) throw new Error('two lists');
    const silent = await formsFor(walk, { 王错评: { cause: null } });
    await walk.refused(walk.clerk, silent, 'CORRECTION-CAUSE');
    for (const list of lists) {
      await list.act(list.clerk, await formsFor(list));
      await passUntil(list, 'city-report');
    }
    // What waits for a level is in its inbox, with its date to the minute.
    expect([...(await inbox(CITY))].sort()).toEqual([other.id, walk.id].sort());
    expect((await walk.view()).dueAt).toBe('2018-11-26T17:00:00+08:00');

    // G-19: no other level reports; G-20: nothing of it is missing.
    const county = walk.who({ level: 'county', duty: 'office' });
    await walk.refused(county, await reportOf(walk), 'NOT-YOUR-LEVEL');
    await walk.refused(CITY, await reportOf(walk, { why: ' ' }), 'G-20');
    await walk.refused(CITY, await reportOf(walk, { counts: [] }), 'G-20');
    const sign = (act: object) => ground.county.call(CITY, 'POST', '/acts', act, randomUUID());
    expectRefusal(await sign(reportOver(lists, 1)), 'G-20');
    const silentAct = await sign(reportOver(lists, 2, { why: '' }));
    expect(JSON.stringify(silentAct.json)).toContain('需要进行处理的原因');
    const signed = await sign(reportOver(lists, 2));
    expectStatus(signed, 201);
    expect(signed.json['targets']).toMatchObject([{ state: 'applied' }, { state: 'applied' }]);

    expect([...(await inbox('湖南省审核'))].sort()).toEqual([other.id, walk.id].sort());
    await walk.refused('益阳市审核', await reviewOf(walk), 'NOT-YOUR-LEVEL');
    for (const list of lists) await passStep(list);

    // G-19: opened to the county it is not opened to the province.
    expectStatus(await open(county, 'clear-household', COUNTY_CODE), 201);
    const [item] = await walk.live();
    expectRefusal(await walk.register(item?.id ?? ''), 'G-15');
    const office = walk.who({ level: 'province', duty: 'office' });
    expectStatus(await open(office, 'clear-household', '43'), 201);
    const enter = `/cases/${item?.id}/registration/enter`;
    const clerk = walk.who({ level: 'county', duty: 'registry-operator' });
    expect((await ground.county.call(clerk, 'POST', enter)).status).toBe(409);
    for (const list of lists) await passStep(list);
    await expect
      .poll(() => statuses(CLEAR.villageCode))
      .toMatchObject({ 王错评: 'cleared', 李错死: 'exited' });
    await expect.poll(() => statuses(OTHER.villageCode)).toEqual({ 孙错评: 'cleared' });
    await expect.poll(() => walk.outcomes()).toEqual({ 王错评: 'closed cleared' });
    expect(await verifyOffline(ground, walk.id)).toMatchObject({
      integrity: null,
      completeness: null,
    });
  },
  WALK_MS_MAX,
);

test(
  '往年综合回退 by the province with the city; 稳定脱贫回退 with its list of names, by the nation',
  async () => {
    await ground.load('hunan-2018-corrections');
    const prior = await ListWalk.open(ground, { ...HUNAN, procedure: 'prior-years-rollback' });
    await passUntil(prior, 'registration');
    expectStatus(await open('湖南省领导小组办公室', 'rollback-prior-years', '43'), 201);
    await passStep(prior);
    const stable = await ListWalk.open(ground, { ...HUNAN, procedure: 'stable-exit-rollback' });
    await passUntil(stable, 'city-report');
    const { step } = await stable.step();
    const nameless = await reportOf(stable, { evidence: stable.evidence(step) });
    await stable.refused(CITY, nameless, 'G-20');
    await passUntil(stable, 'registration');
    await expect
      .poll(() => statuses(HUNAN.villageCode))
      .toMatchObject({ 李错死: 'poor', 赵稳脱: 'stably-exited' });
    const households = await householdsByHead(ground, HUNAN.villageCode);
    expect(households.get('李错死')).toMatchObject({ exitYear: null });
  },
  WALK_MS_MAX,
);
