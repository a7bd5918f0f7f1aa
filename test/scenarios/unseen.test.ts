/** Scenarios that no walk was made for: year's end, leap day, 2014 and 2015, two villages in one comparison. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectWhole } from './expect-answer.ts';
import { ListWalk, type ListWish } from './list-walk.ts';
import {
  answerComparison,
  closingOf,
  formsFor,
  passStep,
  passUntil,
  postSheet,
  requestComparison,
} from './pass-step.ts';
import { openGround, type TrainingGround } from './training-ground.ts';

const WALK_MS_MAX = 300_000;
const VILLAGE = '530627901201';
const OTHER_VILLAGE = '530627901202';
const PLACES = { village: '大田村', township: '青石镇', county: '镇雄县' };
const EXIT = {
  procedure: 'household-exit',
  packId: 'zhenxiong-2020',
  places: PLACES,
  villageCode: VILLAGE,
} as const satisfies ListWish;

let ground: TrainingGround;

beforeAll(async () => {
  ground = await openGround();
}, 120_000);

afterAll(async () => {
  await ground?.close();
});

const toInstant = (text: string) => Date.parse(`${text.replace(' ', 'T')}+08:00`);
const moveTo = (text: string) => ground.advance({ to: 'instant', at: toInstant(text) });

/** A person whom two villages list: nobody else has this number. */
const TWICE = '539999198001010016';

test('two villages in one comparison, one person in both: each list hears of its own household, what and by whom', {
  timeout: WALK_MS_MAX,
}, async () => {
  await ground.loadText(`
clock: 2020-12-25 09:00
pack:
  id: local-year-end
  extends: zhenxiong-2020
  clauses:
    own: { document: 镇雄县公示补充办法, article: 第二条, quote: 公示五个工作日, source: LOCAL, verified: true }
  values:
    notice.village: { value: { amount: 5, unit: WORKING, countFirstDay: false }, verified: true, clause: own }
villages:
  - name: 大田村
    groups: [一组]
    households: 1
    applicants:
      - { members: [{ name: 赵一 }, { name: 孙同, relation: 之子, idNumber: '${TWICE}' }] }
      - { head: 钱二, members: 2 }
  - name: 小田村
    groups: [甲组]
    households: 1
    applicants: [{ members: [{ name: 李三 }, { name: 孙同, relation: 之子, idNumber: '${TWICE}' }] }]
`);
  const wish = { ...EXIT, procedure: 'identification', packId: 'local-year-end' } as const;
  const one = await ListWalk.open(ground, wish);
  const places = { ...PLACES, village: '小田村' };
  const two = await ListWalk.open(ground, { ...wish, places, villageCode: OTHER_VILLAGE });
  for (const walk of [one, two]) await passUntil(walk, 'comparison');
  await requestComparison(one);
  const { step } = await one.step();
  const departments = step.kind === 'comparison' ? step.departments : [];
  const [police = '', ...others] = departments;
  await answerComparison(one, police, [await one.caseOf('赵一')]);
  for (const department of others) await answerComparison(one, department);
  // 孙同 is hit wherever he stands: both lists wait, 钱二 does not.
  expect(await one.outcomes()).toEqual({ 赵一: 'blocked', 钱二: 'on-list' });
  expect(await two.outcomes()).toEqual({ 李三: 'blocked' });
  const hitsOf = (who: string, list: ListWalk) =>
    ground.county.call(who, 'GET', `/rosters/${list.id}/hits`);
  const seen = await hitsOf('小田村经办', two);
  expect(seen.json['items']).toEqual([
    expect.objectContaining({ department: police, name: '孙同', detail: '名下有车辆' }),
  ]);
  expect(JSON.stringify(seen.json)).not.toContain(TWICE);
  expect(await hitsOf('小田村经办', one)).toMatchObject({
    status: 403,
    json: { code: 'NOT-YOUR-AREA' },
  });
  // The list that has nothing to explain goes on without the one that has.
  const ahead = { type: 'advance', reason: '钱二没有疑点，先行' };
  await one.act('镇雄县经办', ahead);
  expect((await one.view()).stepKey).toBe('village-assembly');
  expect(await one.outcomes()).toEqual({ 赵一: 'split-off', 钱二: 'on-list' });
  await passStep(one);
  await moveTo('2020-12-29 10:00');
  await postSheet(one);
  // 12-30, 12-31; 2021-01-01 to 03 New Year; 04, 05, 06.
  expect((await one.view()).notice?.endsAt).toBe('2021-01-07T00:00:00+08:00');
  await moveTo('2021-01-06 23:59');
  expectWhole(await one.send(one.clerk, await closingOf(one)), 'G-03');
  await moveTo('2021-01-07 00:00');
  await one.act(one.clerk, await closingOf(one));
});

describe('terms of objections by the calendar of the year', () => {
  test.for([
    // Parade of 2015-09-03: 3 and 4 off, Sunday the 6th worked; 7, 8, 9, 10.
    ['2015-09-02 10:00', '2015-09-11 00:00'],
    // Spring Festival of 2014: Sunday 01-26 worked; 27, 28, 29 and New Year’s Eve, which was no holiday.
    ['2014-01-24 10:00', '2014-01-31 00:00'],
  ] as const)('raised %s', { timeout: WALK_MS_MAX }, async ([raisedAt, end]) => {
    await ground.loadText(`
clock: ${raisedAt}
villages: [{ name: 大田村, groups: [一组], households: [{ head: 王一 }, { head: 王二 }] }]
`);
    const walk = await ListWalk.open(ground, EXIT);
    await passUntil(walk, 'village-notice');
    await postSheet(walk);
    const caseId = await walk.caseOf('王一');
    const objection = { type: 'raise-objection', kind: 'case', words: '有车', channel: '来访' };
    await walk.act(walk.clerk, { ...objection, caseId });
    const [raised] = (await walk.view()).objections as unknown as { dueAt: number }[];
    expect(raised?.dueAt).toBe(toInstant(end) - 1);
  });
});

test('a local pack that counts the day of posting, over the leap day of 2016', {
  timeout: WALK_MS_MAX,
}, async () => {
  await ground.loadText(`
clock: 2016-02-26 09:00
pack:
  id: local-leap
  extends: zhenxiong-2020
  clauses:
    own: { document: 镇雄县公示办法, article: 第三条, quote: 公示八日，含张贴当日, source: LOCAL, verified: true }
  values:
    notice.village: { value: { amount: 8, unit: CALENDAR, countFirstDay: true }, verified: true, clause: own }
villages: [{ name: 大田村, groups: [一组], households: [{ head: 王一 }] }]
`);
  const walk = await ListWalk.open(ground, { ...EXIT, packId: 'local-leap' });
  await passUntil(walk, 'village-notice');
  await moveTo('2016-02-27 23:59');
  await postSheet(walk);
  const { notice } = await walk.view();
  // 27, 28, 29, 1, 2, 3, 4, 5 March.
  expect(notice?.endsAt).toBe('2016-03-06T00:00:00+08:00');
  expect(notice?.words).toContain('计');
});

test('one household on two lists at once; at the end of the last year with a calendar working days are refused, natural days are not', {
  timeout: WALK_MS_MAX,
}, async () => {
  await ground.loadText(`
clock: 2026-12-28 09:00
villages: [{ name: 大田村, groups: [一组], households: [{ head: 王一 }, { head: 王二 }] }]
`);
  const walk = await ListWalk.open(ground, { ...EXIT, heads: ['王一'] });
  expectWhole(await ListWalk.ask(ground, { ...EXIT, heads: ['王一', '王二'] }), 'G-25');
  await passUntil(walk, 'village-notice');
  await postSheet(walk);
  expect((await walk.view()).notice?.endsAt).toBe('2027-01-05T00:00:00+08:00');
  const caseId = await walk.caseOf('王一');
  const objection = { type: 'raise-objection', kind: 'case', words: '有车', channel: '来访' };
  const refused = await walk.send(walk.clerk, { ...objection, caseId });
  expectWhole(refused, 'CALENDAR-YEAR-MISSING');
  expect(refused.json['missing']).toEqual(['2027年节假日安排']);
});

test('按户授权: a neighbour’s clerk reads and does what concerns the household named, and nothing of the others', {
  timeout: WALK_MS_MAX,
}, async () => {
  await ground.loadText(`
clock: 2020-09-21 09:00
villages:
  - name: 大田村
    groups: [一组]
    households: [{ no: 5306279012019001, head: 王一 }, { head: 王二 }]
  - { name: 小田村, households: 1 }
people:
  - name: 小田村经办
    duties: [{ org: 小田村, duty: clerk }]
    grants: [{ kind: households, org: 大田村, duty: clerk, households: [5306279012019001] }]
`);
  const neighbour = '小田村经办';
  const { county } = ground;
  const walk = await ListWalk.open(ground, EXIT);
  const get = (path: string) => county.call(neighbour, 'GET', path);
  const inbox = await get('/inbox');
  expect(inbox.json['items']).toMatchObject([{ rosterId: walk.id }]);
  const listed = await get(`/households?village=${VILLAGE}`);
  expect(listed.json['items']).toMatchObject([{ headName: '王一' }]);
  const seen = await get(`/rosters/${walk.id}`);
  expect(seen.status).toBe(200);
  const [one, two] = [await walk.caseOf('王一'), await walk.caseOf('王二')];
  expect((await get(`/cases/${one}/form`)).status).toBe(200);
  expect(await get(`/cases/${two}/form`)).toMatchObject({
    status: 403,
    json: { code: 'NOT-YOUR-AREA' },
  });
  // The meeting is about both households.
  const meeting = await walk.meetingOf(null);
  const part = expectWhole(await walk.send(neighbour, meeting), 'NOT-YOUR-AREA');
  expect(part['detail']).toContain('还有1户');
  await walk.act(walk.clerk, meeting);
  const verify = (await formsFor(walk, {}, ['王一'])) as object;
  await walk.act(neighbour, verify);
  expectWhole(await walk.send(neighbour, await formsFor(walk, {}, ['王二'])), 'NOT-YOUR-AREA');
  const told = (await get(`/rosters/${walk.id}/events`)).json['items'] as unknown as object[];
  const last = await get(`/rosters/${walk.id}/events?last=2`);
  expect(last.json['items']).toEqual(told.slice(-2));
});
