/** Edge and hostile cases over the public API alone, each family on a scenario of its own. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectWhole } from './expect-answer.ts';
import { ListWalk, type ListWish } from './list-walk.ts';
import {
  answerComparison,
  closingOf,
  formsFor,
  passStep,
  requestComparison,
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

const SECURE = {
  food: true,
  clothing: true,
  water: true,
  education: true,
  medical: true,
  housing: true,
};

describe('the exit of Zhenxiong', () => {
  test('figures and forms: on the line, one fen below, not filled in, wrong and shared ID numbers, a visit of tomorrow', {
    timeout: WALK_MS_MAX,
  }, async () => {
    await ground.loadText(`
clock: 2020-09-21 09:00
villages:
  - name: 大田村
    groups: [一组]
    households:
      - { head: 王一, members: 3 }
      - members:
          - { name: 王二, idNumber: '530627197001010010' }
          - { name: 李二, relation: 配偶, sex: 女 }
      - { head: 王三, members: 2 }
      - { head: 王四 }
`);
    const walk = await ListWalk.open(ground, EXIT);
    const { clerk } = walk;
    const votes = await walk.meetingOf(null);
    const tooFew = { ...votes, meeting: { ...meetingIn(votes), present: 19 } };
    const quorum = await refuse(walk, clerk, tooFew, 'G-02');
    expect(quorum['missing']).toEqual(['到会人数还差1']);
    const early = await refuse(
      walk,
      clerk,
      await walk.meetingOf(null, { heldAt: toInstant('2020-09-23 10:00') }),
      'MEETING-IN-FUTURE',
    );
    expect(early['earliestAt']).toBe('2020-09-23T10:00:00+08:00');
    await walk.act(clerk, votes);

    const [one] = [await walk.caseOf('王一')];
    const verify = (wish: object, head = '王一') => formsFor(walk, { [head]: wish }, [head]);
    const onLine = await refuse(walk, clerk, await verify({ perHeadFen: 400_000 }), 'EXIT-INCOME');
    expect(onLine['detail']).toContain('刚好等于收入线');
    expect(onLine['missing']).toEqual(['超过4000.00元的年人均纯收入']);
    await refuse(walk, clerk, await verify({ perHeadFen: 399_999 }), 'EXIT-INCOME');
    const water = await verify({ security: { ...SECURE, water: null } });
    const blank = await refuse(walk, clerk, water, 'EXIT-SECURITY');
    expect(blank['detail']).toContain('饮水安全未填写');
    const idle = await refuse(
      walk,
      clerk,
      await verify({ each: { outOfSchool: '因厌学' } }),
      'EXIT-SCHOOLING',
    );
    expect(idle['clause']).toContain('提前毕业、推迟上学');
    await refuse(walk, clerk, await verify({ visitedOn: '2020-09-22' }), 'ID-FORM');
    await refuse(walk, clerk, await verify({ incomeFrom: '2019-09-30' }), 'INCOME-WINDOW');
    // What the registry holds is put into the form as it is: a wrong number is found there.
    const wrong = await refuse(walk, clerk, await verify({}, '王二'), 'ID-NUMBERS');
    expect(wrong['missing']).toEqual(['王二的证件号码']);
    expect(wrong['detail']).not.toContain('530627197001010010');
    const known = await ground.county.call(clerk, 'GET', `/cases/${one}/form?idNumbers=full`);
    const [first, ...rest] = known.json['members'] as unknown as { idNumber: string }[];
    const flags = { onDibao: false, destitute: false, centrallySupported: false };
    const members = [first, ...rest].map((member, index) => {
      const shared = index === 1 ? { idNumber: first?.idNumber } : {};
      return { ...member, ...flags, isHead: index === 0, ...shared };
    });
    await refuse(walk, clerk, await verify({ members }), 'ID-NUMBERS');
    await refuse(
      walk,
      clerk,
      { ...(await verify({})), signers: [{ role: '村两委', name: '王主任' }] },
      'SIGNATURE-MISSING',
    );

    // One fen above, a head: taken. The same key again is the same act, with another body it is none.
    const older = await verify({ perHeadFen: 500_000 });
    const key = 'edge-key-0001';
    const above = await verify({ perHeadFen: 400_001 });
    const current = await refuse(walk, clerk, older, 'FORM-NOT-CURRENT');
    expect(current['missing']).toEqual(['该户最新保存的表']);
    const send = (body: object) => ground.county.command(clerk, walk.id, body, key);
    expect((await send(above)).status).toBe(200);
    expect((await send(above)).status).toBe(200);
    const reused = await send({ type: 'advance', reason: '先行' });
    expect(reused).toMatchObject({ status: 409, json: { code: 'IDEMPOTENCY-KEY-REUSED' } });
    await refuse(walk, clerk, above, 'ALREADY-DONE');

    // Another level, duty and area.
    const team = await refuse(walk, '大田村驻村工作队', above, 'NOT-YOUR-DUTY');
    expect(team['whoClears']).toBe('大田村经办');
    await refuse(walk, '青石镇审核', above, 'NOT-YOUR-LEVEL');
  });

  test('who may list whom: every refusal of a launch names clause and person; an outsider hears whose list it is', {
    timeout: WALK_MS_MAX,
  }, async () => {
    await ground.loadText(`
clock: 2020-09-21 09:00
villages:
  - name: 大田村
    households: [{ head: 王一 }, { head: 王二, status: exited }, { head: 王三, status: cleared }]
    applicants: [{ head: 赵一 }]
  - { name: 小田村, households: 1 }
`);
    const ask = (wish: Partial<ListWish>) => ListWalk.ask(ground, { ...EXIT, ...wish });
    const households = await ground.county.call(
      '大田村经办',
      'GET',
      `/households?village=${VILLAGE}`,
    );
    const items = households.json['items'] as unknown as { id: string; headName: string }[];
    const launch = (who: string, heads: readonly string[], over: object = {}) =>
      ground.county.call(who, 'POST', '/rosters', {
        procedure: EXIT.procedure,
        packId: EXIT.packId,
        unitCode: VILLAGE,
        householdIds: items.filter(({ headName }) => heads.includes(headName)).map(({ id }) => id),
        ...over,
      });
    const exited = expectWhole(await launch('大田村经办', ['王二']), 'SUBJECT-STATUS');
    expect(exited['detail']).toContain('“脱贫”');
    expectWhole(await launch('大田村经办', ['王三']), 'SUBJECT-STATUS');
    expectWhole(await launch('大田村经办', ['赵一']), 'SUBJECT-STATUS');
    const poor = { procedure: 'identification' };
    expectWhole(await launch('大田村经办', ['王一'], poor), 'SUBJECT-STATUS');
    const level = expectWhole(await launch('青石镇经办', ['王一']), 'NOT-YOUR-LEVEL');
    expect(level['missing']).toEqual(['大田村经办办理']);
    const elsewhere = await launch('大田村经办', ['王一'], { packId: 'shanxi-2017' });
    expect(elsewhere).toMatchObject({ status: 409, json: { code: 'UNKNOWN-PACK' } });
    expect(elsewhere.json['whoClears']).toBe('领导小组办公室');

    expect((await launch('大田村经办', ['王一'])).status).toBe(201);
    const twice = expectWhole(await ask({ heads: ['王一'] }), 'G-25');
    expect(String(twice['missing'])).toContain('办结或撤回');

    const lists = await ground.county.call('大田村经办', 'GET', '/rosters');
    const [list] = lists.json['items'] as unknown as { rosterId: string; id: string }[];
    const id = list?.id ?? list?.rosterId ?? '';
    const outside = await ground.county.command('小田村经办', id, {
      type: 'advance',
      reason: '先行',
    });
    expect(outside).toMatchObject({ status: 403, json: { code: 'NOT-YOUR-AREA' } });
    expect(outside.json['whoClears']).toBe('当地的村经办');
    expect(outside.json['clause']).toMatch(/^《/);
  });
});

/** The meeting inside a `hold-assembly`. */
function meetingIn(body: object): object {
  return (body as { meeting: object }).meeting;
}

const LOCAL = `
pack:
  id: local
  extends: zhenxiong-2020
  clauses:
    own: { document: 镇雄县公示办法, article: 第三条, quote: 公示七个工作日, source: LOCAL, verified: true }
  values:
    notice.village: { value: { amount: 7, unit: WORKING, countFirstDay: false }, verified: true, clause: own }
    notice.township: { value: { amount: 3, unit: CALENDAR, countFirstDay: false }, verified: true, clause: own }
    income.line: { value: 380000, verified: true, clause: own }
  procedures:
    identification:
      replaceSteps:
        - key: village-notice
          kind: notice
          name: 村级公示
          by: [village/clerk]
          clause: own
          posters: [village/clerk]
          places: [{ key: village-board, name: 村委会公示栏 }, { key: hamlet, name: 自然村集中地 }]
          period: notice.village
          evidence: [{ key: closing-record, name: 公示情况说明, min: 1 }]
`;

test('a local pack of seven working days over National Day 2020: group that fails to meet, late department, two places, correction, objections at the edge', {
  timeout: WALK_MS_MAX,
}, async () => {
  await ground.loadText(`
clock: 2020-09-21 09:00
${LOCAL}
villages:
  - name: 大田村
    groups: [一组, 二组]
    households: 1
    applicants:
      - { head: 赵一, group: 一组, members: 2 }
      - { head: 钱二, group: 一组, members: 1 }
      - { head: 孙三, group: 二组, members: 1 }
      - { head: 李四, group: 二组, members: 1 }
`);
  const wish = { ...EXIT, procedure: 'identification', packId: 'local' } as const;
  const walk = await ListWalk.open(ground, wish);
  const { clerk } = walk;
  const rich = { 赵一: { perHeadFen: 380_000 } };
  await refuse(walk, clerk, await formsFor(walk, rich, ['赵一']), 'ID-ELIGIBLE');
  // Above the line, but without safe water: eligible all the same.
  const thirsty = { perHeadFen: 500_000, security: { ...SECURE, water: false } };
  const forms = { 赵一: { perHeadFen: 379_999 }, 钱二: thirsty };
  await walk.act(clerk, await formsFor(walk, forms));

  const [first, second] = (await walk.view()).groups.map(({ id }) => id);
  const failed = (await walk.meetingOf(String(second), { present: 3 })) as Record<string, object>;
  const { votes: _, ...meeting } = failed;
  await walk.act(clerk, { ...meeting, type: 'record-void-assembly' });
  await walk.act(clerk, await walk.meetingOf(String(first)));
  // Only its own group is held up; a group that has met meets no second time.
  expect((await walk.view()).stepKey).toBe('group-assembly');
  await refuse(walk, clerk, await walk.meetingOf(String(first)), 'ALREADY-DONE');
  await walk.act(clerk, await walk.meetingOf(String(second)));

  await requestComparison(walk);
  const { step } = await walk.step();
  const departments = step.kind === 'comparison' ? step.departments : [];
  for (const each of departments.slice(1)) await answerComparison(walk, each);
  const county = walk.who({ level: 'county', duty: 'clerk' });
  const waiting = await refuse(
    walk,
    county,
    { type: 'advance', reason: '先行' },
    'NOTHING-TO-PASS',
  );
  expect(waiting['missing']).toEqual([`${departments[0]}的比对结果`]);
  await answerComparison(walk, departments[0] ?? '');
  await passStep(walk);

  await moveTo('2020-09-29 23:58');
  await refuse(walk, clerk, { type: 'draft-notice', contact: '13912345678' }, 'G-05');
  await walk.act(clerk, { type: 'draft-notice' });
  const post = { type: 'post-notice', proof: walk.photo };
  const place = await refuse(walk, clerk, { ...post, place: 'moon' }, 'WRONG-PLACE');
  expect(place['missing']).toEqual(['村委会公示栏', '自然村集中地']);
  await walk.act(clerk, { ...post, place: 'village-board' });
  const half = await refuse(walk, clerk, await closingOf(walk), 'G-03');
  expect(half['missing']).toEqual(['自然村集中地']);
  await moveTo('2020-09-30 23:58');
  await walk.act(clerk, { ...post, place: 'hamlet' });
  const { notice } = await walk.view();
  // 10-09, 10-10 (made up for National Day), 12, 13, 14, 15, 16.
  expect(notice?.endsAt).toBe('2020-10-17T00:00:00+08:00');
  expect(notice?.words).toContain('2020-10-10（国庆节调休上班）计入');
  const review = { opinion: '同意', refuse: [], answers: [], acceptLate: [], evidence: {} };
  const skip = await refuse(walk, '青石镇审核', { type: 'review', ...review }, 'OUT-OF-ORDER');
  expect(skip['missing']).toEqual(['村级公示']);

  const named = { caseIds: [await walk.caseOf('赵一')], words: '人口应为2人' };
  await walk.act(clerk, { type: 'correct-notice', change: 'identity', ...named });
  await moveTo('2020-10-13 10:00');
  for (const key of ['village-board', 'hamlet']) {
    await walk.act(clerk, { ...post, place: key, correction: 1 });
  }
  await moveTo('2020-10-16 23:59');
  const soon = await refuse(walk, clerk, await closingOf(walk), 'G-03');
  expect(soon['earliestAt']).toBe('2020-10-17T00:00:00+08:00');
  const object = async (head: string) =>
    walk.act(clerk, {
      type: 'raise-objection',
      kind: 'case',
      caseId: await walk.caseOf(head),
      words: '反映家有轿车',
      channel: '来访',
    });
  await object('钱二');
  await moveTo('2020-10-17 00:00');
  await object('孙三');
  const { objections } = await walk.view();
  expect(objections.map((each) => (each as unknown as { late: boolean }).late)).toEqual([
    false,
    true,
  ]);
  await walk.act(clerk, await closingOf(walk));
  // The disputed and the corrected household stay behind as one list; the late objection goes along.
  expect(await walk.outcomes()).toEqual({
    赵一: 'split-off',
    钱二: 'split-off',
    孙三: 'on-list',
    李四: 'on-list',
  });
  await refuse(walk, '青石镇审核', await reviewOf(walk), 'OBJECTION-UNANSWERED');
  const answers = [{ objectionId: objections[1]?.id, words: '查无此车' }];
  await walk.act('青石镇审核', await reviewOf(walk, { answers }));
});
