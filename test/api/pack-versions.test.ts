/** 规则包装入 over the API: tried, loaded at run time, audited; lists under way keep the rules they have. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createManualRegistry } from '../../activities/registry/manual-adapter.ts';
import { createEngine } from '../../api/engine.ts';
import { createRosterChanges } from '../../api/roster-changes.ts';
import { openListener } from '../../db/client.ts';
import { packLibraryOf } from '../../db/packs/pack-library.ts';
import { packs } from '../../db/schema/effects.ts';
import { administrationLog } from '../../db/schema/organisation.ts';
import { plans, rosters } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import { loadPacks } from '../../policies/load-packs.ts';
import { openTrainingVillage, type TrainingVillage } from '../activities/training-village.ts';
import { createTestTemporal, type TestTemporal } from '../harness/test-temporal.ts';
import { type Caller, serveApi } from './running-api.ts';

const PASSWORD = 'yanlian2020';
const PACK = 'zhenxiong-2020';
const reason = '镇扶组字〔2020〕61号';

const shipped = loadPacks().packs.get(PACK);
invariant(shipped !== undefined, 'the pack is shipped');
const { version } = shipped.pack;

/** The shipped text with a number, its field work due five days later. */
function laterText(no: number): string {
  const text = shipped?.source ?? '';
  return text
    .replace(/^version: \d+$/m, `version: ${no}`)
    .replaceAll("'2020-10-15'", "'2020-10-20'");
}

let village: TrainingVillage;
let temporal: TestTemporal;
let api: Awaited<ReturnType<typeof serveApi>>;
let other: Awaited<ReturnType<typeof serveApi>>;
let admin: Caller;
let office: Caller;
let clerk: Caller;
let rosterId = '';

/** One process of the API; each has an engine of its own. */
async function serveOne() {
  const { db, clock, databaseUrl } = village;
  const port = createManualRegistry({ db });
  const engine = createEngine({
    db,
    clock,
    client: temporal.client,
    taskQueue: temporal.taskQueue,
    library: packLibraryOf(db),
    loadScenario: async () => {},
    windows: { openWindow: port.openWindow, closeWindow: port.closeWindow },
  });
  const connect = () => openListener(databaseUrl);
  const changes = createRosterChanges({ connect, beatMs: 1_000, probeMs: 1_000 });
  return serveApi({ db, engine, changes, now: clock.now });
}

beforeAll(async () => {
  village = await openTrainingVillage();
  temporal = await createTestTemporal();
  [api, other] = await Promise.all([serveOne(), serveOne()]);
  admin = await api.signInWith('镇雄县管理员', PASSWORD);
  office = await api.signInWith('镇雄县领导小组办公室', PASSWORD);
  clerk = await api.signInWith('大田村经办', PASSWORD);
  rosterId = await launch(clerk, 0);
});

afterAll(async () => {
  await api?.stop();
  await other?.stop();
  await temporal?.close();
  await village?.destroy();
});

async function launch(caller: Caller, from: number): Promise<string> {
  const made = await caller.call('POST', '/api/v1/rosters', {
    procedure: 'household-exit',
    packId: PACK,
    unitCode: village.code,
    householdIds: village.householdIds.slice(from, from + 1),
  });
  invariant(made.status === 201, JSON.stringify(made.json));
  return String(made.json['id']);
}

const preview = (caller: Caller, text: string) =>
  caller.call('POST', '/api/v1/administration/pack-previews', { text });

const load = (caller: Caller, text: string) =>
  caller.call('POST', '/api/v1/administration/packs', { text, reason });

async function planOf(id: string) {
  const [row] = await village.db
    .select({ hash: rosters.planHash, plan: plans.body, dueAt: rosters.outerDueAt })
    .from(rosters)
    .innerJoin(plans, eq(plans.hash, rosters.planHash))
    .where(eq(rosters.id, id));
  invariant(row !== undefined, 'the list is there');
  return row;
}

describe('nothing is changed by', () => {
  test.for([
    ['broken YAML', 'id: [', 'PACK-UNREADABLE'],
    [
      'an unknown parent',
      laterText(version + 1).replace('parent: yunnan', 'parent: x'),
      'PACK-PARENT',
    ],
    ['the same version, other content', laterText(version), 'PACK-SAME-VERSION'],
    ['an older version', laterText(version - 1), 'PACK-OLDER'],
    [
      'a rule without its clause',
      laterText(version + 1).replace('clause: s0-truth', 'clause: s9'),
      'PACK-FAULTY',
    ],
  ] as const)('%s, and says so in Chinese', async ([, text, code]) => {
    const refused = await load(admin, text);
    expect(refused).toMatchObject({ status: 409, json: { code } });
    expect(refused.json['detail']).toMatch(/[一-鿿]/);
    expect(await village.db.select().from(packs)).toEqual([]);
  });

  test('anybody but an administrator', async () => {
    for (const caller of [clerk, office]) {
      expect(await preview(caller, laterText(version + 1))).toMatchObject({
        status: 403,
        json: { code: 'NOT-YOUR-DUTY' },
      });
      expect((await load(caller, laterText(version + 1))).status).toBe(403);
    }
    expect(await village.db.select().from(packs)).toEqual([]);
  });

  test('a preview: it shows differences with their clauses, and the open list that they would touch', async () => {
    const { status, json } = await preview(admin, laterText(version + 1));
    expect(status, JSON.stringify(json)).toBe(200);
    expect(json).toMatchObject({
      pack: { id: PACK, version: version + 1 },
      present: { version },
      isSame: false,
      refusals: [],
      findings: [],
      conflicts: [],
      unconfirmed: [],
      impact: { total: 1, lists: [{ rosterId, packVersion: version }] },
    });
    const differences = json['differences'] as { where: string; what: string; after: unknown }[];
    expect(new Set(differences.map(({ what }) => what))).toEqual(new Set(['时限', '总时限']));
    expect(differences[0]?.after).toMatchObject({
      words: '2020-10-20前',
      source: expect.stringContaining('镇扶组字〔2020〕54号'),
      verified: true,
    });
    const { impact } = json as { impact: { lists: { differences: unknown[] }[] } };
    expect(impact.lists[0]?.differences).toContainEqual({
      where: '全程',
      what: '总时限',
      before: '2020-10-15前',
      after: '2020-10-20前',
    });
    expect(await village.db.select().from(packs)).toEqual([]);
  });

  test('a preview of a faulty text: the findings are listed, with why it may not be loaded', async () => {
    const text = laterText(version + 1).replace('clause: s0-truth', 'clause: s9');
    const { status, json } = await preview(admin, text);
    expect(status).toBe(200);
    expect(json).toMatchObject({ refusals: [{ code: 'PACK-FAULTY' }] });
    expect(json['findings']).toContainEqual(
      expect.objectContaining({ packId: PACK, code: 'CLAUSE-MISSING' }),
    );
  });
});

describe('a version loaded at run time', () => {
  test('is kept with a line in the record of changes, once however often it is sent', async () => {
    const first = await load(admin, laterText(version + 1));
    expect(first).toMatchObject({ status: 201, json: { version: version + 1, isNew: true } });
    const again = await load(admin, laterText(version + 1));
    expect(again).toMatchObject({ status: 200, json: { version: version + 1, isNew: false } });
    const rows = await village.db.select().from(packs);
    expect(rows.map(({ id, version: no }) => [id, no])).toEqual([[PACK, version + 1]]);
    const lines = await village.db
      .select()
      .from(administrationLog)
      .where(eq(administrationLog.kind, 'pack-loaded'));
    expect(lines).toMatchObject([
      {
        subject: PACK,
        reason,
        before: { version, digest: shipped.digest },
        after: { version: version + 1 },
      },
    ]);
  });

  test('leaves the list under way as it was; the office may adopt the new rules for it', async () => {
    const { plan } = await planOf(rosterId);
    expect(plan.packVersion).toBe(version);
    const path = `/api/v1/rosters/${rosterId}/plan-previews`;
    const { json } = await office.call('POST', path, {});
    expect(json).toMatchObject({ isSame: false, packVersion: version + 1, refusals: [] });
  });

  test('rules new lists at once, in every process, without a restart', async () => {
    const elsewhere = await other.signInWith('大田村经办', PASSWORD);
    const mine = await planOf(await launch(clerk, 1));
    const theirs = await planOf(await launch(elsewhere, 2));
    for (const { plan } of [mine, theirs]) {
      expect(plan.packVersion).toBe(version + 1);
      expect(plan.outerDue).toMatchObject({ deadline: '2020-10-20' });
    }
  });

  test('is listed beside the shipped ones, and an older one may not follow it', async () => {
    const { json } = await admin.call('GET', '/api/v1/administration/packs');
    const items = json['items'] as { id: string; version: number; isPresent: boolean }[];
    expect(items).toContainEqual(
      expect.objectContaining({
        id: PACK,
        version: version + 1,
        isPresent: true,
        isShipped: false,
      }),
    );
    expect(items).toContainEqual(expect.objectContaining({ id: 'yunnan', isShipped: true }));
    expect((await load(admin, laterText(version))).json).toMatchObject({ code: 'PACK-OLDER' });
  });

  test('two at the same moment → one is kept, the other is refused', async () => {
    const texts = ['甲', '乙'].map((name) =>
      laterText(version + 2).replace(/^title: .*$/m, `title: 镇雄县${name}`),
    );
    const answers = await Promise.all(texts.map((text) => load(admin, text)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
    const kept = await village.db
      .select()
      .from(packs)
      .where(eq(packs.version, version + 2));
    expect(kept).toHaveLength(1);
  });
});

test('a value confirmed by the office rules the next list without a restart', async () => {
  const confirmed = await office.call('POST', `/api/v1/packs/${PACK}/confirmations`, {
    areaCode: '530627',
    path: 'notice.village',
    value: { amount: 10, unit: 'CALENDAR', countFirstDay: false, rollToWorkday: false },
    documentNo: '镇扶组办〔2020〕9号',
    documentOn: '2020-09-01',
  });
  expect(confirmed.status, JSON.stringify(confirmed.json)).toBe(201);
  const elsewhere = await other.signInWith('大田村经办', PASSWORD);
  const { plan } = await planOf(await launch(elsewhere, 3));
  const notice = plan.steps.find(({ kind }) => kind === 'notice');
  expect(notice).toMatchObject({ period: { amount: 10 } });
  expect((await planOf(rosterId)).plan.packVersion).toBe(version);
});
