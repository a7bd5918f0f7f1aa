/** 监测对象认定 of 2020 (policy.md §9) from a scenario file, over the public API alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, expectStatus } from './expect-answer.ts';
import { ListWalk } from './list-walk.ts';
import { answerComparison, decisionOf, formsFor, passStep, passUntil } from './pass-step.ts';
import { monitoringByHead } from './registry-households.ts';
import { XINWAN, ZHENXIONG } from './shipped-places.ts';
import { openGround, type TrainingGround } from './training-ground.ts';
import { verifyOffline } from './verify-offline.ts';

const WALK_MS_MAX = 300_000;
const WISH = { ...ZHENXIONG, procedure: 'monitored-household' } as const;

let ground: TrainingGround;

beforeAll(async () => {
  ground = await openGround();
}, 120_000);

afterAll(async () => {
  await ground?.close();
});

const registered = (villageCode: string = ZHENXIONG.villageCode) =>
  monitoringByHead(ground, villageCode);

async function householdsOf(query: string) {
  const path = `/households?village=${ZHENXIONG.villageCode}&${query}`;
  const { json } = await ground.county.call('大田村经办', 'GET', path);
  return json['items'] as unknown as {
    id: string;
    headName: string;
    status: string;
    monitored: string;
  }[];
}

/** The last instant of a day. */
function endOf(day: string): number {
  return Date.parse(`${day}T00:00:00+08:00`) + 86_400_000 - 1;
}

/** Open tasks that a village has besides its lists. */
async function tasks(who: string) {
  const { json } = await ground.county.call(who, 'GET', '/remedies?open=true');
  return json['items'] as unknown as { headName: string; dueAt: string; overdue: boolean }[];
}

test(
  '镇雄: who left and who was never registered are monitored beside their status, the county determines',
  async () => {
    await ground.load('zhenxiong-2020-monitored');
    const [still] = await householdsOf('status=poor');
    const launched = await ground.county.call('大田村经办', 'POST', '/rosters', {
      procedure: 'monitored-household',
      packId: 'zhenxiong-2020',
      unitCode: ZHENXIONG.villageCode,
      householdIds: [still?.id],
    });
    expectRefusal(launched, 'SUBJECT-STATUS');

    const walk = await ListWalk.open(ground, WISH);
    const { clerk } = walk;
    const refused = async (head: string, change: object, code: string) => {
      const known = {
        class: head === '王不稳' ? 'unstable' : 'edge',
        channel: '农户申报',
        foundOn: '2020-09-20',
        risks: ['因病'],
        hardship: null,
      } as const;
      const wish = { monitoring: { ...known, ...change } } as object;
      return walk.refused(clerk, await formsFor(walk, { [head]: wish }, [head]), code);
    };
    await refused('王不稳', { class: 'edge' }, 'MON-CLASS');
    await refused('李边缘', { class: 'unstable' }, 'MON-CLASS');
    await refused('李边缘', { channel: '听说' }, 'MON-CLUE');
    await refused('李边缘', { risks: [] }, 'MON-RISK');
    const rich = { perHeadFen: 900_000 };
    await walk.refused(clerk, await formsFor(walk, { 赵富足: rich }, ['赵富足']), 'MON-RANGE');
    const bare = { monitoring: null };
    await walk.refused(clerk, await formsFor(walk, { 王不稳: bare }, ['王不稳']), 'MON-CLUE');

    const found = { holds: true, signer: '李村干', reason: '住院自付三万元' };
    const hardship = {
      class: 'edge',
      channel: '行业部门筛查预警',
      foundOn: '2020-09-20',
      risks: ['因病'],
      hardship: found,
    } as object;
    await walk.act(
      clerk,
      await formsFor(walk, { 赵富足: { ...rich, monitoring: hardship as never } }),
    );
    await passUntil(walk, 'county-decision');
    // Determined by the county: the township's reviewer cannot stand in for it.
    const township = walk.who({ level: 'township', duty: 'reviewer' });
    await walk.refused(township, await decisionOf(walk), 'NOT-YOUR-LEVEL');
    const refusal = [{ caseId: await walk.caseOf('赵富足'), words: '医保已报销，不予确定' }];
    const { actor } = await walk.step();
    const decided = await walk.send(actor, await decisionOf(walk, { refuse: refusal }));
    expectStatus(decided, 200);
    // Three households of few are over a tenth: only said, never refused.
    expect(JSON.stringify(decided.json)).toContain('MON-SCALE');
    await passStep(walk);
    const since = (await walk.view()).state.decision?.documentOn;
    const episode = { since, risks: ['因病'], eliminatedOn: null };
    await expect
      .poll(() => registered())
      .toMatchObject({
        王不稳: { status: 'exited', monitoring: [{ class: 'unstable', ...episode }] },
        李边缘: { status: 'unregistered', monitoring: [{ class: 'edge', ...episode }] },
        周未脱: { status: 'poor', monitoring: [] },
      });
    expect(Object.keys(await registered())).not.toContain('赵富足');
    await expect
      .poll(() => walk.outcomes())
      .toEqual({
        王不稳: 'closed monitored',
        李边缘: 'closed monitored',
        赵富足: 'refused NOT-APPROVED',
      });
    const watched = await householdsOf('monitored=true');
    expect(watched.map(({ headName, status, monitored }) => [headName, status, monitored])).toEqual(
      expect.arrayContaining([
        ['王不稳', 'exited', 'unstable'],
        ['李边缘', 'unregistered', 'edge'],
      ]),
    );
    expect(await verifyOffline(ground, walk.id)).toMatchObject({
      integrity: null,
      completeness: null,
    });

    // While its risk stands it is not taken in a second time.
    const again = await ListWalk.open(ground, { ...WISH, heads: ['王不稳'] });
    await again.refused(clerk, await formsFor(again), 'MON-ANEW');
  },
  WALK_MS_MAX,
);

test(
  '新湾 2022: authorised, compared, one assembly, one notice; 15 days from the clue; measures to follow',
  async () => {
    await ground.load('xinwan-2022-monitored');
    const LIST = { ...XINWAN, procedure: 'monitored-household' } as const;
    const walk = await ListWalk.open(ground, LIST);
    const { clerk, photo } = walk;
    const part = (named: string, change: object = {}) =>
      ({
        monitoring: {
          class: named,
          channel: '干部日常走访',
          foundOn: '2022-10-20',
          risks: ['因病'],
          hardship: null,
          authorisation: { name: '户主', role: '户主', on: '2022-10-21', scan: photo },
          ...change,
        },
      }) as object;
    const hardship = { holds: true, signer: '李村干', reason: '住院自付十万元' };
    const rich = { perHeadFen: 2_000_000 };
    const alone = { 陈突发: { ...rich, ...part('edge', { hardship }) } };
    await walk.refused(clerk, await formsFor(walk, alone, ['陈突发']), 'MON-RANGE');
    const visitors = [{ name: '李村干', role: '村干部', on: '2022-10-21', scan: photo }];
    const unseen = { 王不稳: { ...part('unstable'), visitors } as object };
    await walk.refused(clerk, await formsFor(walk, unseen, ['王不稳']), 'ID-FORM');
    await walk.act(
      clerk,
      await formsFor(walk, {
        王不稳: part('unstable'),
        赵又险: part('unstable'),
        李边缘: part('edge', { authorisation: null }),
        陈突发: { ...rich, ...part('sudden', { hardship }) },
      }),
    );
    expect((await walk.view()).state.outerDueAt).toBe(endOf('2022-11-04'));

    // G-28: who did not authorise it is shown to no department; the others are compared.
    const county = walk.who({ level: 'county', duty: 'clerk' });
    const edge = await walk.caseOf('李边缘');
    const wish = { countyCode: '430981', procedure: 'monitored-household', title: '本批比对' };
    const asked = await ground.county.call(county, 'POST', '/comparison-batches', wish);
    expectStatus(asked, 201);
    expect(asked.json['parts']).toMatchObject([
      { kind: 'held', refusals: [{ code: 'G-28', cases: [edge] }] },
      { kind: 'applied' },
    ]);
    const path = `/comparison-batches/${String(asked.json['id'])}/persons`;
    const shown = await ground.county.call(`${XINWAN.places.county}公安`, 'GET', path);
    const persons = shown.json['items'] as unknown as { caseId: string }[];
    expect(persons.length).toBeGreaterThan(0);
    expect(persons.map(({ caseId }) => caseId)).not.toContain(edge);
    // With nobody else waiting the rule itself answers.
    expectRefusal(await ground.county.call(county, 'POST', '/comparison-batches', wish), 'G-28');
    const { step } = await walk.step();
    if (step.kind !== 'comparison') throw new Error('the list is compared');
    for (const department of step.departments) await answerComparison(walk, department);

    // It goes back to the village for its signature, as a list of its own that keeps its clock.
    const reason = '补签承诺授权书';
    const back = { type: 'return-cases', caseIds: [edge], toStep: 'collect', reason };
    await walk.act(county, back);
    const lists = await ground.county.call(clerk, 'GET', '/rosters');
    const items = lists.json['items'] as unknown as { id: string }[];
    const childId = items.find(({ id }) => id !== walk.id)?.id ?? '';
    const child = await ListWalk.resume(ground, LIST, childId);
    await child.act(clerk, await formsFor(child, { 李边缘: part('edge') }));
    expect((await child.view()).state.outerDueAt).toBe(endOf('2022-11-04'));
    await passStep(child);
    expect((await child.view()).stepKey).toBe('village-assembly');

    expect((await walk.view()).stepKey).toBe('village-assembly');
    await passUntil(walk, 'registration');
    await walk.nextEvent();
    await passStep(walk);
    await expect
      .poll(() => registered(XINWAN.villageCode))
      .toMatchObject({
        王不稳: { status: 'exited', monitoring: [{ class: 'unstable', eliminatedOn: null }] },
        // 再标注: a new episode, the old one is kept (§11.4).
        赵又险: {
          status: 'exited',
          monitoring: [
            { since: '2020-12-01', risks: ['因灾'], eliminatedOn: '2021-11-30' },
            { class: 'unstable', risks: ['因病'], eliminatedOn: null },
          ],
        },
        陈突发: { status: 'unregistered', monitoring: [{ class: 'sudden', eliminatedOn: null }] },
      });

    // 帮扶措施: a task of the village with its date, a month after the county's document.
    await expect
      .poll(async () => (await tasks(clerk)).map(({ headName }) => headName).sort())
      .toEqual(['王不稳', '赵又险', '陈突发']);
    const decidedOn = (await walk.view()).state.decision?.documentOn ?? '';
    const [task] = await tasks(clerk);
    const startsAt = Date.parse(`${decidedOn}T00:00:00+08:00`);
    expect(Math.round((Date.parse(task?.dueAt ?? '') - startsAt) / 86_400_000)).toBe(31);
    expect(task?.overdue).toBe(false);
    await ground.advance({ to: 'instant', at: endOf('2023-01-10') });
    expect((await tasks(clerk)).map(({ overdue }) => overdue)).toEqual([true, true, true]);
    expect(await verifyOffline(ground, walk.id)).toMatchObject({
      integrity: null,
      completeness: null,
    });
  },
  WALK_MS_MAX,
);
