/** Edges of the calendar, of windows and of 补登, over the public API alone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainDate } from '../../domain/time/instant.ts';
import { expectWhole } from './expect-answer.ts';
import { ListWalk, type ListWish } from './list-walk.ts';
import {
  closingOf,
  decisionOf,
  formsFor,
  passStep,
  passUntil,
  postSheet,
  reviewOf,
} from './pass-step.ts';
import { openGround, type TrainingGround } from './training-ground.ts';

const WALK_MS_MAX = 300_000;
const VILLAGE = '530627901201';
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

async function refuse(walk: ListWalk, who: string, body: object, code: string) {
  return expectWhole(await walk.send(who, body), code);
}

describe('other years and other places', () => {
  test('a notice over the year’s end and a clock of 2019: sent back, posted anew, shut window, label', {
    timeout: WALK_MS_MAX,
  }, async () => {
    await ground.loadText(`
clock: 2019-12-24 09:00
villages:
  - { name: 大田村, groups: [一组], households: [{ head: 王一 }, { head: 王二 }, { head: 王三 }] }
windows: [{ function: mark-exit, opensAt: 2020-01-05 08:00, closesAt: 2020-01-20 10:00 }]
`);
    const walk = await ListWalk.open(ground, EXIT);
    const { clerk } = walk;
    await passUntil(walk, 'village-notice');
    const withdrawal = { type: 'withdraw-case', caseId: await walk.caseOf('王三'), reason: '自愿' };
    await refuse(walk, clerk, { ...withdrawal, evidence: {} }, 'EVIDENCE-MISSING');
    await walk.act(clerk, { ...withdrawal, evidence: { withdrawal: [walk.photo] } });
    await postSheet(walk);
    const back = { type: 'return-cases', caseIds: null, reason: '重新征求认可' };
    const target = await refuse(walk, clerk, { ...back, toStep: 'registration' }, 'RETURN-TARGET');
    expect(target['missing']).toContain('农户认可');
    await walk.act(clerk, { ...back, toStep: 'acceptance' });
    await passStep(walk);
    const again = { type: 'post-notice', place: 'village-board', proof: walk.photo };
    await refuse(walk, clerk, again, 'NOTICE-NOT-DRAFTED');
    await postSheet(walk);
    await moveTo('2019-12-31 23:59');
    const soon = await refuse(walk, clerk, await closingOf(walk), 'G-03');
    expect(soon['earliestAt']).toBe('2020-01-01T00:00:00+08:00');
    await moveTo('2020-01-01 00:00');
    await walk.act(clerk, await closingOf(walk));
    await passStep(walk);
    const decider = '镇雄县审定';
    await refuse(
      walk,
      decider,
      await decisionOf(walk, { documentOn: '2019-12-31' }),
      'DOCUMENT-DATE',
    );
    const ahead = await decisionOf(walk, { documentOn: '2020-02-01' });
    const wait = await refuse(walk, decider, ahead, 'DOCUMENT-DATE');
    expect(wait['earliestAt']).toBe('2020-02-01T00:00:00+08:00');
    await walk.act(decider, await decisionOf(walk));
    const case1 = await walk.caseOf('王一');
    const tooSoon = expectWhole(await walk.register(case1), 'OUT-OF-ORDER');
    expect(tooSoon['missing']).toEqual(['公告']);
    await passStep(walk);
    const shut = expectWhole(await walk.register(case1), 'G-15');
    expect(shut['earliestAt']).toBe('2020-01-05T08:00:00+08:00');
    expect(shut['clause']).toContain('数据录入和系统操作');
    await moveTo('2020-01-20 10:00');
    expect(expectWhole(await walk.register(case1), 'G-15')['earliestAt']).toBeNull();
    await refuse(
      walk,
      clerk,
      { ...withdrawal, caseId: case1, evidence: { withdrawal: [walk.photo] } },
      'OUT-OF-ORDER',
    );
    await walk.openWindow('mark-exit');
    const both = await ground.county.call(
      '镇雄县录入',
      'POST',
      `/cases/${case1}/registration/confirm`,
    );
    expectWhole(both, 'NOT-YOUR-DUTY');
    expect((await walk.register(case1)).status).toBe(200);
    await expect
      .poll(() => walk.outcomes())
      .toMatchObject({ 王一: 'closed exited', 王三: 'withdrawn withdrawn' });
  });

  test('a local pack of 2016 with its own window: days are counted by the calendar of 2016', {
    timeout: WALK_MS_MAX,
  }, async () => {
    await ground.loadText(`
clock: 2016-09-26 09:00
pack:
  id: local-2016
  extends: zhenxiong-2020
  year: 2016
  clauses: { own: { document: 镇雄县2016年通知, article: 第一条, quote: 五个工作日, source: LOCAL, verified: true } }
  values:
    income.line: { value: 302600, verified: true, clause: own }
    income.window: { value: { from: 2015-10-01, to: 2016-09-30 }, verified: true, clause: own }
    notice.village: { value: { amount: 5, unit: WORKING, countFirstDay: false }, verified: true, clause: own }
villages: [{ name: 大田村, groups: [一组], households: 1 }]
`);
    const walk = await ListWalk.open(ground, { ...EXIT, packId: 'local-2016' });
    await passUntil(walk, 'village-notice');
    await moveTo('2016-09-29 10:00');
    await postSheet(walk);
    const { notice } = await walk.view();
    // 9-30; 10-08 and 10-09 are worked, Saturday and Sunday though they are; 10-10, 10-11.
    expect(notice?.endsAt).toBe('2016-10-12T00:00:00+08:00');
  });

  test('the shipped pack of 2020 under a clock of 2016: an objection’s term is counted by the year it falls in', {
    timeout: WALK_MS_MAX,
  }, async () => {
    await ground.loadText(`
clock: 2016-02-04 09:00
villages: [{ name: 大田村, groups: [一组], households: [{ head: 王一 }, { head: 王二 }] }]
`);
    const walk = await ListWalk.open(ground, EXIT);
    await passUntil(walk, 'village-notice');
    await postSheet(walk);
    const caseId = await walk.caseOf('王一');
    const objection = { type: 'raise-objection', kind: 'case', words: '有车', channel: '来访' };
    await walk.act(walk.clerk, { ...objection, caseId });
    const [raised] = (await walk.view()).objections as unknown as { dueAt: number }[];
    // Five working days from 2-04: 2-05, 2-06 (made up for Spring Festival), 2-14 (the same), 15, 16.
    expect(raised?.dueAt).toBe(toInstant('2016-02-17 00:00') - 1);
  });

  test('Shanxi: a window opened for the city lets the county’s entry through', {
    timeout: WALK_MS_MAX,
  }, async () => {
    await ground.loadText(`
clock: 2017-10-25 09:00
pack: shanxi-2017
villages: [{ name: 南沟村, households: [{ head: 刘一般 }] }]
`);
    const places = { village: '南沟村', township: '青石镇', county: '临县' };
    const packId = 'shanxi-2017';
    const walk = await ListWalk.open(ground, {
      ...EXIT,
      packId,
      places,
      villageCode: '141124901201',
    });
    await passUntil(walk, 'registration');
    await walk.nextEvent();
    const caseId = await walk.caseOf('刘一般');
    const shut = expectWhole(await walk.register(caseId), 'G-15');
    expect(shut['clause']).toContain('信息数据录入');
    const people = await ground.county.call('演练管理员', 'GET', '/training/sign-ins');
    const names = (people.json['people'] as unknown as { signInName: string }[]).map(
      ({ signInName }) => signInName,
    );
    const office = names.find((name) => name.endsWith('市领导小组办公室')) ?? '';
    const body = { functionKey: 'mark-exit', unitCode: '1411', documentNo: '市办开通1号' };
    const opened = await ground.county.call(office, 'POST', '/windows', body);
    expect(opened.status, `${office} ${JSON.stringify(opened.json)}`).toBe(201);
    expect((await walk.register(caseId)).status).toBe(200);
    await expect.poll(() => walk.outcomes()).toEqual({ 刘一般: 'closed exited' });
  });
});

test('补登 of a whole offline history: opened, met, verified, accepted and posted on paper, entered in one sitting', {
  timeout: WALK_MS_MAX,
}, async () => {
  await ground.loadText(`
clock: 2020-10-10 09:00
villages: [{ name: 大田村, groups: [一组], households: [{ head: 王一 }] }]
`);
  const { county } = ground;
  const clerk = '大田村经办';
  const proof = await county.photo(clerk, '盖章原件');
  const lateAt = (text: string) => ({
    claimedAt: toInstant(text),
    proofKind: 'stamped-original',
    proof,
  });
  const households = await county.call(clerk, 'GET', `/households?village=${VILLAGE}&status=poor`);
  const householdIds = (households.json['items'] as unknown as { id: string }[]).map(
    ({ id }) => id,
  );
  const list = { procedure: EXIT.procedure, packId: EXIT.packId, unitCode: VILLAGE, householdIds };
  const launch = (text: string) =>
    county.call(clerk, 'POST', '/rosters', { ...list, late: lateAt(text) });
  expectWhole(await launch('2020-09-24 09:00'), 'LATE-ENTRY-TOO-LATE');
  expectWhole(await launch('2020-10-11 09:00'), 'LATE-ENTRY-IN-FUTURE');
  const opened = await launch('2020-09-28 09:00');
  expect(opened.status, JSON.stringify(opened.json)).toBe(201);
  const walk = await ListWalk.resume(ground, EXIT, String(opened.json['id']));
  const enter = (body: object, text: string) => walk.act(clerk, { ...body, late: lateAt(text) });
  const heldAt = toInstant('2020-09-28 10:00');
  await enter(await walk.meetingOf(null, { heldAt }), '2020-09-28 11:00');
  const on = plainDate('2020-09-29');
  const signed = (name: string, role: string) => ({ name, role, on, scan: proof });
  const dated = {
    visitedOn: on,
    visitors: [signed('李村干', '村干部'), signed('赵队员', '驻村工作队')],
    householderSignature: signed('王一', '户主'),
  };
  await enter(await formsFor(walk, { 王一: dated }), '2020-09-29 10:00');
  const { step } = await walk.step();
  const accepted = { party: 'household', accepted: true, signer: '王一' };
  const acceptance = { type: 'record-acceptance', caseId: await walk.caseOf('王一'), ...accepted };
  await enter({ ...acceptance, evidence: walk.evidence(step) }, '2020-09-29 11:00');
  await enter({ type: 'draft-notice' }, '2020-09-29 12:00');
  await enter({ type: 'post-notice', place: 'village-board', proof }, '2020-09-29 13:00');
  await walk.act(clerk, await closingOf(walk));
  const reviewer = '青石镇审核';
  const unread = await refuse(walk, reviewer, await reviewOf(walk), 'LATE-ENTRY-UNACCEPTED');
  const { lateEntries } = (await walk.view()).state;
  expect(unread['missing']).toHaveLength(lateEntries.length);
  const acceptLate = lateEntries.map(({ seq }) => seq);
  await walk.act(reviewer, await reviewOf(walk, { acceptLate }));
  expect((await walk.view()).stepKey).toBe('county-decision');
});
