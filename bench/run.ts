/**
 * 测速: `npm run bench`. BENCH_RUNS (3) says how often, BENCH_QUICK=1 makes one short run, BENCH_SHAPES
 * chooses ('100x32,1x32': households by callers). Prints a table and writes bench.json beside the data.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { dataFolder } from '../bin/embedded/project-paths.ts';
import { registryEntries } from '../db/schema/effects.ts';
import { cases, rosters } from '../db/schema/record.ts';
import { invariant } from '../domain/invariant.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { type CountyPeople, seedCounty, seedVillages } from './bench-county.ts';
import { benchPlan } from './bench-plan.ts';
import { type BenchSystem, startBenchSystem } from './bench-system.ts';
import { carryList, type ListTimes, SIGN_OFFS } from './carry-list.ts';
import { measureKernel } from './kernel-speed.ts';
import { medianOf, percentileOf, type Spread, spreadOf } from './spread.ts';

/** Lists of `size` households, `lists` of them, carried by `callers` at a time. */
interface Shape {
  readonly size: number;
  readonly callers: number;
  readonly lists: number;
}

/** One run of a shape. */
interface RunFigures {
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

const isQuick = process.env['BENCH_QUICK'] === '1';
const runs = isQuick ? 1 : Number(process.env['BENCH_RUNS'] ?? 3);
invariant(Number.isInteger(runs) && runs > 0, 'BENCH_RUNS is a number of runs');

const QUICK_SHAPES = '1x1,1x32,100x32';
const ALL_SHAPES = '1x1,1x32,20x1,20x32,100x1,100x32,300x1,300x32';

function shapes(): Shape[] {
  const text = process.env['BENCH_SHAPES'] ?? (isQuick ? QUICK_SHAPES : ALL_SHAPES);
  return text.split(',').map((each) => {
    const [size, callers] = each.split('x').map(Number);
    invariant(size !== undefined && callers !== undefined, `${each} is no shape`);
    // Of the smallest lists more, so that there are enough sign-offs for percentiles.
    const perCaller = size === 1 ? (callers === 1 ? 8 : 2) : 1;
    return { size, callers, lists: callers * perCaller };
  });
}

/** Townships made so far: every run gets villages of its own. */
let ordinal = 0;

async function runShape(
  system: BenchSystem,
  { plan, people }: { plan: Plan; people: CountyPeople },
  { size, callers, lists }: Shape,
): Promise<RunFigures> {
  ordinal += 1;
  const villages = await seedVillages(system.db, { ordinal, count: lists, size });
  const before = await system.disk();
  const [used, committed] = [await system.processor(), await system.commits()];
  const done: ListTimes[] = [];
  let next = 0;
  const from = performance.now();
  const call = async () => {
    for (let village = villages[next]; village !== undefined; village = villages[next]) {
      const tryWrongActs = next === 0;
      next += 1;
      done.push(await carryList({ services: system, plan, people, village, tryWrongActs }));
    }
  };
  // A caller that fails must not have the system stopped under the others.
  const ended = await Promise.allSettled(Array.from({ length: callers }, call));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
  const elapsedMs = performance.now() - from;
  const usedAfter = await system.processor();
  const committedAfter = await system.commits();
  for (const { rosterId } of done) await checkClosed(system, rosterId, size);
  const after = await system.disk();
  const households = lists * size;
  const steps = households * SIGN_OFFS * 1000;
  return {
    stepsPerSecond: steps / elapsedMs,
    signingPerSecond: steps / (Math.max(...done.map(({ signedAt }) => signedAt)) - from),
    signOffMs: done.flatMap(({ signOffMs }) => signOffMs),
    recordBytesPerHousehold: (after.record - before.record) / households,
    temporalBytesPerHousehold: (after.temporal - before.temporal) / households,
    processorMsPerList: Object.fromEntries(
      Object.entries(usedAfter).map(([part, ms]) => [part, (ms - (used[part] ?? 0)) / lists]),
    ),
    commitsPerList: (committedAfter - committed) / lists,
  };
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

interface ShapeFigures extends Shape {
  readonly stepsPerSecond: Spread;
  readonly signingPerSecond: Spread;
  readonly signOffMs: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly recordBytesPerHousehold: number;
  readonly temporalBytesPerHousehold: number;
  readonly processorMsPerList: Readonly<Record<string, number>>;
  readonly commitsPerList: number;
}

function summary(shape: Shape, figures: readonly RunFigures[]): ShapeFigures {
  const signOffMs = figures.flatMap((each) => each.signOffMs);
  return {
    ...shape,
    stepsPerSecond: spreadOf(figures.map((each) => each.stepsPerSecond)),
    signingPerSecond: spreadOf(figures.map((each) => each.signingPerSecond)),
    signOffMs: {
      p50: percentileOf(signOffMs, 50),
      p95: percentileOf(signOffMs, 95),
      p99: percentileOf(signOffMs, 99),
    },
    recordBytesPerHousehold: medianOf(figures.map((each) => each.recordBytesPerHousehold)),
    temporalBytesPerHousehold: medianOf(figures.map((each) => each.temporalBytesPerHousehold)),
    processorMsPerList: Object.fromEntries(
      ['caller', 'worker', 'temporal', 'postgres'].map((part) => [
        part,
        medianOf(figures.map(({ processorMsPerList }) => processorMsPerList[part] ?? 0)),
      ]),
    ),
    commitsPerList: medianOf(figures.map((each) => each.commitsPerList)),
  };
}

const columns = ['list', 'callers', 'lists', 'steps/s', 'signing/s', 'p50', 'p95', 'p99 ms'];

function rowOf(figures: ShapeFigures): string[] {
  const { size, callers, lists, stepsPerSecond, signingPerSecond, signOffMs } = figures;
  const { record, temporal } = {
    record: figures.recordBytesPerHousehold / 1024,
    temporal: figures.temporalBytesPerHousehold / 1024,
  };
  return [
    ...[size, callers, lists].map(String),
    spreadWords(stepsPerSecond),
    spreadWords(signingPerSecond),
    ...[signOffMs.p50, signOffMs.p95, signOffMs.p99].map((ms) => ms.toFixed(0)),
    `${record.toFixed(1)} + ${temporal.toFixed(1)}`,
    Object.values(figures.processorMsPerList)
      .map((ms) => ms.toFixed(0))
      .join(' + '),
    figures.commitsPerList.toFixed(0),
  ];
}

function spreadWords({ median, low, high }: Spread): string {
  return `${median.toFixed(0)} (${low.toFixed(0)}–${high.toFixed(0)})`;
}

function print(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

const plan = benchPlan();
const kernel = spreadOf(Array.from({ length: runs }, () => measureKernel(plan)));
process.stdout.write(`kernel in memory, list of 100: ${spreadWords(kernel)} household-steps/s\n\n`);
const system = await startBenchSystem();
const report: ShapeFigures[] = [];
try {
  const people = await seedCounty(system.db);
  // The first list pays for code that is loaded and compiled once.
  await runShape(system, { plan, people }, { size: 1, callers: 1, lists: 1 });
  const costs = ['KiB/household, record + Temporal'];
  costs.push('processor ms/list, caller + worker + Temporal + PostgreSQL', 'commits/list');
  print([...columns, ...costs]);
  print([...columns, ...costs].map(() => '---'));
  for (const shape of shapes()) {
    const figures: RunFigures[] = [];
    for (let run = 0; run < runs; run += 1) {
      figures.push(await runShape(system, { plan, people }, shape));
    }
    const row = summary(shape, figures);
    report.push(row);
    print(rowOf(row));
  }
  const memory = await system.memory();
  const megabytes = Object.entries(memory).map(([part, bytes]) => `${part} ${bytes >> 20} MB`);
  process.stdout.write(`\nmemory after all runs: ${megabytes.join(', ')}\n`);
  const machine = {
    processors: availableParallelism(),
    model: cpus()[0]?.model,
    memoryBytes: totalmem(),
    node: process.version,
  };
  const folder = dataFolder();
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const content = JSON.stringify({ at, machine, runs, kernel, shapes: report, memory }, null, 2);
  writeFileSync(join(folder, 'bench.json'), `${content}\n`);
} finally {
  await system.stop();
}
