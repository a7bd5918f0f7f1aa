import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchRoster } from '../../db/record/launch.ts';
import { loadActor } from '../../db/record/load-actor.ts';
import { insertCommand } from '../../db/record/submit-command.ts';
import { acts } from '../../db/schema/effects.ts';
import { households, registrySnapshots } from '../../db/schema/households.ts';
import { duties } from '../../db/schema/organisation.ts';
import { commands, rosters } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import type { CommandOutcome } from '../../domain/kernel/command.ts';
import { planHash } from '../../policies/plan-hash.ts';
import { validRegistry } from '../domain/guards/facts-builder.ts';
import { trainingPlan } from '../policies/training-plan.ts';
import { type Caller, COUNTY, NOW, OTHER_VILLAGE, startApi, VILLAGE } from './running-api.ts';

let api: Awaited<ReturnType<typeof startApi>>;
let decider: Caller;
let east = '';
let west = '';
const key = (text: string) => ({ 'idempotency-key': text });
const plan = trainingPlan('zhenxiong-2020', 'household-exit');

/** A list of one household, put at the step of the county's decision. */
async function listAtDecision(unitCode: string, userId: string): Promise<string> {
  const id = `h-${userId}`;
  const body = validRegistry();
  const snapshot = { hash: id, householdId: id, asOf: new Date(NOW), source: 'test', body };
  await api.db.insert(registrySnapshots).values(snapshot);
  await api.db.insert(households).values({
    id,
    villageCode: unitCode,
    residenceCode: unitCode,
    headName: '王户主',
    headIdNumber: '539999195209220019',
    memberCount: 1,
    snapshotHash: id,
    status: 'poor',
  });
  const actor = await loadActor(api.db, userId);
  invariant(actor !== undefined, 'the clerk exists');
  const { packId, procedure } = plan;
  const list = { procedure, packId, unitCode, householdIds: [id], actor, at: NOW };
  const launched = await launchRoster(api.db, { ...list, plan, planHash: planHash(plan) });
  invariant(launched.ok, JSON.stringify(launched));
  const { rosterId } = launched;
  const index = plan.steps.findIndex(({ kind }) => kind === 'decision');
  const state = sql`jsonb_set(${rosters.state}, '{stepIndex}', to_jsonb(${index}::int))`;
  await api.db.update(rosters).set({ state }).where(eq(rosters.id, rosterId));
  return rosterId;
}

function decision(rosterIds: readonly string[], over: Record<string, unknown> = {}) {
  return {
    kind: 'decision',
    documentNo: '镇扶组字〔2020〕60号',
    documentOn: '2020-09-01',
    title: '关于审定脱贫户的通知',
    opinion: '同意',
    evidence: {},
    targets: rosterIds.map((rosterId) => ({ rosterId })),
    ...over,
  };
}

/** Judges the command that the engine was asked to send for a list. */
async function judge(rosterId: string, outcome: CommandOutcome): Promise<void> {
  const asked = api.asked.findLast((command) => command.rosterId === rosterId);
  invariant(asked !== undefined, 'the command was sent');
  const { id } = await insertCommand(api.db, { ...asked, receivedAt: NOW });
  await api.db.update(commands).set({ outcome }).where(eq(commands.id, id));
}

beforeAll(async () => {
  api = await startApi();
  const held = { id: 'signs', userId: 'office', orgCode: COUNTY, validFrom: '2000-01-01' };
  const step = plan.steps.find(({ kind }) => kind === 'decision');
  await api.db.insert(duties).values({ ...held, duty: step?.by[0]?.duty ?? '' });
  east = await listAtDecision(VILLAGE, 'clerk');
  west = await listAtDecision(OTHER_VILLAGE, 'neighbour');
  decider = await api.signIn('office');
});

afterAll(async () => {
  await api.stop();
});

test('one act, one command a list; judged lists are not sent again, pending ones are', async () => {
  const made = await decider.call('POST', '/api/v1/acts', decision([east, west]), key('act-0001'));
  expect(made).toMatchObject({
    status: 201,
    json: { issuerCode: COUNTY, targets: [{ state: 'pending' }, { state: 'pending' }] },
  });
  const actId = String(made.json['id']);
  expect(api.asked.map((command) => command.idempotencyKey)).toEqual(
    [east, west].sort().map((rosterId) => `act:${actId}:${rosterId}`),
  );
  expect(api.asked[0]?.body).toMatchObject({ type: 'decide', act: { actId } });
  const refusals = [{ code: 'G-08', words: '有的户尚未认可' }];
  await judge(east, { kind: 'refused', at: NOW, refusals });
  const again = await decider.call('POST', `/api/v1/acts/${actId}/apply`);
  expect(again.status).toBe(200);
  expect(api.asked.slice(2).map(({ rosterId }) => rosterId)).toEqual([west]);
  const done = { kind: 'applied', fromSeq: 1, toSeq: 2, at: NOW, warnings: [], children: [] };
  await judge(west, done as CommandOutcome);
  const { json } = await decider.call('GET', `/api/v1/acts/${actId}`);
  const stateOf = new Map(
    (json['targets'] as { rosterId: string; state: string }[]).map((each) => [each.rosterId, each]),
  );
  expect(stateOf.get(east)).toMatchObject({ state: 'refused', refusals: [{ code: 'G-08' }] });
  expect(stateOf.get(west)).toMatchObject({ state: 'applied', words: '已生效' });
  await decider.call('POST', `/api/v1/acts/${actId}/apply`);
  expect(api.asked).toHaveLength(3);
  const clerk = await api.signIn('clerk');
  const seen = await clerk.call('GET', `/api/v1/acts/${actId}`);
  expect(seen.json['targets']).toMatchObject([{ rosterId: east }]);
  expect(await clerk.call('POST', `/api/v1/acts/${actId}/apply`)).toMatchObject({ status: 403 });
});

test('the same key again → the same act; with another content → CONFLICT', async () => {
  const body = decision([east]);
  const first = await decider.call('POST', '/api/v1/acts', body, key('act-0002'));
  const second = await decider.call('POST', '/api/v1/acts', body, key('act-0002'));
  expect(second.json['id']).toBe(first.json['id']);
  const other = decision([east], { opinion: '不同意' });
  expect(await decider.call('POST', '/api/v1/acts', other, key('act-0002'))).toMatchObject({
    status: 409,
    json: { code: 'CONFLICT' },
  });
});

test('another step, part of a list, no 文号, no duty → refused; no act is stored', async () => {
  const before = await api.db.$count(acts);
  const review = decision([east], { kind: 'review' });
  const part = decision([], { targets: [{ rosterId: east, caseIds: [] }] });
  const unnumbered = decision([east], { documentNo: null });
  const clerk = await api.signIn('clerk');
  const tries = [
    [decider, review, 'WRONG-STATE'],
    [decider, part, 'CONFLICT'],
    [decider, unnumbered, 'MALFORMED'],
    [decider, decision([east, east]), 'MALFORMED'],
    [clerk, decision([east]), 'NOT-YOUR-LEVEL'],
    [clerk, decision([west]), 'NOT-YOUR-AREA'],
  ] as const;
  for (const [caller, body, code] of tries) {
    const answer = await caller.call('POST', '/api/v1/acts', body, key('act-0003'));
    expect(answer).toMatchObject({ json: { code } });
  }
  expect(await api.db.$count(acts)).toBe(before);
});

test('a list that changed after the signature → refused with the reason; nothing is sent', async () => {
  const made = await decider.call('POST', '/api/v1/acts', decision([west]), key('act-0004'));
  const address = `/api/v1/acts/${String(made.json['id'])}`;
  const state = sql`jsonb_set(${rosters.state}, '{cases}', '[]'::jsonb)`;
  await api.db.update(rosters).set({ state }).where(eq(rosters.id, west));
  const sent = api.asked.length;
  const again = await decider.call('POST', `${address}/apply`);
  expect(again.json['targets']).toMatchObject([{ state: 'refused' }]);
  expect(JSON.stringify(again.json)).toContain('名单有变动');
  expect(api.asked).toHaveLength(sent);
});
