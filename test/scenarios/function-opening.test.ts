/** 功能开放 of Shanxi 2017 over the public API: the city applies, the province opens, the county enters (§13.2). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, expectStatus, expectWhole } from './expect-answer.ts';
import { ListWalk } from './list-walk.ts';
import { passStep, passUntil } from './pass-step.ts';
import { householdsByHead } from './registry-households.ts';
import { SHANXI } from './shipped-places.ts';
import { openGround, type TrainingGround } from './training-ground.ts';
import { verifyOffline } from './verify-offline.ts';

const WALK_MS_MAX = 300_000;
const CITY_CODE = '1411';
const COUNTY_CODE = '141124';
const CLERK = '吕梁市经办';
const CITY = '吕梁市领导小组办公室';
const PROVINCE = '山西省领导小组办公室';
const EXIT = { ...SHANXI, procedure: 'household-exit' } as const;

let ground: TrainingGround;

beforeAll(async () => {
  ground = await openGround();
}, 120_000);

afterAll(async () => {
  await ground?.close();
});

function apply(countyCodes: readonly string[], who = CLERK) {
  const body = { procedure: 'function-opening', packId: SHANXI.packId, unitCode: CITY_CODE };
  return ground.county.call(who, 'POST', '/rosters', { ...body, countyCodes });
}

const today = async () => new Date((await ground.now()) + 8 * 3_600_000).toISOString().slice(0, 10);

async function documentOf(change: object): Promise<object> {
  return { documentNo: '演练文件8号', documentOn: await today(), ...change };
}

/** The city's document: the report, then the application. */
async function signed(key: string): Promise<object> {
  const scan = await ground.county.photo(CITY, key);
  const passing = { opinion: '同意', refuse: [], answers: [], acceptLate: [] };
  return documentOf({ type: 'decide', ...passing, evidence: { [key]: [scan] } });
}

const opened = (change: object = {}) =>
  documentOf({ type: 'open-functions', opensAt: null, closesAt: null, evidence: {}, ...change });

async function inbox(who: string): Promise<readonly string[]> {
  const { json } = await ground.county.call(who, 'GET', '/inbox');
  return (json['items'] as unknown as { rosterId: string }[]).map(({ rosterId }) => rosterId);
}

interface WindowView {
  readonly id: string;
  readonly functionKey: string;
  readonly unitCode: string;
  readonly closesAt: string | null;
  readonly applicationId: string | null;
  readonly open: boolean;
}

async function windows(): Promise<readonly WindowView[]> {
  const { json } = await ground.county.call('临县领导小组办公室', 'GET', '/windows');
  return json['items'] as unknown as WindowView[];
}

test(
  'report, application once the county is done offline, opening until 12月20日, one label under it',
  async () => {
    await ground.load('shanxi-2017-opening');
    const exit = await ListWalk.open(ground, EXIT);
    expectWhole(await apply(['140105']), 'UNKNOWN-COUNTY');
    const answer = await apply([COUNTY_CODE]);
    expectStatus(answer, 201);
    const id = String(answer.json['id']);
    expectRefusal(await apply([COUNTY_CODE]), 'G-25');
    const command = (who: string, body: object) => ground.county.command(who, id, body);

    expect(await inbox(CITY)).toContain(id);
    expectRefusal(await command(PROVINCE, await opened()), 'OUT-OF-ORDER');
    expectStatus(await command(CITY, await signed('report-paper')), 200);
    const early = expectWhole(await command(CITY, await signed('application-paper')), 'G-23');
    expect(String(early['detail'])).toContain('临县还有1份名单没有走完线下程序');

    await passUntil(exit, 'registration');
    const [item] = await exit.live();
    expectRefusal(await exit.register(item?.id ?? ''), 'G-15');
    expectStatus(await command(CITY, await signed('application-paper')), 200);
    expect(await inbox(PROVINCE)).toContain(id);
    expectRefusal(await command(CITY, await opened()), 'NOT-YOUR-LEVEL');
    const late = await opened({ closesAt: Date.parse('2017-12-21T00:00:01+08:00') });
    expectWhole(await command(PROVINCE, late), 'WINDOW-TIMES');
    expectStatus(await command(PROVINCE, await opened()), 200);

    const standing = await windows();
    expect(standing.map(({ functionKey }) => functionKey).sort()).toEqual([
      'change-members',
      'mark-exit',
      'mark-return',
      'mark-village-exit',
    ]);
    for (const window of standing) {
      expect(window).toMatchObject({ unitCode: COUNTY_CODE, applicationId: id, open: true });
      expect(window.closesAt).toBe('2017-12-21T00:00:00+08:00');
    }
    // Nothing was entered under it: the registry has never heard of it, and it closes all the same.
    const unused = standing.find(({ functionKey }) => functionKey === 'mark-return')?.id;
    const closing = { reason: '本县没有返贫户' };
    const shut = await ground.county.call(PROVINCE, 'POST', `/windows/${unused}/close`, closing);
    expectStatus(shut, 200);
    expect(shut.json).toMatchObject({ open: false });
    expectStatus(await apply([COUNTY_CODE]), 201);

    // The announcement has its own days (a value confirmed for training).
    await ground.advance({ to: 'instant', at: Date.parse('2017-12-10T09:00:00+08:00') });
    await passStep(exit);
    await expect
      .poll(async () => (await householdsByHead(ground, SHANXI.villageCode)).get('王脱贫'))
      .toMatchObject({ status: 'exited' });
    for (const each of [id, exit.id]) {
      expect(await verifyOffline(ground, each)).toMatchObject({
        integrity: null,
        completeness: null,
      });
    }

    // It closes by itself: nobody has to remember it.
    await ground.advance({ to: 'instant', at: Date.parse('2017-12-20T23:50:00+08:00') });
    expect((await windows()).filter(({ open }) => open)).toHaveLength(3);
    await ground.advance({ to: 'instant', at: Date.parse('2017-12-21T00:00:00+08:00') });
    expect((await windows()).some(({ open }) => open)).toBe(false);
  },
  WALK_MS_MAX,
);
