/** The six chains of the shipped packs, each from a scenario file, over the public API alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ListWalk, type ListWish } from './list-walk.ts';
import {
  acceptanceOf,
  answerComparison,
  closingOf,
  decisionOf,
  formsFor,
  passStep,
  passUntil,
  postSheet,
  requestComparison,
  reviewOf,
} from './pass-step.ts';
import { householdsByHead } from './registry-households.ts';
import { KUNMING, SHANXI, ZHENXIONG } from './shipped-places.ts';
import { openGround, type TrainingGround } from './training-ground.ts';

/** A whole list takes some hundred requests; the machine may be busy with others. */
const WALK_MS_MAX = 300_000;

let ground: TrainingGround;

beforeAll(async () => {
  ground = await openGround();
}, 120_000);

afterAll(async () => {
  await ground?.close();
});

async function open(scenario: string, wish: ListWish): Promise<ListWalk> {
  await ground.load(scenario);
  return ListWalk.open(ground, wish);
}

/** 异议 against a case of the list; its id. */
async function objectTo(walk: ListWalk, head: string): Promise<string> {
  const caseId = await walk.caseOf(head);
  const body = {
    type: 'raise-objection',
    kind: 'case',
    caseId,
    words: '家有轿车',
    channel: '来访',
  };
  await walk.act(walk.clerk, { ...body, objector: '匿名村民' });
  const { objections } = await walk.view();
  return String(objections.at(-1)?.id);
}

/** 异议处理 by whoever answers for the sheet. */
async function dispose(
  walk: ListWalk,
  who: string,
  objectionId: string,
  result: string,
): Promise<void> {
  await walk.act(who, {
    type: 'dispose-objection',
    objectionId,
    result,
    words: '入户调查属实',
    investigators: ['王主任', '李文书'],
    evidence: { investigation: [walk.photo] },
  });
}

test(
  '镇雄 脱贫: assembly to label; 不认可, objection, early close, wrong level, closed window, one person twice, unresolved indicator',
  async () => {
    const exit = { ...ZHENXIONG, procedure: 'household-exit' } as const;
    const walk = await open('zhenxiong-2020-exit', exit);
    const decider = walk.who({ level: 'county', duty: 'decider' });
    const decision = { documentNo: '1号', documentOn: '2020-09-21', opinion: '同意' };
    const early = { type: 'decide', ...decision, refuse: [], answers: [], acceptLate: [] };
    await walk.refused(decider, { ...early, evidence: {} }, 'OUT-OF-ORDER');
    await walk.refused(walk.clerk, await walk.meetingOf(null, { present: 19 }), 'G-02');
    await passStep(walk);
    await walk.refused(
      walk.clerk,
      await formsFor(walk, { 王守田: { perHeadFen: 400_000 } }),
      'EXIT-INCOME',
    );
    await passStep(walk);

    const refuser = await walk.caseOf('陈守林');
    await walk.act(walk.clerk, await acceptanceOf(walk, refuser, { accepted: false }));
    await passStep(walk);
    // The list goes on without the household that does not agree.
    await walk.act(walk.clerk, { type: 'advance', reason: '先行' });
    expect((await walk.view()).stepKey).toBe('village-notice');

    await postSheet(walk);
    const soon = await walk.refused(walk.clerk, await closingOf(walk), 'G-03');
    expect(soon['earliestAt']).toBe('2020-09-29T00:00:00+08:00');
    const objection = await objectTo(walk, '张守山');
    // The clock runs on: the notice has run out some seconds ago.
    expect(await walk.nextEvent()).toMatch(/^2020-09-29T00:0/);
    await dispose(walk, walk.clerk, objection, 'upheld');
    await walk.act(walk.clerk, await closingOf(walk));
    await walk.refused(walk.clerk, await reviewOf(walk), 'NOT-YOUR-LEVEL');
    await passUntil(walk, 'registration');
    expect(await walk.outcomes()).toMatchObject({ 王守田: 'on-list', 李守水: 'on-list' });
    const first = await walk.caseOf('王守田');
    await walk.nextEvent();
    const shut = await walk.register(first);
    expect(shut).toMatchObject({ status: 409, json: { code: 'G-15' } });
    await walk.openWindow('mark-exit');
    const path = `/cases/${await walk.caseOf('李守水')}/registration`;
    const both = '周双岗';
    await ground.county.call(both, 'POST', `${path}/enter`);
    const same = await ground.county.call(both, 'POST', `${path}/confirm`);
    expect(same).toMatchObject({ status: 409, json: { code: 'G-17' } });
    expect((await walk.register(first)).status).toBeLessThan(300);
    const water = await walk.register(await walk.caseOf('李守水'));
    expect(water).toMatchObject({ status: 409, json: { code: 'G-10' } });
    await expect
      .poll(() => walk.outcomes())
      .toMatchObject({ 王守田: 'closed exited', 李守水: 'on-list' });
    expect(await labels(exit)).toMatchObject({ 王守田: 'exited', 李守水: 'poor' });
  },
  WALK_MS_MAX,
);

/** What the registry says of the village's households now, by head. */
async function labels({ villageCode }: ListWish): Promise<Record<string, string>> {
  const rows = await householdsByHead(ground, villageCode);
  return Object.fromEntries([...rows].map(([head, { status }]) => [head, status]));
}

test(
  '镇雄 新识别: two group assemblies, an unexplained hit, results read out, an objection in the announcement, enrolment',
  async () => {
    const wish = { ...ZHENXIONG, procedure: 'identification' } as const;
    const walk = await open('zhenxiong-2020-identification', wish);
    const rich = { 赵新一: { perHeadFen: 400_000 } };
    await walk.refused(walk.clerk, await formsFor(walk, rich), 'ID-ELIGIBLE');
    await passStep(walk);
    await passStep(walk);
    expect((await walk.view()).stepKey).toBe('comparison');

    await requestComparison(walk);
    const { step } = await walk.step();
    const departments = step.kind === 'comparison' ? step.departments : [];
    const hit = await walk.caseOf('钱新二');
    for (const department of departments) {
      await answerComparison(walk, department, department === '公安' ? [hit] : []);
    }
    const county = walk.who({ level: 'county', duty: 'clerk' });
    const judged = { type: 'judge-explanation', caseId: hit, department: '公安', words: '属实' };
    await walk.refused(county, { ...judged, accepted: true }, 'NO-EXPLANATION');
    await walk.act(walk.clerk, {
      type: 'explain-hit',
      caseId: hit,
      department: '公安',
      words: '三轮车用于生产',
      evidence: { proof: [walk.photo] },
    });
    await walk.act(county, { ...judged, accepted: true });
    expect((await walk.view()).stepKey).toBe('village-assembly');

    const silent = await walk.meetingOf(null, { comparisonReadOut: false });
    await walk.refused(walk.clerk, silent, 'G-07');
    await passUntil(walk, 'announcement');
    await postSheet(walk);
    const objection = await objectTo(walk, '孙新三');
    await walk.nextEvent();
    const third = await walk.register(await walk.caseOf('孙新三'));
    expect(third).toMatchObject({ status: 409, json: { code: 'G-04' } });
    // 县级公告: the county answers for it.
    await dispose(walk, county, objection, 'rejected');
    await passStep(walk);
    await expect
      .poll(() => walk.outcomes())
      .toEqual({ 赵新一: 'closed enrolled', 钱新二: 'closed enrolled', 孙新三: 'closed enrolled' });
    expect(await labels(wish)).toMatchObject({ 赵新一: 'poor', 钱新二: 'poor', 孙新三: 'poor' });
  },
  WALK_MS_MAX,
);

test(
  '昆明 脱贫: all six standards and a plan, the helper agrees too; a late decision is marked, not refused',
  async () => {
    const wish = { ...KUNMING, procedure: 'household-exit' } as const;
    const walk = await open('kunming-2017-exit', wish);
    await passStep(walk);
    await walk.refused(
      walk.clerk,
      await formsFor(walk, { 普有田: { standards: [] } }),
      'EXIT-STANDARDS',
    );
    await walk.refused(
      walk.clerk,
      await formsFor(walk, { 毕有山: { followUpPlan: null } }),
      'EXIT-PLAN',
    );
    await passStep(walk);
    const second = await walk.caseOf('毕有山');
    await walk.act(walk.clerk, await acceptanceOf(walk, second));
    const no = await acceptanceOf(walk, second, { party: 'helper', accepted: false });
    await walk.act(walk.clerk, no);
    await passStep(walk);
    expect((await walk.view()).stepKey).toBe('acceptance');
    await walk.act(walk.clerk, { type: 'advance', reason: '帮扶责任人不认可一户' });
    await passUntil(walk, 'county-decision');
    const { dueAt } = await walk.view();
    expect(dueAt).toBe('2017-11-25T23:59:59+08:00');
    await ground.advance({ to: 'instant', at: Date.parse('2017-11-28T10:00:00+08:00') });
    const { lateMs } = await walk.view();
    expect(Math.floor(lateMs / 3_600_000)).toBe(58);
    await passUntil(walk, 'registration');
    await walk.nextEvent();
    await passStep(walk);
    await expect.poll(() => labels(wish)).toEqual({ 普有田: 'exited', 毕有山: 'poor' });
  },
  WALK_MS_MAX,
);

test(
  '昆明 新识别: 集中供养五保 is refused and left behind, the other is enrolled',
  async () => {
    const wish = { ...KUNMING, procedure: 'identification' } as const;
    const walk = await open('kunming-2017-identification', wish);
    const central = { destitute: true, centrallySupported: true };
    const forms = await formsFor(walk, { 李供养: { each: central } });
    await walk.refused(walk.clerk, forms, 'G-22');
    await walk.act(walk.clerk, await formsFor(walk, {}, ['龙新户']));
    await walk.act(walk.clerk, { type: 'advance', reason: '集中供养户不纳入' });
    await passUntil(walk, 'registration');
    await walk.nextEvent();
    await passStep(walk);
    await expect.poll(() => labels(wish)).toMatchObject({ 龙新户: 'poor' });
    expect(await labels(wish)).not.toHaveProperty('李供养');
  },
  WALK_MS_MAX,
);

test(
  '山西 脱贫: 低保 before 一般 needs a reason, C grade housing is refused, the township announces, inspection after the label',
  async () => {
    const wish = { ...SHANXI, procedure: 'household-exit', heads: ['刘一般', '郝低保'] } as const;
    const walk = await open('shanxi-2017-exit', wish);
    await walk.refused(walk.clerk, await walk.meetingOf(null), 'REASON-REQUIRED');
    const reasons = { 'EXIT-ORDER': '任一般户外出,下批再列' };
    await walk.act(walk.clerk, { ...(await walk.meetingOf(null)), reasons });
    await walk.refused(walk.clerk, await formsFor(walk, { 刘一般: { housingGrade: 'C' } }), 'NX3');
    await passUntil(walk, 'registration');
    expect((await walk.view()).state.announcement).not.toBeNull();
    await walk.nextEvent();
    await passStep(walk);
    await expect.poll(async () => (await walk.view()).stepKey).toBe('inspection');
    const inspector = walk.who({ level: 'county', duty: 'inspector' });
    const caseId = await walk.caseOf('郝低保');
    const findings = [{ caseId, problem: true, words: '饮水不达标' }];
    await walk.act(inspector, { type: 'inspect', findings, evidence: {} });
    const { open: isOpen, cases } = await walk.view();
    expect(isOpen).toBe(false);
    expect(cases.map(({ outcome }) => outcome)).toEqual(['exited', 'exited']);
    expect(await labels(wish)).toEqual({ 刘一般: 'exited', 郝低保: 'exited', 任一般: 'poor' });
  },
  WALK_MS_MAX,
);

test(
  '山西 新识别: no decision before the departments answered, however early they were asked',
  async () => {
    const wish = { ...SHANXI, procedure: 'identification' } as const;
    const walk = await open('shanxi-2017-identification', wish);
    await passStep(walk);
    await requestComparison(walk);
    await passUntil(walk, 'comparison');
    const decider = walk.who({ level: 'county', duty: 'decider' });
    const paper = { documentNo: '1号', documentOn: '2017-11-10', opinion: '同意', refuse: [] };
    const decision = { type: 'decide', ...paper, answers: [], acceptLate: [], evidence: {} };
    await walk.refused(decider, decision, 'OUT-OF-ORDER');
    const { step } = await walk.step();
    const departments = step.kind === 'comparison' ? step.departments : [];
    for (const department of departments) await answerComparison(walk, department);
    expect((await walk.view()).stepKey).toBe('county-decision');
    await walk.act(decider, await decisionOf(walk));
    await passUntil(walk, 'registration');
    await walk.nextEvent();
    await passStep(walk);
    await expect.poll(async () => Object.values(await labels(wish))).toEqual(['poor', 'poor']);
  },
  WALK_MS_MAX,
);
