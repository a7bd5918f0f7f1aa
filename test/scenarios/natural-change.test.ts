/** 家庭成员自然变更 over the public API: into the registry, and what becomes of what else is under way (§13.1). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIdNumbers } from '../../registry/demo/people.ts';
import { expectRefusal } from './expect-answer.ts';
import { ListWalk } from './list-walk.ts';
import { formsFor, passStep, passUntil } from './pass-step.ts';
import { householdsByHead } from './registry-households.ts';
import { ZHENXIONG } from './shipped-places.ts';
import { openGround, type TrainingGround } from './training-ground.ts';
import { verifyOffline } from './verify-offline.ts';
import type { FormWish } from './visit-form.ts';

const WALK_MS_MAX = 300_000;
const NATURAL = { ...ZHENXIONG, procedure: 'natural-change' } as const;
const EXIT = { ...ZHENXIONG, procedure: 'household-exit' } as const;
const ON = '2020-09-15';
const BORN = createIdNumbers().next(ON, '女');

let ground: TrainingGround;

beforeAll(async () => {
  ground = await openGround();
}, 120_000);

afterAll(async () => {
  await ground?.close();
});

interface Member {
  readonly personNo: string;
  readonly name: string;
  readonly idNumber: string;
  readonly relation: string;
}

function isHead({ relation }: Member): boolean {
  return relation === '户主';
}

async function membersOf(walk: ListWalk, head: string): Promise<readonly Member[]> {
  const path = `/cases/${await walk.caseOf(head)}/form?idNumbers=full`;
  const { json } = await ground.county.call(walk.clerk, 'GET', path);
  return json['members'] as unknown as Member[];
}

type Persons = Required<FormWish>['persons'];

/** A line of the form; its day is a day of the campaign. */
function line(
  kind: string,
  reason: string,
  { personNo, name, idNumber, relation }: Member,
): object {
  return { kind, reason, on: ON, personNo, name, idNumber, relation };
}

function personsWith(changes: readonly object[], newHead: object | null = null): FormWish {
  return { persons: { changes, newHead } as unknown as Persons };
}

const BIRTH = line('increase', '新生', {
  personNo: null as unknown as string,
  name: '王小丫',
  idNumber: BORN,
  relation: '之女',
});

/** Where a head's case of the exits stands: the step and the list. */
async function exitOf(walk: ListWalk, head: string): Promise<string> {
  const { cases, stepKey } = await walk.view();
  const status = cases.find(({ headName }) => headName === head)?.status;
  return `${stepKey} ${status ?? '不在名单'}`;
}

test(
  '镇雄: born, dead head and 分户 reach the registry; the exits go on, only who divided starts again',
  async () => {
    await ground.load('zhenxiong-2020-natural-change');
    const exits = await ListWalk.open(ground, EXIT);
    await passStep(exits);
    const { stepKey } = await exits.view();

    // Beside the live case of another family; two of its own are refused.
    const walk = await ListWalk.open(ground, NATURAL);
    expectRefusal(await ListWalk.ask(ground, NATURAL), 'G-25');

    const family = await membersOf(walk, '李换主');
    const head = family.find(isHead);
    const wife = family.find((member) => !isHead(member));
    const divided = (await membersOf(walk, '周分户')).find((member) => !isHead(member));
    if (head === undefined || wife === undefined || divided === undefined)
      throw new Error('members');
    const death = line('decrease', '死亡', head);
    const wishes = {
      王添丁: personsWith([BIRTH]),
      李换主: personsWith([death], { name: wife.name, idNumber: wife.idNumber }),
      周分户: personsWith([line('decrease', '分户', divided)]),
    };
    const silent = { ...wishes, 王添丁: { persons: null } };
    await walk.refused(walk.clerk, await formsFor(walk, silent), 'PERSONS-NAMED');
    const headless = { ...wishes, 李换主: personsWith([death]) };
    await walk.refused(walk.clerk, await formsFor(walk, headless), 'PERSONS-HELD');
    await walk.act(walk.clerk, await formsFor(walk, wishes));
    await passUntil(walk, 'registration');

    const [item] = await walk.live();
    expectRefusal(await walk.register(item?.id ?? ''), 'G-15');
    await walk.openWindow('change-members');
    await passStep(walk);
    await expect
      .poll(() => walk.outcomes())
      .toEqual({
        王添丁: 'closed members-changed',
        [wife.name]: 'closed members-changed',
        周分户: 'closed members-changed',
      });
    const rows = await householdsByHead(ground, ZHENXIONG.villageCode);
    const names = (of: string) => rows.get(of)?.members.map(({ name }) => name);
    expect(names('王添丁')).toContain('王小丫');
    expect(names(wife.name)).toEqual([wife.name]);
    expect(names('周分户')).not.toContain(divided.name);
    expect(rows.get('王添丁')?.status).toBe('poor');

    // 分户 sends its exit back to the first step, as a list of its own; the others stay where they were.
    await expect.poll(() => exitOf(exits, '周分户')).toBe(`${stepKey} split-off`);
    expect(await exitOf(exits, '王添丁')).toBe(`${stepKey} on-list`);
    expect(await exitOf(exits, wife.name)).toBe(`${stepKey} on-list`);
    const again = await ListWalk.resume(ground, EXIT, `${exits.id}.1`);
    expect(await exitOf(again, '周分户')).toBe('assembly on-list');
    for (const list of [walk, exits]) {
      expect(await verifyOffline(ground, list.id)).toMatchObject({
        integrity: null,
        completeness: null,
      });
    }
  },
  WALK_MS_MAX,
);
