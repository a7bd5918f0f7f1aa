/** 测一种名单 — lists of one size carried by so many callers at a time, from launch to the label. */
import { eq } from 'drizzle-orm';
import { registryEntries } from '../db/schema/effects.ts';
import { cases, rosters } from '../db/schema/record.ts';
import { invariant } from '../domain/invariant.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { type BenchVillage, type CountyPeople, seedVillages } from './bench-county.ts';
import type { BenchSystem } from './bench-system.ts';
import { carryList, type ListTimes, SIGN_OFFS } from './carry-list.ts';
import { httpSeam, type Seam, updateSeam } from './seam.ts';

/** What every measurement works with. */
export interface Bench {
  readonly system: BenchSystem;
  readonly plan: Plan;
  readonly people: CountyPeople;
}

/** Lists of `size` households, `lists` of them, carried by `callers` at a time. */
export interface Shape {
  readonly size: number;
  readonly callers: number;
  readonly lists: number;
  readonly seam: 'update' | 'http';
}

/** One run of a shape. */
export interface RunFigures {
  /** Sign-offs × households over the time from the first start to the last closed list. */
  readonly stepsPerSecond: number;
  /** The same over the time until the last list had its seventh sign-off. */
  readonly signingPerSecond: number;
  readonly signOffMs: readonly number[];
  readonly recordBytesPerHousehold: number;
  readonly temporalBytesPerHousehold: number;
  /** Processor milliseconds per list, by part. */
  readonly processorMsPerList: Readonly<Record<string, number>>;
  readonly commitsPerList: number;
}

/** Townships made so far: every run gets villages of its own. */
let ordinal = 0;

/** Villages that no run has used. */
export function freshVillages(
  { system }: Bench,
  count: number,
  size: number,
): Promise<BenchVillage[]> {
  ordinal += 1;
  return seedVillages(system.db, { ordinal, count, size });
}

const httpSeams = new Map<string, Seam>();

function seamOf({ system }: Bench, { seam }: Shape): Seam {
  if (seam === 'update') return updateSeam(system);
  const known = httpSeams.get(system.url) ?? httpSeam(system.url);
  httpSeams.set(system.url, known);
  return known;
}

/** Carries all lists of a shape once and checks what became of them. */
export async function measureLists(bench: Bench, shape: Shape): Promise<RunFigures> {
  const { system } = bench;
  const { size, lists } = shape;
  const villages = await freshVillages(bench, lists, size);
  const before = await meter(system);
  const from = performance.now();
  const done = await carryAll(bench, shape, villages);
  const elapsedMs = performance.now() - from;
  const after = await meter(system);
  for (const { rosterId } of done) await checkClosed(system, rosterId, size);
  const households = lists * size;
  const steps = households * SIGN_OFFS * 1000;
  const perList = (part: string, ms: number) => (ms - (before.processor[part] ?? 0)) / lists;
  return {
    stepsPerSecond: steps / elapsedMs,
    signingPerSecond: steps / (Math.max(...done.map(({ signedAt }) => signedAt)) - from),
    signOffMs: done.flatMap(({ signOffMs }) => signOffMs),
    recordBytesPerHousehold: (after.disk.record - before.disk.record) / households,
    temporalBytesPerHousehold: (after.disk.temporal - before.disk.temporal) / households,
    processorMsPerList: Object.fromEntries(
      Object.entries(after.processor).map(([part, ms]) => [part, perList(part, ms)]),
    ),
    commitsPerList: (after.commits - before.commits) / lists,
  };
}

async function meter(system: BenchSystem) {
  const { processor, commits, disk } = system;
  return { processor: await processor(), commits: await commits(), disk: await disk() };
}

async function carryAll(
  bench: Bench,
  shape: Shape,
  villages: readonly BenchVillage[],
): Promise<readonly ListTimes[]> {
  const seam = seamOf(bench, shape);
  const done: ListTimes[] = [];
  let next = 0;
  const call = async () => {
    for (let village = villages[next]; village !== undefined; village = villages[next]) {
      const tryWrongActs = next === 0;
      next += 1;
      done.push(await carryList({ ...bench, seam, village, tryWrongActs }));
    }
  };
  // A caller that fails must not have the system stopped under the others.
  const ended = await Promise.allSettled(Array.from({ length: shape.callers }, call));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
  return done;
}

/** Every list closed, every household with its outcome and one accepted entry. */
async function checkClosed({ db }: BenchSystem, rosterId: string, size: number): Promise<void> {
  const [roster] = await db.select().from(rosters).where(eq(rosters.id, rosterId));
  invariant(roster?.open === false, `${rosterId} is closed`);
  const listed = await db.select().from(cases).where(eq(cases.rosterId, rosterId));
  const exited = listed.filter(({ live, outcome }) => !live && outcome === 'exited');
  invariant(exited.length === size, `every household of ${rosterId} has left`);
  const entered = await db
    .select()
    .from(registryEntries)
    .where(eq(registryEntries.rosterId, rosterId));
  const accepted = entered.filter(({ state }) => state === 'accepted');
  invariant(accepted.length === size && entered.length === size, `one entry each in ${rosterId}`);
  invariant(new Set(entered.map(({ caseId }) => caseId)).size === size, 'no household twice');
}
