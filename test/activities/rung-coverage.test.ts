/**
 * 提醒全覆盖 (U11): every rung and every cut-off of every shipped pack, procedure and step has been seen to
 * fire, and again after a return. Lists come from the kernel, rows from the projections, firing from the
 * sweeper's workflow on a moved clock; what has to fire is read from the plan alone.
 */
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepNow } from '../../activities/ensure-sweeper.ts';
import { createManualRegistry } from '../../activities/registry/manual-adapter.ts';
import { createActivities } from '../../activities/worker-activities.ts';
import { openDatabase, type RecordDatabase } from '../../db/client.ts';
import { rosterColumns, rosterIdentity } from '../../db/record/projections.ts';
import { duties, organisations, users } from '../../db/schema/organisation.ts';
import { plans, rosters } from '../../db/schema/record.ts';
import { reminders } from '../../db/schema/reminders.ts';
import type { Role } from '../../domain/kernel/actor.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import { dueWakes } from '../../domain/kernel/wake.ts';
import type { Plan, PlanStep } from '../../domain/plan/plan.ts';
import { firstRungFrom, ladderOf } from '../../domain/reminder/ladder.ts';
import { planHash } from '../../policies/plan-hash.ts';
import { proceduresOf } from '../../policies/unconfirmed-values.ts';
import { sweeperIdOf } from '../../workflows/contracts/sweeper.ts';
import { ListWalk } from '../domain/kernel/list-walk.ts';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';
import { createTestTemporal, type TestTemporal } from '../harness/test-temporal.ts';
import { library, PLACES, trainingPlan } from '../policies/training-plan.ts';

const PLANS = Object.keys(PLACES).flatMap((packId) =>
  proceduresOf(library, packId).map((procedure) => trainingPlan(packId, procedure)),
);

let database: TestDatabase;
let record: RecordDatabase;
let temporal: TestTemporal;
let stopWorker: () => Promise<void>;
let now = 0;
const clock = { now: async () => now };

beforeAll(async () => {
  database = await createTestDatabase();
  record = openDatabase(database.databaseUrl);
  temporal = await createTestTemporal();
  const { db } = record;
  const port = createManualRegistry({ db });
  const worker = await temporal.createWorker({ activities: createActivities({ db, clock, port }) });
  const running = worker.run();
  stopWorker = async () => {
    worker.shutdown();
    await running;
  };
});

afterAll(async () => {
  await stopWorker();
  await temporal.close();
  await record.close();
  await database.drop();
});

/** `step/what/key/first|again` of everything that the plan says has to fire. */
function required(plan: Plan): string[] {
  const keys = (plan.reminders?.rungs ?? []).map(({ key }) => key);
  return plan.steps.flatMap((step) => {
    const isTimed = step.due !== null || plan.outerDue !== null;
    const sheet = step.kind === 'notice' || step.kind === 'announcement';
    const whats = [...(isTimed ? ['step'] : []), ...(sheet ? ['objection', 'clue'] : [])];
    const rungs = whats.flatMap((what) => keys.map((key) => `${step.key}/${what}/${key}`));
    const ends = sheet ? [`${step.key}/cut-off/end-of-period`] : [];
    // What comes after the label cannot be returned to.
    const passes = step.kind === 'inspection' ? ['first'] : ['first', 'again'];
    return [...rungs, ...ends].flatMap((each) => passes.map((pass) => `${each}/${pass}`));
  });
}

/** A list as it stands when something of it is to fire. */
interface Standing {
  readonly step: PlanStep;
  readonly pass: 'first' | 'again';
  readonly state: RosterState;
}

/** Every step twice: on the way to the registration, and again after a return to the beginning. */
function standings(plan: Plan): { lists: Standing[]; ends: string[] } {
  const walk = new ListWalk(plan, `${plan.year}-09-01 09:00`);
  const lists: Standing[] = [];
  const ends: string[] = [];
  const last = plan.steps.findIndex(({ kind }) => kind === 'registration' || kind === 'opening');
  const [first] = plan.steps;
  for (const pass of ['first', 'again'] as const) {
    for (const step of plan.steps.slice(0, last + 1)) {
      walk.walkTo(step.key);
      lists.push({ step, pass, state: walk.state });
      if (step.kind !== 'notice' && step.kind !== 'announcement') continue;
      const before = walk.state;
      const at = walk.now;
      if (step.kind === 'notice') walk.postNotice();
      else walk.announce();
      const posted = walk.state;
      const end =
        posted.notice?.stepIndex === posted.stepIndex ? posted.notice : posted.announcement;
      const noted = dueWakes(posted, end?.endsAt ?? 0).map(({ body }) => body.type);
      if (noted.length > 0) ends.push(`${step.key}/cut-off/end-of-period/${pass}`);
      lists.push({ step, pass, state: withObjections(walk) });
      walk.state = before;
      walk.now = at;
    }
    if (pass === 'again') continue;
    const toStep = first?.key ?? '';
    walk.must(walk.reviewer(), { type: 'return-cases', caseIds: null, toStep, reason: '重办' });
  }
  walk.walkTo(plan.steps[last + 1]?.key ?? 'closed');
  const after = plan.steps[walk.state.stepIndex];
  if (after?.kind === 'inspection') lists.push({ step: after, pass: 'first', state: walk.state });
  return { lists, ends };
}

function withObjections(walk: ListWalk): RosterState {
  const base = { type: 'raise-objection', words: '异议', channel: '电话' } as const;
  const clerk = walk.who(walk.plan.listLevel, 'clerk');
  walk.must(clerk, { ...base, kind: 'case', caseId: 'c1' });
  walk.must(clerk, { ...base, kind: 'unlisted', subjectWords: '李某户' });
  return walk.state;
}

const ABOVE = {
  village: 'township',
  township: 'county',
  county: 'city',
  city: 'province',
  province: null,
} as const;

async function savePlace(plan: Plan, walk: ListWalk): Promise<void> {
  const { db } = record;
  const superiors = Object.values(plan.reminders?.superiors ?? {});
  const roles: Role[] = [...plan.steps.flatMap(({ by }) => by), ...superiors];
  const levels = ['province', 'city', 'county', 'township', 'village'] as const;
  for (const level of levels) {
    const code = walk.code(level);
    const place = { code, level, name: code, validFrom: '2000-01-01' };
    await db
      .insert(organisations)
      .values({ ...place, parentCode: null })
      .onConflictDoNothing();
    const above = ABOVE[level];
    if (above !== null) {
      const parentCode = walk.code(above);
      await db.update(organisations).set({ parentCode }).where(eq(organisations.code, code));
    }
    for (const { duty } of roles.filter((role) => role.level === level)) {
      const id = `${code}-${duty}`;
      const person = { id, signInName: id, displayName: id, passwordHash: '', orgCode: code };
      await db.insert(users).values(person).onConflictDoNothing();
      const held = { id, userId: id, orgCode: code, duty, validFrom: '2000-01-01' };
      await db.insert(duties).values(held).onConflictDoNothing();
    }
  }
}

/** Saves every list of a plan and lets the county's clock run over all of their rungs. */
async function play(plan: Plan): Promise<Set<string>> {
  const { db } = record;
  const walk = new ListWalk(plan, `${plan.year}-09-01 09:00`);
  await savePlace(plan, walk);
  const { lists, ends } = standings(plan);
  const { chain } = walk.facts();
  const hash = planHash(plan);
  const { packId, procedure } = plan;
  await db.insert(plans).values({ hash, packId, procedure, body: plan }).onConflictDoNothing();
  const instants = new Set<number>();
  for (const [index, { state }] of lists.entries()) {
    const id = `${packId}-${procedure}-${index}`;
    const own = { ...state, rosterId: id, planHash: hash, parentId: 'of-the-walk' };
    await db.insert(rosters).values({
      ...rosterIdentity(plan, own, chain),
      ...rosterColumns(plan, own, chain),
      nextReminderAt: firstRungFrom(plan, own, own.openedAt),
      headHash: Buffer.alloc(32),
    });
    for (const { firesAt } of ladderOf(plan, own)) instants.add(firesAt);
  }
  // A city's own list stands under the city: nobody below it sweeps for it.
  const countyCode = chain.county ?? walk.code(plan.listLevel);
  const engine = { client: temporal.client, taskQueue: temporal.taskQueue };
  for (const instant of [...instants].sort((a, b) => a - b)) {
    now = instant;
    await sweepNow(engine, { countyCode, upTo: instant }, 90_000);
  }
  await temporal.client.workflow.getHandle(sweeperIdOf(countyCode)).terminate();
  const rows = await db.select().from(reminders).orderBy(asc(reminders.firesAt));
  const seen = new Set(ends);
  for (const row of rows) {
    const [, index] = new RegExp(`^${packId}-${procedure}-(\\d+)$`).exec(row.rosterId) ?? [];
    const list = index === undefined ? undefined : lists[Number(index)];
    if (list === undefined || row.told.every(({ people }) => people === 0)) continue;
    const [what = ''] = row.term.split(':');
    seen.add(`${list.step.key}/${what}/${row.rung}/${list.pass}`);
  }
  return seen;
}

const unseen = (plan: Plan, seen: ReadonlySet<string>) =>
  required(plan).filter((each) => !seen.has(each));

/**
 * Where the whole list alone has a time, and it runs from a clue, a list sent back comes to its last steps
 * after the first rungs: of those that passed only the latest is told (`rungsOf`).
 */
function lapsed(plan: Plan): Set<string> {
  if (plan.outerDue?.kind !== 'period') return new Set();
  const keys = (plan.reminders?.rungs ?? []).map(({ key }) => key);
  const late = standings(plan).lists.flatMap(({ step, pass, state }) => {
    const told = new Set(
      ladderOf(plan, state)
        .filter(({ term }) => term === `step:${step.key}`)
        .map(({ key }) => key),
    );
    const isShared = step.due === null;
    return isShared ? keys.filter((key) => !told.has(key)).map((key) => ({ step, key, pass })) : [];
  });
  return new Set(late.map(({ step, key, pass }) => `${step.key}/step/${key}/${pass}`));
}

test('a procedure to which no text gives a date has nothing to remind of', () => {
  const untimed = PLANS.filter((plan) => required(plan).length === 0);
  expect(new Set(untimed.map(({ procedure }) => procedure))).toEqual(
    new Set(['natural-change', 'adjust-new-household', 'function-opening']),
  );
});

const TIMED = PLANS.filter((plan) => required(plan).length > 0);

test.for(TIMED.map((plan) => [`${plan.packId} ${plan.procedure}`, plan] as const))(
  '%s: every rung and cut-off has fired, and again after a return',
  { timeout: 180_000 },
  async ([, plan]) => {
    const seen = await play(plan);
    // Of a correction the city's report alone has a date.
    expect(required(plan).length).toBeGreaterThan(plan.outerDue === null ? 5 : 15);
    const passed = lapsed(plan);
    expect(unseen(plan, seen).filter((each) => !passed.has(each))).toEqual([]);
    // Every rung was in time for some step, on the way and again.
    const firsts = plan.steps[0]?.key ?? '';
    expect([...passed].filter((each) => each.startsWith(`${firsts}/`))).toEqual([]);
    // The check bites: a rung that no run saw is missed.
    const planted = { key: 'planted', offsetDays: 3, unit: 'WORKING', to: 'superior' } as const;
    const { reminders: ladder } = plan;
    const rungs = [...(ladder?.rungs ?? []), { ...planted, words: '{事项}' }];
    const withPlanted = { ...plan, ...(ladder && { reminders: { ...ladder, rungs } }) };
    const missed = unseen(withPlanted, seen).filter((each) => !passed.has(each));
    expect(missed.length).toBeGreaterThan(0);
    expect(missed.every((each) => each.includes('/planted/'))).toBe(true);
  },
);
