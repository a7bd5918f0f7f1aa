/** 公示表 over HTTP: preview, freeze, print, and whether the paper and the record agree. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyCommands } from '../../activities/apply-commands.ts';
import { launchRoster } from '../../db/record/launch.ts';
import { loadActor } from '../../db/record/load-actor.ts';
import { insertCommand } from '../../db/record/submit-command.ts';
import { files } from '../../db/schema/effects.ts';
import { households, registrySnapshots } from '../../db/schema/households.ts';
import { villagerGroups } from '../../db/schema/organisation.ts';
import { commands, rosters } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import type { CommandBody } from '../../domain/kernel/command.ts';
import { planHash } from '../../policies/plan-hash.ts';
import { validRegistry } from '../domain/guards/facts-builder.ts';
import { trainingPlan } from '../policies/training-plan.ts';
import { type Caller, NOW, startApi, VILLAGE } from './running-api.ts';

const PLAN = trainingPlan('zhenxiong-2020', 'household-exit');
const PHOTO = 'f'.repeat(64);
const NAMES = ['王户主', '李<b>户主'];
const NOTHING = { contact: null, correction: null };

let api: Awaited<ReturnType<typeof startApi>>;
let clerk: Caller;
let rosterId = '';
let commandNo = 0;

beforeAll(async () => {
  process.env['GONGSHI_CHAIN_KEY'] ??= 'key of a test';
  api = await startApi();
  await api.db.insert(villagerGroups).values({ id: 'g1', villageCode: VILLAGE, name: '一组' });
  const photo = { mediaType: 'image/jpeg', size: 1, originalName: 'a.jpg', uploadedBy: 'clerk' };
  await api.db.insert(files).values({ hash: PHOTO, ...photo, uploadedAt: NOW });
  for (const [index, headName] of NAMES.entries()) await addHousehold(`h${index + 1}`, headName);
  clerk = await api.signIn('clerk');
  rosterId = await listAtNotice();
});

afterAll(() => api.stop());

async function addHousehold(id: string, headName: string): Promise<void> {
  const body = validRegistry({ hash: id, headName, householdNo: id });
  const snapshot = { hash: id, householdId: id, asOf: new Date(NOW), source: 'test', body };
  await api.db.insert(registrySnapshots).values(snapshot);
  const place = { villageCode: VILLAGE, residenceCode: VILLAGE, groupId: 'g1' };
  const head = { headName, headIdNumber: '539999195209220019', memberCount: body.memberCount };
  await api.db
    .insert(households)
    .values({ id, ...place, ...head, snapshotHash: id, status: 'poor' });
}

async function listAtNotice(): Promise<string> {
  const actor = await loadActor(api.db, 'clerk');
  invariant(actor !== undefined, 'the clerk is known');
  const { packId, procedure } = PLAN;
  const householdIds = ['h1', 'h2'];
  const list = { procedure, packId, unitCode: VILLAGE, householdIds, actor } as const;
  const launched = await launchRoster(api.db, {
    ...list,
    at: NOW,
    plan: PLAN,
    planHash: planHash(PLAN),
  });
  invariant(launched.ok, 'the list opens');
  const { rosterId: id } = launched;
  const [row] = await api.db.select().from(rosters).where(eq(rosters.id, id));
  invariant(row !== undefined, 'the list is in the record');
  const stepIndex = PLAN.steps.findIndex(({ kind }) => kind === 'notice');
  await api.db
    .update(rosters)
    .set({ state: { ...row.state, stepIndex } })
    .where(eq(rosters.id, id));
  return id;
}

/** As the engine does it; the outcome as stored. */
async function send(body: CommandBody) {
  const actor = await loadActor(api.db, 'clerk');
  invariant(actor !== undefined, 'the clerk is known');
  commandNo += 1;
  const idempotencyKey = `sheet-${commandNo}`;
  const given = { rosterId, actor, idempotencyKey, body, receivedAt: NOW + commandNo };
  await insertCommand(api.db, given);
  const clock = { now: () => Promise.resolve(NOW + commandNo) };
  await applyCommands({ db: api.db, clock }, { rosterId });
  const rows = await api.db.select().from(commands).where(eq(commands.rosterId, rosterId));
  return rows.find(({ receivedAt }) => receivedAt === NOW + commandNo)?.outcome;
}

const path = (rest: string) => `/api/v1/rosters/${rosterId}/sheets${rest}`;
const check = (code: string) =>
  clerk.call('GET', `/api/v1/sheets/check?code=${encodeURIComponent(code)}`);

async function lastSheet() {
  const { json } = await clerk.call('GET', path(''));
  const items = json['items'] as readonly { hash: string; code: string; statusWords: string }[];
  const item = items.at(-1);
  invariant(item !== undefined, 'a sheet was frozen');
  return item;
}

describe('from the preview to the paper', () => {
  test('what was previewed is what is frozen, under the same hash', async () => {
    const preview = await clerk.call('POST', path('/preview'), NOTHING);
    expect(preview).toMatchObject({
      status: 200,
      json: { refusals: [], sheet: { rows: [{ headName: '王户主', groupName: '一组' }, {}] } },
    });
    expect(preview.json['paper']).toContain('预览，未定稿，不得张贴');
    const seen = String(preview.json['hash']);
    expect(await send({ type: 'draft-notice', seen })).toMatchObject({ kind: 'applied' });
    expect(await lastSheet()).toMatchObject({ hash: seen, statusWords: '已定稿，未张贴' });
  });

  test('the paper is self-contained: no script, no address, what a name holds is text', async () => {
    const { hash } = await lastSheet();
    const paper = await clerk.call('GET', path(`/${hash}/paper`));
    expect(paper).toMatchObject({ status: 200, type: expect.stringContaining('text/html') });
    const text = String(paper.json['text']);
    expect(text).toContain('李&lt;b&gt;户主');
    expect(text).not.toMatch(/<script|src=|href=|539999195209220019/);
    expect(text).toContain('张贴后填');
  });

  test('once it is up everywhere the paper bears its dates', async () => {
    const place = 'village-board';
    expect(await send({ type: 'post-notice', place, proof: PHOTO })).toMatchObject({
      kind: 'applied',
    });
    const { hash, statusWords } = await lastSheet();
    expect(statusWords).toBe('已张贴');
    const paper = await clerk.call('GET', path(`/${hash}/paper`));
    expect(paper.json['text']).toContain('自2020年9月2日起，至2020年9月8日24时止');
  });

  test('a personal number in the contact → the preview says why it may not hang (G-05)', async () => {
    const wish = { ...NOTHING, contact: '王主任13812345678' };
    const preview = await clerk.call('POST', path('/preview'), wish);
    expect(preview.json['refusals']).toMatchObject([{ code: 'G-05', missing: ['手机号'] }]);
  });

  test('a correction has a preview and a paper of its own', async () => {
    const correction = {
      change: 'other',
      caseIds: [`${rosterId}-c001`],
      words: '组别有误',
    } as const;
    const preview = await clerk.call('POST', path('/preview'), { contact: null, correction });
    expect(preview.json['sheet']).toMatchObject({ kind: 'correction', rows: [{}] });
    expect(await send({ type: 'correct-notice', ...correction })).toMatchObject({
      kind: 'applied',
    });
    expect(await lastSheet()).toMatchObject({ hash: preview.json['hash'] });
  });
});

describe('核对: paper and record', () => {
  test('the code of a frozen sheet → agrees; one digit off → does not', async () => {
    const { code } = await lastSheet();
    expect((await check(code)).json).toMatchObject({ agrees: true, rosterId });
    const last = code.endsWith('0') ? '1' : '0';
    expect((await check(`${code.slice(0, -1)}${last}`)).json).toMatchObject({ agrees: false });
  });

  test('a code of something else → not ours; an unknown list → 404', async () => {
    expect((await check('https://example.invalid/')).json).toMatchObject({ agrees: false });
    expect((await check(`gongshi:nobody:${PHOTO}`)).status).toBe(404);
  });
});

test('a neighbour reads neither preview, sheets, paper nor check (NOT-YOUR-AREA)', async () => {
  const neighbour = await api.signIn('neighbour');
  const { hash, code } = await lastSheet();
  const answers = [
    await neighbour.call('POST', path('/preview'), NOTHING),
    await neighbour.call('GET', path('')),
    await neighbour.call('GET', path(`/${hash}`)),
    await neighbour.call('GET', path(`/${hash}/paper`)),
    await neighbour.call('GET', `/api/v1/sheets/check?code=${encodeURIComponent(code)}`),
  ];
  expect(answers.map(({ status, json }) => [status, json['code']])).toEqual(
    answers.map(() => [403, 'NOT-YOUR-AREA']),
  );
});
