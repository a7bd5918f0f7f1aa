/** 风险消除, its 回退, and 清退 of who was wrongly identified (policy.md §11), over the public API alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatInstant } from '../../domain/time/instant.ts';
import { expectRefusal } from './expect-answer.ts';
import { ListWalk } from './list-walk.ts';
import { closingOf, decisionOf, formsFor, passStep, passUntil, postSheet } from './pass-step.ts';
import { monitoringByHead } from './registry-households.ts';
import { XINWAN, ZHENXIONG } from './shipped-places.ts';
import { openGround, type TrainingGround } from './training-ground.ts';
import { verifyOffline } from './verify-offline.ts';

const WALK_MS_MAX = 300_000;

const ELIMINATION = { ...XINWAN, procedure: 'risk-elimination' } as const;
const ROLLBACK = { ...XINWAN, procedure: 'elimination-rollback' } as const;
const CLEARANCE = { ...XINWAN, procedure: 'monitoring-clearance' } as const;

let ground: TrainingGround;

beforeAll(async () => {
  ground = await openGround();
}, 120_000);

afterAll(async () => {
  await ground?.close();
});

const episodes = (villageCode: string = XINWAN.villageCode) =>
  monitoringByHead(ground, villageCode);

/** Everything of a form's part that the registry's episode gives, with what is otherwise. */
function elimination(change: object): object {
  const found = (holds: boolean) => ({ holds, signer: '李村干', reason: '入户核实' });
  return {
    elimination: {
      since: '2021-09-20',
      way: 'helped',
      steadySince: '2021-12-01',
      incomeSteady: found(true),
      spendingSettled: found(true),
      removedRisks: ['因病'],
      noNewRisk: found(true),
      measures: [{ name: '公益性岗位', done: true }],
      ...change,
    },
  };
}

/** From the village's assembly to the county's document, which is dated today; that day. */
async function decided(walk: ListWalk): Promise<string> {
  await passUntil(walk, 'county-decision');
  const on = formatInstant(await ground.now()).slice(0, 10);
  await passStep(walk);
  return on;
}

/** 公告 over its days, then the label of each household. */
async function label(walk: ListWalk): Promise<void> {
  await passUntil(walk, 'registration');
  await walk.nextEvent();
  await passStep(walk);
}

test(
  '新湾 2022: eliminated when everything is true, never wholly without labour; rolled back; cleared; marked again',
  async () => {
    await ground.load('xinwan-2022-elimination');
    expectRefusal(
      await ListWalk.ask(ground, { ...ELIMINATION, query: 'status=exited', heads: ['周未测'] }),
      'SUBJECT-STATUS',
    );
    expectRefusal(
      await ListWalk.ask(ground, { ...ELIMINATION, query: 'status=exited', heads: ['赵不稳'] }),
      'SUBJECT-STATUS',
    );
    expectRefusal(
      await ListWalk.ask(ground, { ...ROLLBACK, query: 'status=exited', heads: ['王已稳'] }),
      'SUBJECT-STATUS',
    );

    const walk = await ListWalk.open(ground, { ...ELIMINATION, heads: ['王已稳', '孙无劳'] });
    const { clerk } = walk;
    const refused = async (head: string, change: object, code: string) =>
      walk.refused(clerk, await formsFor(walk, { [head]: change }, [head]), code);
    await refused('孙无劳', {}, 'G-18');
    const found = { holds: false, signer: '李村干', reason: '透析' };
    await refused('王已稳', elimination({ spendingSettled: found }), 'G-18');
    await refused('王已稳', elimination({ since: '2021-09-21' }), 'MON-EPISODE');
    await refused('王已稳', elimination({ removedRisks: [] }), 'ELIM-RISK');
    await refused('王已稳', elimination({ measures: [] }), 'ELIM-MEASURES');
    await refused('王已稳', elimination({ steadySince: '2022-06-01' }), 'REASON-REQUIRED');
    await refused('王已稳', { perHeadFen: 700_000 }, 'ELIM-RANGE');
    const visitors = [{ name: '李村干', role: '村干部', on: '2022-10-17', scan: walk.photo }];
    await refused('王已稳', { visitors }, 'ID-FORM');
    const withdrawn = { type: 'withdraw-case', caseId: await walk.caseOf('孙无劳') };
    const reason = '整户无劳动能力，落实保障措施后继续跟踪监测';
    await walk.act(clerk, { ...withdrawn, reason, evidence: { withdrawal: [walk.photo] } });
    await passStep(walk);
    await passStep(walk);
    await postSheet(walk);
    await walk.refused(clerk, await closingOf(walk), 'G-03');
    await walk.nextEvent();
    await walk.act(clerk, await closingOf(walk));
    await passUntil(walk, 'county-decision');
    const township = walk.who({ level: 'township', duty: 'reviewer' });
    await walk.refused(township, await decisionOf(walk), 'NOT-YOUR-LEVEL');
    const on = await decided(walk);
    await passUntil(walk, 'registration');
    await walk.nextEvent();
    // The office has not opened the function yet.
    const [item] = await walk.live();
    expectRefusal(await walk.register(item?.id ?? ''), 'G-15');
    await walk.openWindow('mark-elimination');
    await passStep(walk);
    await expect
      .poll(() => episodes())
      .toMatchObject({
        王已稳: { status: 'exited', monitoring: [{ since: '2021-09-20', eliminatedOn: on }] },
        孙无劳: { status: 'exited', monitoring: [{ eliminatedOn: null }] },
      });
    await expect
      .poll(() => walk.outcomes())
      .toEqual({ 王已稳: 'closed risk-eliminated', 孙无劳: 'withdrawn withdrawn' });
    expect(await verifyOffline(ground, walk.id)).toMatchObject({
      integrity: null,
      completeness: null,
    });

    // §11.4: what did not hold is rolled back to 未消除; a new risk is no cause of it.
    const undone = await ListWalk.open(ground, { ...ROLLBACK, heads: ['赵不稳'] });
    const cause = (words: string) => ({
      reversal: {
        since: '2021-03-10',
        eliminatedOn: '2022-05-30',
        cause: words,
        found: { holds: true, signer: '李村干', reason: '务工中断' },
      },
    });
    const tried = async (words: string) => formsFor(undone, { 赵不稳: cause(words) as object });
    await undone.refused(clerk, await tried('新的风险'), 'ROLLBACK-CAUSE');
    await undone.refused(clerk, await tried('识别不精准'), 'ROLLBACK-CAUSE');
    await undone.act(clerk, await tried('收入不稳定'));
    const undoneOn = await decided(undone);
    await label(undone);
    const rolledBack = [{ eliminatedOn: '2022-05-30', on: undoneOn }];
    await expect
      .poll(async () => (await episodes())['赵不稳'])
      .toEqual({
        status: 'exited',
        monitoring: [
          { class: 'sudden', since: '2021-03-10', risks: ['因灾'], eliminatedOn: null, rolledBack },
        ],
      });
    expect(await verifyOffline(ground, undone.id)).toMatchObject({
      integrity: null,
      completeness: null,
    });

    // §11.4: wrongly identified → cleared, nothing deleted, its status stays.
    const cleared = await ListWalk.open(ground, { ...CLEARANCE, heads: ['钱错识'] });
    const clearedOn = await decided(cleared);
    await label(cleared);
    await expect
      .poll(async () => (await episodes())['钱错识'])
      .toMatchObject({ status: 'exited', monitoring: [{ eliminatedOn: null, clearedOn }] });
    expect(await verifyOffline(ground, cleared.id)).toMatchObject({
      integrity: null,
      completeness: null,
    });

    // Who was rolled back stands on a list of risks again; who was cleared does not.
    await ListWalk.open(ground, { ...ELIMINATION, heads: ['赵不稳'] });
    expectRefusal(
      await ListWalk.ask(ground, { ...ELIMINATION, query: 'status=exited', heads: ['钱错识'] }),
      'SUBJECT-STATUS',
    );
    // Truly eliminated, then a risk again → a new determination, the old episode beside it (再标注).
    const anew = await ListWalk.open(ground, {
      ...XINWAN,
      procedure: 'monitored-household',
      heads: ['王已稳'],
    });
    await passStep(anew);
    expect((await anew.view()).stepKey).toBe('comparison');
  },
  WALK_MS_MAX,
);

test(
  '镇雄 2020: assessed by the village, determined by the county, marked 消除',
  async () => {
    await ground.load('zhenxiong-2020-elimination');
    const wish = { ...ZHENXIONG, procedure: 'risk-elimination' } as const;
    const walk = await ListWalk.open(ground, wish);
    const low = { perHeadFen: 600_000 };
    await walk.refused(walk.clerk, await formsFor(walk, { 王已稳: low }, ['王已稳']), 'ELIM-RANGE');
    await walk.refused(walk.clerk, await formsFor(walk, {}, ['孙无劳']), 'G-18');
    const caseId = await walk.caseOf('孙无劳');
    const evidence = { withdrawal: [walk.photo] };
    const reason = '整户无劳动能力，继续跟踪监测';
    await walk.act(walk.clerk, { type: 'withdraw-case', caseId, reason, evidence });
    const on = await decided(walk);
    await passStep(walk);
    await expect
      .poll(() => episodes(ZHENXIONG.villageCode))
      .toMatchObject({ 王已稳: { monitoring: [{ class: 'unstable', eliminatedOn: on }] } });
    expect(await verifyOffline(ground, walk.id)).toMatchObject({
      integrity: null,
      completeness: null,
    });
  },
  WALK_MS_MAX,
);
