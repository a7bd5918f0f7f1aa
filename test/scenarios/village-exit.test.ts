/** 贫困村退出 of the shipped packs, each from a scenario file, over the public API alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, expectStatus } from './expect-answer.ts';
import { ListWalk } from './list-walk.ts';
import {
  closingOf,
  formsFor,
  opinionsOf,
  passStep,
  passUntil,
  postSheet,
  reviewOf,
} from './pass-step.ts';
import { HUNAN, KUNMING, SHANXI, ZHENXIONG } from './shipped-places.ts';
import { openGround, type TrainingGround } from './training-ground.ts';
import { verifyOffline } from './verify-offline.ts';

const WALK_MS_MAX = 240_000;

let ground: TrainingGround;

beforeAll(async () => {
  ground = await openGround();
}, 120_000);

afterAll(async () => {
  await ground?.close();
});

const OF_VILLAGES = { ...ZHENXIONG, procedure: 'village-exit' } as const;
const OF_HOUSEHOLDS = { ...ZHENXIONG, procedure: 'household-exit', heads: ['周待脱'] } as const;

/** 出列年度 of a village in the registry. */
async function exitYear(villageCode: string): Promise<string | undefined> {
  const { registryUrl } = ground.instance;
  const response = await fetch(`${registryUrl}/villages/${villageCode}`);
  const { details } = (await response.json()) as { details: Record<string, string> };
  return details['出列年度'];
}

/** 未脱贫人数 of a listed village, as the township reads it beside the form. */
async function poorPersons(walk: ListWalk, caseId: string): Promise<number> {
  const known = await ground.county.call(walk.clerk, 'GET', `/cases/${caseId}/village-form`);
  expectStatus(known, 200);
  return (known.json['registry'] as unknown as { poorPersons: number }).poorPersons;
}

test(
  '镇雄: a township lists its village, departments certify it, 出列 goes into the registry after the announcement',
  async () => {
    await ground.load('zhenxiong-2020-village');
    const { villageCode, packId, places } = ZHENXIONG;
    const body = { procedure: 'village-exit', packId, unitCode: villageCode.slice(0, 9) };
    const clerk = `${places.township}经办`;
    const elsewhere = { ...body, villageCodes: ['530628101001'] };
    const strange = await ground.county.call(clerk, 'POST', '/rosters', elsewhere);
    expectRefusal(strange, 'UNKNOWN-VILLAGE');

    const households = await ListWalk.open(ground, OF_HOUSEHOLDS);
    const walk = await ListWalk.open(ground, OF_VILLAGES);
    const again = await ListWalk.ask(ground, OF_VILLAGES);
    expectRefusal(again, 'G-25');
    const caseId = await walk.caseOf(places.village);

    // 一百人中六人未脱贫 is more than three in a hundred.
    const on = '2020-09-21';
    const definition = '本村农业户籍人口';
    await walk.saveVillageForm(caseId, { denominator: { persons: 100, definition, on } });
    const known = await ground.county.call(clerk, 'GET', `/cases/${caseId}/village-form`);
    expectStatus(known, 200);
    const { registry } = known.json as unknown as {
      registry: { poorPersons: number; openExitCases: number };
    };
    expect(registry.openExitCases).toBe(1);
    const hash = await walk.saveVillageForm(caseId, {
      denominator: { persons: registry.poorPersons * 10, definition, on },
    });
    const { step } = await walk.step();
    const signers = ['村两委', '驻村工作队'].map((role) => ({ role, name: '签字人' }));
    const evidence = walk.evidence(step);
    const entries = [{ caseId, formHash: hash }];
    await walk.refused(clerk, { type: 'verify', entries, signers, evidence }, 'GV1');
    await walk.act(clerk, await formsFor(walk));

    const reviewer = `${places.township}审核`;
    await walk.refused(reviewer, await reviewOf(walk), 'VILLAGE-HOUSEHOLDS');
    await households.act(households.clerk, {
      type: 'withdraw-case',
      caseId: await households.caseOf('周待脱'),
      reason: '今年不退出',
      evidence: { withdrawal: [households.photo] },
    });
    await passStep(walk);

    const foreign = { ...(await opinionsOf(walk, '交通')), department: '教育' };
    await walk.refused(`${places.county}交通`, foreign, 'NOT-YOUR-DUTY');
    await passUntil(walk, 'township-notice');
    await passUntil(walk, 'registration');
    expect(await exitYear(villageCode)).toBeUndefined();
    await ground.advance({ to: 'next-event' });
    await passStep(walk);
    await expect.poll(() => walk.outcomes()).toEqual({ [places.village]: 'closed village-exited' });
    expect(await exitYear(villageCode)).toBe('2020');
    const counted = await ground.county.call(walk.clerk, 'GET', '/progress');
    // The household that left before, and the village.
    expect(counted.json['own']).toMatchObject([{ total: 2, done: 2 }]);

    const offline = await verifyOffline(ground, walk.id);
    expect(offline).toMatchObject({ integrity: null, completeness: null });

    const after = await ListWalk.ask(ground, OF_VILLAGES);
    expectRefusal(after, 'SUBJECT-STATUS');
  },
  WALK_MS_MAX,
);

test(
  '昆明: an indicator left open is refused; audited late it is marked, not refused; labelled 2017',
  async () => {
    await ground.load('kunming-2017-village');
    const { villageCode, places } = KUNMING;
    const walk = await ListWalk.open(ground, { ...KUNMING, procedure: 'village-exit' });
    const caseId = await walk.caseOf(places.village);
    const { step, view } = await walk.step();
    const asked = view.plan.steps.flatMap((each) =>
      each.kind === 'certification' ? each.indicators : [],
    );
    const indicators = asked.map(({ key }, index) => ({
      key,
      met: index === 0 ? null : true,
      words: '',
    }));
    const formHash = await walk.saveVillageForm(caseId, { indicators });
    const signers = ['村两委', '驻村工作队'].map((role) => ({ role, name: '签字人' }));
    const verify = { type: 'verify', entries: [{ caseId, formHash }], signers };
    const open = await walk.refused(
      walk.clerk,
      { ...verify, evidence: walk.evidence(step) },
      'VILLAGE-ITEMS',
    );
    expect(JSON.stringify(open)).toContain(`${asked[0]?.name}（未填）`);
    await passStep(walk);
    const reviewed = await walk.send(`${places.township}审核`, await reviewOf(walk));
    expectStatus(reviewed, 200);
    const warned = JSON.stringify(reviewed.json);
    expect(warned).toContain('GV6');
    expect(warned).toContain(
      '小田村（贫困户数、低保户数、五保户数、贫困人口、负责人、负责人电话）',
    );
    await passUntil(walk, 'county-decision');
    expect((await walk.view()).dueAt).toBe('2017-11-25T23:59:59+08:00');
    await ground.advance({ to: 'instant', at: Date.parse('2017-11-28T10:00:00+08:00') });
    expect(Math.floor((await walk.view()).lateMs / 3_600_000)).toBe(58);
    await passUntil(walk, 'registration');
    await walk.nextEvent();
    await passStep(walk);
    await expect.poll(() => walk.outcomes()).toEqual({ [places.village]: 'closed village-exited' });
    expect(await exitYear(villageCode)).toBe('2017');
  },
  WALK_MS_MAX,
);

test(
  '山西: not moved, not left; two in a hundred and no more; who fails an indicator leaves, an objection holds one village',
  async () => {
    await ground.load('shanxi-2017-village');
    const { villageCode, places } = SHANXI;
    const second = `${villageCode.slice(0, 9)}202`;
    const villageCodes = [villageCode, second];
    const walk = await ListWalk.open(ground, {
      ...SHANXI,
      procedure: 'village-exit',
      villageCodes,
    });
    const first = await walk.caseOf(places.village);
    const other = await walk.caseOf('西梁村');
    const { step } = await walk.step();
    const signers = ['村两委', '驻村工作队'].map((role) => ({ role, name: '签字人' }));
    const tried = async (change: object) => {
      const entries = [{ caseId: first, formHash: await walk.saveVillageForm(first, change) }];
      return { type: 'verify', entries, signers, evidence: walk.evidence(step) };
    };
    const still = { relocation: { listed: true, moved: false } };
    await walk.refused(walk.clerk, await tried(still), 'GV3');
    const poor = await poorPersons(walk, first);
    const counted = { definition: '本村农业户籍人口', on: '2017-10-25' };
    const over = { denominator: { ...counted, persons: poor * 50 - 1 } };
    await walk.refused(walk.clerk, await tried(over), 'GV1');
    const moved = { relocation: { listed: true, moved: true } };
    const exactly = { denominator: { ...counted, persons: poor * 50 } };
    await walk.act(walk.clerk, await tried({ ...moved, ...exactly }));
    const entries = [{ caseId: other, formHash: await walk.saveVillageForm(other) }];
    await walk.act(walk.clerk, { type: 'verify', entries, signers, evidence: walk.evidence(step) });
    await passStep(walk);

    for (const department of ['扶贫', '交通', '卫计', '农业']) {
      const failing = department === '农业' ? [other] : [];
      await walk.act(`${places.county}${department}`, await opinionsOf(walk, department, failing));
    }
    expect(await walk.outcomes()).toEqual({ [places.village]: 'on-list', 西梁村: 'refused GV2' });
    await passStep(walk);

    await postSheet(walk);
    const against = { type: 'raise-objection', kind: 'case', caseId: first, words: '路没有通' };
    await walk.act(walk.clerk, { ...against, channel: '来访' });
    await walk.nextEvent();
    await walk.refused(walk.clerk, await closingOf(walk), 'G-04');
    const [objection] = (await walk.view()).objections;
    await walk.act(walk.clerk, {
      type: 'dispose-objection',
      objectionId: objection?.id,
      result: 'rejected',
      words: '路已通',
      investigators: ['王主任', '李文书'],
      evidence: { investigation: [walk.photo] },
    });
    const early = await walk.register(first);
    expect(early).toMatchObject({ status: 409, json: { code: 'OUT-OF-ORDER' } });
    await walk.act(walk.clerk, await closingOf(walk));
    await passStep(walk);
    await walk.nextEvent();
    await passStep(walk);
    await expect
      .poll(() => walk.outcomes())
      .toMatchObject({
        [places.village]: 'closed village-exited',
      });
    expect(await exitYear(villageCode)).toBe('2017');
    expect(await exitYear(second)).toBeUndefined();
  },
  WALK_MS_MAX,
);

test(
  '湖南: by the national default, at most two in a hundred (中部), to the label',
  async () => {
    await ground.load('hunan-2018-village');
    const { villageCode, places } = HUNAN;
    const walk = await ListWalk.open(ground, { ...HUNAN, procedure: 'village-exit' });
    const listed = await walk.caseOf(places.village);
    const { step } = await walk.step();
    const signers = ['村两委', '驻村工作队'].map((role) => ({ role, name: '签字人' }));
    const poor = await poorPersons(walk, listed);
    const counted = { definition: '本村农业户籍人口', on: '2018-10-20' };
    const tried = async (persons: number) => {
      const change = { denominator: { ...counted, persons } };
      const entries = [{ caseId: listed, formHash: await walk.saveVillageForm(listed, change) }];
      return { type: 'verify', entries, signers, evidence: walk.evidence(step) };
    };
    await walk.refused(walk.clerk, await tried(poor * 50 - 1), 'GV1');
    await walk.act(walk.clerk, await tried(poor * 50));
    await passUntil(walk, 'registration');
    await walk.nextEvent();
    await passStep(walk);
    await expect.poll(() => walk.outcomes()).toEqual({ [places.village]: 'closed village-exited' });
    expect(await exitYear(villageCode)).toBe('2018');
  },
  WALK_MS_MAX,
);
