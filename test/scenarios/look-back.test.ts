/** 回头看 (GV5) of shanxi-2017: opened by the system, in the township's inbox, finished only below the limit. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { households } from '../../db/schema/households.ts';
import { expectRefusal, expectStatus } from './expect-answer.ts';
import { ListWalk } from './list-walk.ts';
import { SHANXI } from './shipped-places.ts';
import { openGround, type TrainingGround } from './training-ground.ts';

const WALK_MS_MAX = 240_000;

const COUNTY = `
title: 山西2017年回头看
clock: 2017-10-25 09:00
pack: shanxi-2017
villages:
  - name: 南沟村
    households: [{ head: 刘未脱 }]
  - name: 北坡村
    details: { 出列年度: '2016', 总人口: '40' }
    households: [{ head: 任又贫 }, { head: 郝已脱, status: exited }]
  - name: 东山村
    details: { 出列年度: '2015', 总人口: '4000' }
    households: [{ head: 高未脱 }]
  - name: 西梁村
    details: { 出列年度: '2014', 总人口: '40' }
    households: [{ head: 贺未脱 }]
`;

const NORTH = `${SHANXI.villageCode.slice(0, 9)}202`;

interface LookBack {
  readonly villageCode: string;
  readonly villageName: string;
  readonly words: string;
  readonly clause: string;
  readonly outcome: string | null;
}

let ground: TrainingGround;

beforeAll(async () => {
  ground = await openGround();
}, 120_000);

afterAll(async () => {
  await ground?.close();
});

async function lookBacks(who: string, open: boolean): Promise<readonly LookBack[]> {
  const { json } = await ground.county.call(who, 'GET', `/look-backs?open=${open}`);
  return json['items'] as unknown as LookBack[];
}

/** The registry's data say that the household has left after all. */
async function leavePoverty(headName: string): Promise<void> {
  const record = openDatabase(ground.instance.databaseUrl);
  try {
    const named = eq(households.headName, headName);
    await record.db.update(households).set({ status: 'exited' }).where(named);
  } finally {
    await record.close();
  }
}

test(
  'a village of 2016 over the limit is listed by itself, once; finished by its township when it is below',
  async () => {
    await ground.loadText(COUNTY);
    const township = `${SHANXI.places.township}经办`;
    // Any list of the county sets the county's sweep going.
    await ListWalk.open(ground, { ...SHANXI, procedure: 'village-exit' });
    await expect.poll(() => lookBacks(township, true)).toHaveLength(1);
    const [found] = await lookBacks(township, true);
    expect(found).toMatchObject({ villageCode: NORTH, villageName: '北坡村', outcome: null });
    expect(found?.words).toMatch(/^2016年出列，现未脱贫\d+人，全村40人，贫困发生率超过2%$/);
    expect(found?.clause).toContain('“回头看”');
    await ground.advance({ to: 'instant', at: Date.parse('2017-10-27T10:00:00+08:00') });
    expect(await lookBacks(township, true)).toHaveLength(1);

    const path = `/look-backs/${NORTH}/finish`;
    const proof = await ground.county.photo(township, '证明');
    const finish = (who: string) =>
      ground.county.call(who, 'POST', path, { outcome: '已落实帮扶', proofs: [proof] });
    expectStatus(await finish('北坡村经办'), 403);
    expectStatus(await finish(`${SHANXI.places.village}经办`), 404);
    const early = await finish(township);
    expectRefusal(early, 'GV5');
    expect(JSON.stringify(early.json)).toContain('2015、2016已退出贫困村要进行');

    await leavePoverty('任又贫');
    expectStatus(await finish(township), 200);
    expect(await lookBacks(township, true)).toEqual([]);
    expect(await lookBacks(township, false)).toMatchObject([{ outcome: '已落实帮扶' }]);
    expectStatus(await finish(township), 404);
  },
  WALK_MS_MAX,
);
