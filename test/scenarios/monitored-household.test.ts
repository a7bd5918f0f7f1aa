/** 监测对象认定 of 2020 (policy.md §9) from a scenario file, over the public API alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { exportRoster } from '../../db/record/export-roster.ts';
import { readBundle } from '../../db/record/roster-bundle.ts';
import { verifyBundle } from '../../db/record/verify-bundle.ts';
import { expectRefusal, expectStatus } from './expect-answer.ts';
import { ListWalk } from './list-walk.ts';
import { decisionOf, formsFor, passStep, passUntil } from './pass-step.ts';
import { ZHENXIONG } from './shipped-places.ts';
import { openGround, type TrainingGround } from './training-ground.ts';

const WALK_MS_MAX = 180_000;
const WISH = { ...ZHENXIONG, procedure: 'monitored-household' } as const;

let ground: TrainingGround;

beforeAll(async () => {
  ground = await openGround();
}, 120_000);

afterAll(async () => {
  await ground?.close();
});

async function registered() {
  const { registryUrl } = ground.instance;
  const response = await fetch(`${registryUrl}/villages/${ZHENXIONG.villageCode}/households`);
  const rows = (await response.json()) as {
    status: string;
    monitoring?: object[];
    members: { name: string; relation: string }[];
  }[];
  return Object.fromEntries(
    rows.map(({ status, monitoring = [], members }) => [
      members.find(({ relation }) => relation === '户主')?.name ?? '',
      { status, monitoring },
    ]),
  );
}

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

/** What an offline reader finds in the exported list. */
async function verified(rosterId: string) {
  const record = openDatabase(ground.instance.databaseUrl);
  try {
    const bundle = readBundle(JSON.stringify(await exportRoster(record.db, rosterId)));
    return bundle === null ? null : verifyBundle(bundle, null);
  } finally {
    await record.close();
  }
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
    await expect.poll(registered).toMatchObject({
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
    expect(await verified(walk.id)).toMatchObject({ integrity: null, completeness: null });

    // While its risk stands it is not taken in a second time.
    const again = await ListWalk.open(ground, { ...WISH, heads: ['王不稳'] });
    await again.refused(clerk, await formsFor(again), 'MON-ANEW');
  },
  WALK_MS_MAX,
);
