/** A list of two households from the assembly to the label, by the record, the engine and the registry. */
import { eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpRegistry } from '../../activities/registry/http-adapter.ts';
import type { RegistryPort } from '../../activities/registry/port.ts';
import type { CommandServices } from '../../activities/send-command.ts';
import { createActivities } from '../../activities/worker-activities.ts';
import { exportRoster } from '../../db/record/export-roster.ts';
import { chainKey } from '../../db/record/hash-chain.ts';
import type { RosterBundle } from '../../db/record/roster-bundle.ts';
import { verifyBundle } from '../../db/record/verify-bundle.ts';
import { registryEntries } from '../../db/schema/effects.ts';
import { households } from '../../db/schema/households.ts';
import { cases, events, postedSheets, progress } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import { wagesOf } from '../domain/guards/facts-builder.ts';
import { createTestTemporal, type TestTemporal } from '../harness/test-temporal.ts';
import { type RunningRegistry, runRegistry } from '../registry/running-registry.ts';
import { ExitWalk } from './exit-walk.ts';
import { openTrainingVillage, type TrainingVillage } from './training-village.ts';

const DAY_MS = 86_400_000;

let village: TrainingVillage;
let temporal: TestTemporal;
let registry: RunningRegistry;
let port: RegistryPort;
let services: CommandServices;
let stopWorker: () => Promise<void>;
let walk: ExitWalk;
/** The registry's clock stands at the instant of the carry. */
let registryNow = 0;

beforeAll(async () => {
  village = await openTrainingVillage();
  temporal = await createTestTemporal();
  registry = await runRegistry(village.databaseUrl, () => registryNow);
  port = createHttpRegistry({ baseUrl: registry.url });
  const { db, clock } = village;
  services = { db, clock, client: temporal.client, taskQueue: temporal.taskQueue };
  walk = new ExitWalk(village, services);
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

test('two households exit: every step in order, the notice runs in full, one label each', {
  timeout: 120_000,
}, async () => {
  await walk.moveTo((await village.clock.now()) + 40 * DAY_MS);
  const chosen = (await walk.readyHouseholds()).slice(0, 2).map(({ id }) => id);
  const answer = await village.launch(chosen);
  invariant(answer.ok, 'the list is opened');
  const { rosterId } = answer;
  const caseIds = [`${rosterId}-c001`, `${rosterId}-c002`];
  await walk.walkToRegistration(rosterId, caseIds);
  await walk.carry(rosterId, caseIds, async (window) => {
    registryNow = window.opensAt;
    await port.openWindow(window);
  });
  await expect
    .poll(async () => (await walk.rosterOf(rosterId)).open, { timeout: 60_000 })
    .toBe(false);

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
