/** A list of two households from the assembly to the label, by the record, the engine and the registry. */
import { eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { advanceClock } from '../../activities/advance-clock.ts';
import { createHttpRegistry } from '../../activities/registry/http-adapter.ts';
import type { RegistryPort } from '../../activities/registry/port.ts';
import { type CommandServices, sendCommand } from '../../activities/send-command.ts';
import { createActivities } from '../../activities/worker-activities.ts';
import { exportRoster } from '../../db/record/export-roster.ts';
import { chainKey } from '../../db/record/hash-chain.ts';
import type { RosterBundle } from '../../db/record/roster-bundle.ts';
import { verifyBundle } from '../../db/record/verify-bundle.ts';
import { saveVisitForm } from '../../db/record/visit-forms.ts';
import { registryEntries, registryWindows } from '../../db/schema/effects.ts';
import { households, registrySnapshots } from '../../db/schema/households.ts';
import { cases, events, postedSheets, progress, rosters } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { CommandBody } from '../../domain/kernel/command.ts';
import { plainDateAt } from '../../domain/time/instant.ts';
import { validForm, wagesOf } from '../domain/guards/facts-builder.ts';
import { createTestTemporal, type TestTemporal } from '../harness/test-temporal.ts';
import { type RunningRegistry, runRegistry } from '../registry/running-registry.ts';
import { openTrainingVillage, type TrainingVillage, VILLAGE } from './training-village.ts';

const TOWNSHIP = VILLAGE.slice(0, 9);
const COUNTY = VILLAGE.slice(0, 6);
const DAY_MS = 86_400_000;

let village: TrainingVillage;
let temporal: TestTemporal;
let registry: RunningRegistry;
let port: RegistryPort;
let services: CommandServices;
let stopWorker: () => Promise<void>;
let keys = 0;
/** The registry's clock stands at the instant of the carry. */
let registryNow = 0;

beforeAll(async () => {
  village = await openTrainingVillage();
  temporal = await createTestTemporal();
  registry = await runRegistry(village.databaseUrl, () => registryNow);
  port = createHttpRegistry({ baseUrl: registry.url });
  const { db, clock } = village;
  services = { db, clock, client: temporal.client, taskQueue: temporal.taskQueue };
  const worker = await temporal.createWorker({ activities: createActivities({ db, clock, port }) });
  const running = worker.run();
  stopWorker = async () => {
    worker.shutdown();
    await running;
  };
});

afterAll(async () => {
  await stopWorker();
  await registry.stop();
  await temporal.close();
  await village.destroy();
});

/** Poor households of the village in whose data nothing stands against the label. */
async function readyHouseholds() {
  const rows = await village.db
    .select({ id: households.id, body: registrySnapshots.body })
    .from(households)
    .innerJoin(registrySnapshots, eq(registrySnapshots.hash, households.snapshotHash))
    .where(inArray(households.id, [...village.householdIds]));
  return rows.filter(({ body }) => {
    const isSecure = Object.values(body.security).every((held) => held === true);
    const isHoused = body.housingGrade === 'A' || body.housingGrade === 'B';
    return isSecure && isHoused && (!body.relocation.listed || body.relocation.occupied);
  });
}

async function rosterOf(rosterId: string) {
  const [row] = await village.db.select().from(rosters).where(eq(rosters.id, rosterId));
  invariant(row !== undefined, 'the list exists');
  return row;
}

async function must(rosterId: string, actor: ActorSnapshot, body: CommandBody): Promise<void> {
  keys += 1;
  const answer = await sendCommand(services, { rosterId, actor, idempotencyKey: `k${keys}`, body });
  expect(answer.kind === 'refused' ? answer.outcome.refusals : []).toEqual([]);
  expect(answer.kind).toBe('applied');
}

const moveTo = async (instant: number | null) => {
  invariant(instant !== null, 'the list has a wake');
  const moved = await advanceClock(services, { findTo: async () => instant + 1 });
  invariant(moved.kind === 'moved', 'the village trains');
  return moved.played;
};

/** Papers for every requirement of the step at which the list stands. */
async function papers(rosterId: string) {
  const { stepKey } = await rosterOf(rosterId);
  const step = village.plan.steps.find(({ key }) => key === stepKey);
  return Object.fromEntries((step?.evidence ?? []).map(({ key }) => [key, [village.scan]]));
}

async function saveForms(rosterId: string) {
  const listed = await village.db.select().from(cases).where(eq(cases.rosterId, rosterId));
  const { standards } = village.plan;
  const forms = await readyHouseholds();
  const saved = listed.map(async ({ id, subjectId }) => {
    const known = forms.find((household) => household.id === subjectId);
    invariant(known !== undefined, 'a listed household is ready');
    const { from: incomeFrom, to: incomeTo } = standards.incomeWindow;
    const { members, relocation } = known.body;
    const income = wagesOf(standards.incomeLineFen * 2 * members.length);
    const filled = validForm({ income, members, relocation, incomeFrom, incomeTo });
    const { hash: _hash, version: _version, ...form } = filled;
    const answer = await saveVisitForm(village.db, { caseId: id, form, savedBy: 'x' });
    return { caseId: id, formHash: answer?.hash ?? '' };
  });
  return Promise.all(saved);
}

async function holdAssembly(rosterId: string, caseIds: readonly string[]) {
  const [step] = village.plan.steps;
  invariant(step?.kind === 'assembly', 'the exit begins with an assembly');
  await must(rosterId, village.clerk, {
    type: 'hold-assembly',
    group: null,
    meeting: {
      heldAt: await village.clock.now(),
      place: '村委会',
      chair: '主持人',
      recorder: '记录人',
      basis: step.quorum.bases[0]?.key ?? '',
      entitled: 30,
      present: 20,
      proxies: [],
      workTeamPresent: ['队员'],
      kinship: [],
      comparisonReadOut: true,
    },
    votes: caseIds.map((caseId) => ({ caseId, for: 20, against: 0, abstain: 0 })),
    evidence: await papers(rosterId),
  });
}

async function verifyAndAccept(rosterId: string) {
  const step = village.plan.steps.find(({ kind }) => kind === 'verification');
  invariant(step?.kind === 'verification', 'the exit verifies');
  const entries = await saveForms(rosterId);
  const signers = step.signers.map((role) => ({ role, name: '签字人' }));
  const evidence = await papers(rosterId);
  await must(rosterId, village.clerk, { type: 'verify', entries, signers, evidence });
  const party = 'household' as const;
  for (const { caseId } of entries) {
    const signed = { caseId, party, accepted: true, signer: '户主' };
    const paper = await papers(rosterId);
    await must(rosterId, village.clerk, { type: 'record-acceptance', ...signed, evidence: paper });
  }
}

async function runNotice(rosterId: string) {
  const { scan, clerk } = village;
  await must(rosterId, clerk, { type: 'draft-notice' });
  const place = 'village-board';
  await must(rosterId, clerk, { type: 'post-notice', place, proof: scan });
  const { nextWakeAt } = await rosterOf(rosterId);
  expect(await moveTo(nextWakeAt)).toEqual([rosterId]);
  await must(rosterId, clerk, { type: 'close-notice', evidence: await papers(rosterId) });
}

async function reviewAndAnnounce(rosterId: string) {
  const { scan, clerk, actor } = village;
  const passed = { opinion: '同意', refuse: [], answers: [], acceptLate: [] };
  const reviewer = await actor(TOWNSHIP, 'reviewer');
  const evidence = await papers(rosterId);
  await must(rosterId, reviewer, { type: 'review', ...passed, evidence });
  const documentOn = plainDateAt(await village.clock.now());
  await must(rosterId, await actor(COUNTY, 'decider'), {
    ...passed,
    type: 'decide',
    documentNo: '镇扶组字〔2020〕60号',
    documentOn,
    evidence: await papers(rosterId),
  });
  const place = 'village-board';
  await must(rosterId, await actor(COUNTY, 'clerk'), { type: 'draft-announcement' });
  await must(rosterId, clerk, { type: 'post-announcement', place, proof: scan });
  await moveTo((await rosterOf(rosterId)).nextWakeAt);
}

async function carry(rosterId: string, caseIds: readonly string[]) {
  const { db, clock, actor } = village;
  const at = await clock.now();
  registryNow = at;
  const office = { openedBy: 'office', documentNo: '演练〔2020〕1号', closesAt: null };
  const window = { id: 'w1', unitCode: COUNTY, functionKey: 'mark-exit', opensAt: at, ...office };
  await db.insert(registryWindows).values(window);
  await port.openWindow({ ...window, functionKey: 'mark-exit', level: 'county' });
  const operator = await actor(COUNTY, 'registry-operator');
  const reviewer = await actor(COUNTY, 'entry-reviewer');
  const entries = caseIds.map((caseId) => ({
    caseId,
    operatorId: operator.userId,
    operatorName: operator.name,
    operatorAt: at,
    reviewerId: reviewer.userId,
    reviewerName: reviewer.name,
    reviewerAt: at,
  }));
  await must(rosterId, reviewer, { type: 'carry-registrations', entries });
}

/** The bundle's sheets are the recomputed ones; one altered, one left out → each named at its event. */
function expectSheetsToHold(bundle: RosterBundle): void {
  const drafted = bundle.events.find(({ event }) => event.body.type === 'notice-drafted');
  invariant(drafted?.event.body.type === 'notice-drafted', 'a notice was drafted');
  const { sheet: hash } = drafted.event.body;
  const kinds = Object.values(bundle.sheets).map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(['announcement', 'notice']);
  const sheet = bundle.sheets[hash];
  invariant(sheet !== undefined, 'the notice is in the bundle');
  expect(sheet.rows).toHaveLength(2);
  expect(sheet.training).toBe(true);
  const { seq } = drafted;
  const altered = { ...bundle.sheets, [hash]: { ...sheet, rows: [] } };
  expect(verifyBundle({ ...bundle, sheets: altered }, null)).toMatchObject({
    integrity: { seq, words: expect.stringContaining('公示表') },
  });
  const { [hash]: left, ...others } = bundle.sheets;
  expect(left).toBeDefined();
  expect(verifyBundle({ ...bundle, sheets: others }, null)).toMatchObject({
    integrity: null,
    completeness: { seq, words: expect.stringContaining('公示表') },
  });
}

test('two households exit: every step in order, the notice runs in full, one label each', async () => {
  const start = await village.clock.now();
  await advanceClock(services, { findTo: async () => start + 40 * DAY_MS });
  const chosen = (await readyHouseholds()).slice(0, 2).map(({ id }) => id);
  const answer = await village.launch(chosen);
  invariant(answer.ok, 'the list is opened');
  const { rosterId } = answer;
  const caseIds = [`${rosterId}-c001`, `${rosterId}-c002`];
  await holdAssembly(rosterId, caseIds);
  await verifyAndAccept(rosterId);
  await runNotice(rosterId);
  await reviewAndAnnounce(rosterId);
  await carry(rosterId, caseIds);
  await expect.poll(async () => (await rosterOf(rosterId)).open, { timeout: 15_000 }).toBe(false);

  const { db } = village;
  const entries = await db.select().from(registryEntries);
  expect(entries.map(({ state, attempts }) => [state, attempts])).toEqual([
    ['accepted', 1],
    ['accepted', 1],
  ]);
  const labelled = await db.select().from(households).where(inArray(households.id, chosen));
  expect(labelled.map(({ status }) => status)).toEqual(['exited', 'exited']);
  const closed = await db.select().from(cases).where(eq(cases.rosterId, rosterId));
  expect(closed.every(({ live, outcome }) => !live && outcome === 'exited')).toBe(true);
  const counts = (await db.select().from(progress)).filter(({ count }) => count > 0);
  expect(counts).toMatchObject([{ bucket: 'exited', count: 2 }]);
  const last = await db.select().from(events).where(eq(events.rosterId, rosterId));
  expect(last.map(({ type }) => type)).toContain('roster-closed');

  const bundle = await exportRoster(db, rosterId);
  invariant(bundle !== null, 'the list is exported');
  const verdict = verifyBundle(bundle, chainKey());
  expect(verdict).toMatchObject({ integrity: null, completeness: null, reproduced: last.length });
  expectSheetsToHold(bundle);
  await expect(
    db.update(postedSheets).set({ rosterId: 'other' }),
    'a frozen sheet is never changed',
  ).rejects.toMatchObject({ cause: { message: expect.stringContaining('append-only') } });
  const [[hash, form] = ['', undefined]] = Object.entries(bundle.forms);
  invariant(form !== undefined, 'the verification named forms');
  const income = wagesOf(1);
  const altered = { ...bundle, forms: { ...bundle.forms, [hash]: { ...form, income } } };
  expect(verifyBundle(altered, null).integrity?.words).toContain('校验值');
});
