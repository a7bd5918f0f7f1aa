/**
 * 百万件逾期清单: `npm run bench:overdue`. A million cases in ten thousand open lists of one county, copies of
 * one real list with deadlines spread over four months, asked for through the product's API as a county's
 * leader asks. The copies' states are that of the one list: these pages read columns only.
 */
import { invariant } from '../domain/invariant.ts';
import { PASSWORD, seedCounty, seedVillages } from './bench-county.ts';
import { benchPlan, COUNTY } from './bench-plan.ts';
import { type BenchSystem, startBenchSystem } from './bench-system.ts';
import { openList } from './carry-list.ts';
import { percentileOf } from './spread.ts';

const TOWNSHIPS = 20;
const VILLAGES_EACH = 25;
const LISTS_EACH = 20;
const HOUSEHOLDS_EACH = 100;
const DAY_MS = 86_400_000;

/** Requests for each page; the first few warm the caches and are left out. */
const REQUESTS = 60;
const WARMING = 10;

/** Copies the list into every village of the county, a third of the copies overdue. */
async function spread({ sql: db }: BenchSystem, rosterId: string): Promise<void> {
  const from = 500;
  await db.unsafe(`
    insert into organisations (code, parent_code, level, name, valid_from)
    select '${COUNTY}' || t, '${COUNTY}', 'township', '乡' || t, '2010-01-01'
      from generate_series(${from}, ${from + TOWNSHIPS - 1}) t`);
  await db.unsafe(`
    insert into organisations (code, parent_code, level, name, valid_from)
    select '${COUNTY}' || t || lpad(v::text, 3, '0'), '${COUNTY}' || t, 'village', '村' || t || v,
        '2010-01-01'
      from generate_series(${from}, ${from + TOWNSHIPS - 1}) t,
        generate_series(1, ${VILLAGES_EACH}) v`);
  await db.unsafe(`
    insert into rosters select (jsonb_populate_record(one, jsonb_build_object(
        'id', 'copy-' || t || '-' || v || '-' || b,
        'unit_code', '${COUNTY}' || t || lpad(v::text, 3, '0'), 'township_code', '${COUNTY}' || t,
        'holder_code', '${COUNTY}' || t || lpad(v::text, 3, '0'), 'batch', b,
        'deadline_at', d.at, 'due_at', d.at,
        'open_cases', ${HOUSEHOLDS_EACH}::int, 'total_cases', ${HOUSEHOLDS_EACH}::int))).*
      from rosters one, generate_series(${from}, ${from + TOWNSHIPS - 1}) t,
        generate_series(1, ${VILLAGES_EACH}) v, generate_series(1, ${LISTS_EACH}) b,
        lateral (select ${Date.now()}::bigint
          + ((t * 7919 + v * 104729 + b * 1299709) % 120 - 40) * ${DAY_MS}::bigint as at) d
      where one.id = '${rosterId}'`);
  await db.unsafe(`
    insert into cases select (jsonb_populate_record(one, jsonb_build_object(
        'id', list.id || '-' || c, 'roster_id', list.id, 'ordinal', c,
        'subject_id', list.id || '-' || c, 'village_code', list.unit_code))).*
      from cases one, rosters list, generate_series(1, ${HOUSEHOLDS_EACH}) c
      where one.roster_id = '${rosterId}' and list.id like 'copy-%'`);
  await db.unsafe(`vacuum analyze`);
}

async function signIn(url: string, name: string): Promise<string> {
  const response = await fetch(new URL('/api/v1/session', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: PASSWORD }),
  });
  const [cookie] = response.headers.getSetCookie();
  invariant(response.status === 200 && cookie !== undefined, `${name} signs in`);
  return cookie.split(';')[0] ?? '';
}

/** Milliseconds of each request, the body read whole. */
async function measure(url: string, path: string, cookie: string): Promise<number[]> {
  const took: number[] = [];
  for (let index = 0; index < REQUESTS + WARMING; index += 1) {
    const from = performance.now();
    const response = await fetch(new URL(`/api/v1${path}`, url), { headers: { cookie } });
    const body = await response.text();
    invariant(response.status === 200, `${path}: ${body}`);
    if (index >= WARMING) took.push(performance.now() - from);
  }
  return took;
}

const system = await startBenchSystem();
try {
  const { decider } = await seedCounty(system.db);
  const [village] = await seedVillages(system.db, { ordinal: 1, count: 1, size: 1 });
  invariant(village !== undefined, 'there is a village');
  await spread(system, await openList({ system, plan: benchPlan(), village }));
  const [counted] = await system.sql`
    select (select count(*)::int from cases) as cases, (select count(*)::int from rosters) as lists`;
  process.stdout.write(`${counted?.['cases']} cases in ${counted?.['lists']} open lists\n\n`);
  process.stdout.write('| page | p50 | p95 ms |\n| --- | --- | --- |\n');
  const cookie = await signIn(system.url, decider.userId);
  const township = `${COUNTY}510`;
  const pages = [
    '/deadlines',
    '/deadlines?grade=overdue&limit=200',
    `/deadlines?unit=${township}`,
    `/deadlines?unit=${township}007`,
    `/deadlines?after=${Date.now()}~copy-510-7-7`,
    '/overdue',
    '/progress',
    '/rosters',
    '/inbox',
  ];
  for (const page of pages) {
    const took = await measure(system.url, page, cookie);
    const [p50, p95] = [percentileOf(took, 50), percentileOf(took, 95)];
    process.stdout.write(`| ${page} | ${p50.toFixed(1)} | ${p95.toFixed(1)} |\n`);
  }
} finally {
  await system.stop();
}
