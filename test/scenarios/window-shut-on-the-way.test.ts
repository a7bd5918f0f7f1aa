/** 功能窗口在录入途中关闭 — over the public API, with a registry that keeps one household waiting. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectStatus, expectWhole } from './expect-answer.ts';
import { ListWalk } from './list-walk.ts';
import { passUntil } from './pass-step.ts';
import { householdsByHead } from './registry-households.ts';
import { openGround, type TrainingGround } from './training-ground.ts';

const VILLAGE = '530627901201';
const COUNTY = '530627';

let ground: TrainingGround;

beforeAll(async () => {
  ground = await openGround({ faults: true });
}, 120_000);

afterAll(async () => {
  await ground?.close();
});

/** The next entry is neither taken nor answered. */
async function keepNextWaiting(): Promise<void> {
  const response = await fetch(`${ground.instance.registryUrl}/admin/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode: 'hang-before', count: 1 }),
  });
  expect(response.status).toBeLessThan(300);
}

async function shutWindow(office: string): Promise<void> {
  const { county } = ground;
  const windows = await county.call(office, 'GET', `/windows?unit=${COUNTY}`);
  const [standing] = windows.json['items'] as unknown as { id: string }[];
  const path = `/windows/${standing?.id}/close`;
  expectStatus(await county.call(office, 'POST', path, { reason: '录入期满' }), 200);
}

test('window shut while rows are on their way → what the registry took stays, the rest is refused and waits for a new window (G-15)', {
  timeout: 300_000,
}, async () => {
  await ground.loadText(`
clock: 2020-09-21 09:00
villages:
  - { name: 大田村, households: [{ head: 王一 }, { head: 王二 }] }
`);
  const walk = await ListWalk.open(ground, {
    procedure: 'household-exit',
    packId: 'zhenxiong-2020',
    places: { village: '大田村', township: '青石镇', county: '镇雄县' },
    villageCode: VILLAGE,
  });
  await passUntil(walk, 'registration');
  await walk.nextEvent();
  await walk.openWindow('mark-exit');
  const [first, second] = [await walk.caseOf('王一'), await walk.caseOf('王二')];
  expectStatus(await walk.register(first), 200);
  await expect.poll(() => walk.outcomes()).toMatchObject({ 王一: 'closed exited' });

  await keepNextWaiting();
  expectStatus(await walk.register(second), 200);
  await shutWindow(walk.who({ level: 'county', duty: 'office' }));
  await expect
    .poll(async () => (await walk.view()).cases.find(({ id }) => id === second)?.blocks)
    .toEqual([expect.stringContaining('已经关闭')]);
  expect(await walk.outcomes()).toMatchObject({ 王一: 'closed exited', 王二: 'blocked' });
  expect((await householdsByHead(ground, VILLAGE)).get('王二')).toMatchObject({ status: 'poor' });

  expectWhole(await walk.register(second), 'G-15');
  await walk.openWindow('mark-exit');
  expectStatus(await walk.register(second), 200);
  await expect
    .poll(() => walk.outcomes())
    .toEqual({ 王一: 'closed exited', 王二: 'closed exited' });
  const held = await householdsByHead(ground, VILLAGE);
  expect([held.get('王一'), held.get('王二')]).toMatchObject([
    { status: 'exited' },
    { status: 'exited' },
  ]);
});
