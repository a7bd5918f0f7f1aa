/** 更换适用规则 over the API: a value confirmed anew reaches an open list by an act of the office alone. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createManualRegistry } from '../../activities/registry/manual-adapter.ts';
import { createActivities } from '../../activities/worker-activities.ts';
import { createEngine } from '../../api/engine.ts';
import { createRosterChanges } from '../../api/roster-changes.ts';
import { openListener } from '../../db/client.ts';
import { packLibraryOf } from '../../db/packs/pack-library.ts';
import { plans, rosters } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import type { PlanDifference } from '../../domain/plan/plan-difference.ts';
import { openTrainingVillage, type TrainingVillage } from '../activities/training-village.ts';
import { createTestTemporal, type TestTemporal } from '../harness/test-temporal.ts';
import { type Caller, serveApi } from './running-api.ts';

const PASSWORD = 'yanlian2020';
const TEN_DAYS = { amount: 10, unit: 'CALENDAR', countFirstDay: false, rollToWorkday: false };

let village: TrainingVillage;
let temporal: TestTemporal;
let api: Awaited<ReturnType<typeof serveApi>>;
let stopWorker: () => Promise<void>;
let office: Caller;
let clerk: Caller;
let rosterId = '';

beforeAll(async () => {
  village = await openTrainingVillage();
  temporal = await createTestTemporal();
  const { db, clock } = village;
  const { client, taskQueue } = temporal;
  const port = createManualRegistry({ db });
  const worker = await temporal.createWorker({ activities: createActivities({ db, clock, port }) });
  const running = worker.run();
  stopWorker = async () => {
    worker.shutdown();
    await running;
  };
  const engine = createEngine({
    db,
    clock,
    client,
    taskQueue,
    library: packLibraryOf(db),
    loadScenario: async () => {},
    windows: { openWindow: port.openWindow, closeWindow: port.closeWindow },
  });
  const connect = () => openListener(village.databaseUrl);
  const changes = createRosterChanges({ connect, beatMs: 1_000, probeMs: 1_000 });
  api = await serveApi({ db, engine, changes, now: clock.now });
  office = await api.signInWith('镇雄县领导小组办公室', PASSWORD);
  clerk = await api.signInWith('大田村经办', PASSWORD);
  const made = await clerk.call('POST', '/api/v1/rosters', {
    procedure: 'household-exit',
    packId: 'zhenxiong-2020',
    unitCode: village.code,
    householdIds: village.householdIds.slice(0, 2),
  });
  invariant(made.status === 201, JSON.stringify(made.json));
  rosterId = String(made.json['id']);
});

afterAll(async () => {
  await api?.stop();
  await stopWorker?.();
  await temporal?.close();
  await village?.destroy();
});

function preview(caller: Caller) {
  return caller.call('POST', `/api/v1/rosters/${rosterId}/plan-previews`, {});
}

/** The command, sent until it is judged. */
async function adopt(caller: Caller, planHash: unknown, key: string) {
  const body = { type: 'adopt-plan', planHash, reason: '镇扶组办〔2020〕9号' };
  const path = `/api/v1/rosters/${rosterId}/commands`;
  for (;;) {
    const answer = await caller.call('POST', path, body, { 'idempotency-key': key });
    if (answer.status !== 202) return answer;
  }
}

async function noticePeriod(): Promise<unknown> {
  const [row] = await village.db
    .select({ plan: plans.body })
    .from(rosters)
    .innerJoin(plans, eq(plans.hash, rosters.planHash))
    .where(eq(rosters.id, rosterId));
  const step = row?.plan.steps.find(({ kind }) => kind === 'notice');
  return step?.kind === 'notice' ? step.period : undefined;
}

describe('a corrected plan is kept, shown and adopted', () => {
  test('nothing was confirmed since the launch → the same plan, no difference', async () => {
    const { status, json } = await preview(office);
    expect(status, JSON.stringify(json)).toBe(200);
    expect(json).toMatchObject({ isSame: true, differences: [], refusals: [] });
  });

  test('by nobody but the office, of the county and its lists', async () => {
    expect((await preview(clerk)).json).toMatchObject({ code: 'NOT-YOUR-DUTY' });
  });

  test('ten days of notice confirmed by document → one line differs, with the document', async () => {
    const confirmed = await office.call('POST', '/api/v1/packs/zhenxiong-2020/confirmations', {
      areaCode: '530627',
      path: 'notice.village',
      value: TEN_DAYS,
      documentNo: '镇扶组办〔2020〕9号',
      documentOn: '2020-09-01',
    });
    expect(confirmed.status, JSON.stringify(confirmed.json)).toBe(201);
    const { json } = await preview(office);
    expect(json).toMatchObject({ isSame: false, refusals: [] });
    const lines = (json['differences'] as readonly PlanDifference[]).map(
      ({ where, what, before, after }) => `${where} ${what}：${before} → ${after}`,
    );
    expect(lines[0]).toBe(
      '村内公示 公示期：7个自然日，起始当日不计入 → 10个自然日，起始当日不计入',
    );
    expect(lines[1]).toMatch(/^核定文件 村公示期：.* → 镇扶组办〔2020〕9号，2020-09-01，/);
    expect(lines).toHaveLength(2);
    expect(await noticePeriod()).toMatchObject({ amount: 7 });
  });

  test('the clerk may not adopt it, the office may; the list then posts for ten days', async () => {
    const { json } = await preview(office);
    const refused = await adopt(clerk, json['planHash'], 'adopt-by-clerk');
    expect(refused).toMatchObject({ status: 409, json: { code: 'NOT-YOUR-LEVEL' } });
    expect(await noticePeriod()).toMatchObject({ amount: 7 });
    const taken = await adopt(office, json['planHash'], 'adopt-by-office');
    expect(taken.status, JSON.stringify(taken.json)).toBe(200);
    expect(await noticePeriod()).toMatchObject({ amount: 10 });
    expect((await preview(office)).json).toMatchObject({ isSame: true, differences: [] });
  });

  test('a plan that nobody resolved → UNKNOWN-PLAN', async () => {
    const refused = await adopt(office, 'f'.repeat(64), 'adopt-nothing');
    expect(refused).toMatchObject({ status: 409, json: { code: 'UNKNOWN-PLAN' } });
  });
});
