/** 脱贫户返贫 of the shipped packs, each from a scenario file, over the public API alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, expectStatus } from './expect-answer.ts';
import { ListWalk } from './list-walk.ts';
import { formsFor, passStep, passUntil } from './pass-step.ts';
import { householdsByHead } from './registry-households.ts';
import { KUNMING, ZHENXIONG } from './shipped-places.ts';
import { openGround, type TrainingGround } from './training-ground.ts';

const WALK_MS_MAX = 300_000;

let ground: TrainingGround;

beforeAll(async () => {
  ground = await openGround();
}, 120_000);

afterAll(async () => {
  await ground?.close();
});

const IN_ZHENXIONG = { ...ZHENXIONG, procedure: 'return-to-poverty' } as const;
const IN_KUNMING = { ...KUNMING, procedure: 'return-to-poverty' } as const;

async function registered(villageCode: string) {
  const rows = await householdsByHead(ground, villageCode);
  return Object.fromEntries(
    [...rows].map(([head, { status, cause }]) => [head, { status, cause }]),
  );
}

test(
  '镇雄 返贫: only who left is listed, the cause is asked, the label goes on the household that is there',
  async () => {
    await ground.load('zhenxiong-2020-return');
    const poor = await ground.county.call(
      '大田村经办',
      'GET',
      `/households?village=${ZHENXIONG.villageCode}&status=poor`,
    );
    const [still] = poor.json['items'] as unknown as { id: string }[];
    const launched = await ground.county.call('大田村经办', 'POST', '/rosters', {
      procedure: 'return-to-poverty',
      packId: 'zhenxiong-2020',
      unitCode: ZHENXIONG.villageCode,
      householdIds: [still?.id],
    });
    expectRefusal(launched, 'SUBJECT-STATUS');

    const walk = await ListWalk.open(ground, IN_ZHENXIONG);
    await walk.refused(walk.clerk, await formsFor(walk, { 王返贫: { cause: null } }), 'G-11');
    const odd = await formsFor(walk, { 王返贫: { cause: '交通条件落后' } });
    const refusal = await walk.refused(walk.clerk, odd, 'G-11');
    expect(JSON.stringify(refusal)).toContain('产业项目失败');
    await walk.act(walk.clerk, await formsFor(walk, { 李返贫: { cause: '市场原因' } }));
    await passUntil(walk, 'registration');
    await walk.nextEvent();
    await passStep(walk);
    await expect
      .poll(() => registered(ZHENXIONG.villageCode))
      .toMatchObject({
        王返贫: { status: 'returned', cause: '因病' },
        李返贫: { status: 'returned', cause: '市场原因' },
        周未脱: { status: 'poor' },
      });
  },
  WALK_MS_MAX,
);

test(
  '昆明 返贫: other causes than grave illness and disaster leave the list for 补短板, which the village finishes',
  async () => {
    await ground.load('kunming-2017-return');
    const walk = await ListWalk.open(ground, IN_KUNMING);
    const unjudged = { 普返贫: { graveCause: null } };
    await walk.refused(walk.clerk, await formsFor(walk, unjudged), 'G-11');
    const slight = { holds: false, signer: '卫生院院长', reason: '感冒' };
    const water = {
      food: true,
      clothing: true,
      water: false,
      education: true,
      medical: true,
      housing: true,
    };
    const forms = await formsFor(walk, {
      毕学费: { cause: '因学', security: water },
      杨小病: { graveCause: slight },
    });
    await walk.act(walk.clerk, forms);
    expect(await walk.outcomes()).toEqual({
      普返贫: 'on-list',
      毕学费: 'diverted diverted',
      杨小病: 'diverted diverted',
    });
    const open = await ground.county.call(walk.clerk, 'GET', '/remedies?open=true');
    const items = open.json['items'] as unknown as {
      caseId: string;
      headName: string;
      lacking: string[];
    }[];
    expect(items.map(({ headName }) => headName).sort()).toEqual(['杨小病', '毕学费']);
    const school = items.find(({ headName }) => headName === '毕学费');
    expect(school?.lacking).toEqual(['饮水安全', '收入低于标准']);

    const path = `/remedies/${school?.caseId}/finish`;
    const done = { outcome: '已接通自来水', proofs: [walk.photo] };
    const reviewer = walk.who({ level: 'township', duty: 'reviewer' });
    expectStatus(await ground.county.call(reviewer, 'POST', path, done), 403);
    expectStatus(await ground.county.call(walk.clerk, 'POST', path, { ...done, proofs: [] }), 400);
    expectStatus(await ground.county.call(walk.clerk, 'POST', path, done), 200);
    expectRefusal(await ground.county.call(walk.clerk, 'POST', path, done), 'CONFLICT');

    // The household that was sent elsewhere is free again; the one that is grave goes on to the label.
    await passUntil(walk, 'registration');
    await walk.nextEvent();
    await passStep(walk);
    await expect
      .poll(() => registered(KUNMING.villageCode))
      .toMatchObject({
        普返贫: { status: 'returned', cause: '因病' },
        毕学费: { status: 'exited' },
        杨小病: { status: 'exited' },
      });
  },
  WALK_MS_MAX,
);
