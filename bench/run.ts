/**
 * 测速: `npm run bench`. BENCH_RUNS (3) says how often, BENCH_QUICK=1 makes one short run, BENCH_SHAPES
 * chooses lists only ('100x32,1x32http': households by callers, at the Update seam or through HTTP).
 * Prints tables and writes bench.json beside the data. TEMPORAL_ADDRESS measures on that server.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { dataFolder } from '../bin/embedded/project-paths.ts';
import { invariant } from '../domain/invariant.ts';
import { seedCounty } from './bench-county.ts';
import { benchPlan } from './bench-plan.ts';
import { startBenchSystem } from './bench-system.ts';
import { measureKernel } from './kernel-speed.ts';
import { measureBulkAct, measureLaunch } from './many-lists.ts';
import { type Bench, measureLists, type RunFigures, type Shape } from './measure-lists.ts';
import { COLUMNS, printRow, rowOf, type ShapeFigures, spreadWords, summarise } from './report.ts';
import { type Spread, spreadOf } from './spread.ts';

const isQuick = process.env['BENCH_QUICK'] === '1';
const runs = isQuick ? 1 : Number(process.env['BENCH_RUNS'] ?? 3);
invariant(Number.isInteger(runs) && runs > 0, 'BENCH_RUNS is a number of runs');

const QUICK_SHAPES = '1x1,1x32,100x32,100x32http';
const ALL_SHAPES =
  '1x1,1x32,20x1,20x32,100x1,100x32,300x1,300x32,1x1http,1x32http,100x1http,100x32http';

const chosen = process.env['BENCH_SHAPES'];

function shapes(): Shape[] {
  const text = chosen ?? (isQuick ? QUICK_SHAPES : ALL_SHAPES);
  return text.split(',').map((each) => {
    const found = /^(\d+)x(\d+)(http)?$/.exec(each);
    invariant(found !== null, `${each} is no shape`);
    const [size, callers] = [Number(found[1]), Number(found[2])];
    // Of the smallest lists more, so that there are enough sign-offs for percentiles.
    const perCaller = size === 1 ? (callers === 1 ? 8 : 2) : 1;
    const seam = found[3] === 'http' ? 'http' : 'update';
    return { size, callers, lists: callers * perCaller, seam };
  });
}

async function repeated<T>(measure: () => Promise<T>): Promise<T[]> {
  const figures: T[] = [];
  for (let run = 0; run < runs; run += 1) figures.push(await measure());
  return figures;
}

async function measureShapes(bench: Bench): Promise<ShapeFigures[]> {
  // A process that was just started pays for code that is loaded, and compiled when it has run often.
  await measureLists(bench, { size: 20, callers: 32, lists: 32, seam: 'update' });
  printRow(COLUMNS);
  printRow(COLUMNS.map(() => '---'));
  const report: ShapeFigures[] = [];
  for (const shape of shapes()) {
    const figures = await repeated<RunFigures>(() => measureLists(bench, shape));
    const row = summarise(shape, figures);
    report.push(row);
    printRow(rowOf(row));
  }
  return report;
}

/** Acts over many lists, left out when shapes were chosen. */
async function measureMany(bench: Bench): Promise<Record<string, Spread>> {
  if (chosen !== undefined) return {};
  const bulkActMs = spreadOf(await repeated(() => measureBulkAct(bench)));
  process.stdout.write(
    `\ndecision over 2,000 households in 20 lists: ${spreadWords(bulkActMs)} ms\n`,
  );
  const launchMs = spreadOf(await repeated(() => measureLaunch(bench)));
  process.stdout.write(`launch of 100 villages × 100 households: ${spreadWords(launchMs)} ms\n`);
  return { bulkActMs, launchMs };
}

const plan = benchPlan();
const kernel = spreadOf(Array.from({ length: runs }, () => measureKernel(plan)));
process.stdout.write(`kernel in memory, list of 100: ${spreadWords(kernel)} household-steps/s\n\n`);
const system = await startBenchSystem();
try {
  const bench = { system, plan, people: await seedCounty(system.db) };
  const report = await measureShapes(bench);
  const many = await measureMany(bench);
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
  const content = { at, machine, runs, kernel, shapes: report, ...many, memory };
  writeFileSync(join(folder, 'bench.json'), `${JSON.stringify(content, null, 2)}\n`);
} finally {
  await system.stop();
}
