/** 待办、逾期、进度: pages of lists from indexes, counts from rollups; overdue is derived when read. */
import { and, eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { z } from 'zod';
import { loadChain } from '../../db/record/load-facts.ts';
import { rosters } from '../../db/schema/record.ts';
import type { OrgLevel } from '../../domain/organisation/org-code.ts';
import { listRoots, readableRoots, requireReadable, withinReach, withinRoots } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { OrgCodeJson } from '../json/parts.ts';
import { DeskJson, desksOf, PlaceJson, placesBelow, placesOf } from '../progress.ts';
import {
  countRosters,
  FacetsJson,
  isLate,
  PageQuery,
  RosterRowJson,
  RowFilters,
  rosterFacets,
  rosterRows,
  rowFilter,
} from '../roster-rows.ts';
import { waitingFor } from '../waiting.ts';

const places = [rosters.unitCode, rosters.townshipCode, rosters.countyCode] as const;

/** Late lists shown on the leader's screen; the others are one click away. */
const LATE_SHOWN = 10;

const UPWARD: readonly OrgLevel[] = ['village', 'township', 'county', 'city', 'province', 'nation'];

const inbox = defineRoute({
  method: 'get',
  path: '/inbox',
  tag: '待办',
  summary: '等您办理的名单，最急的在前，分页；可按单位、环节、逾期筛选',
  query: z.strictObject({ unit: OrgCodeJson.optional(), ...RowFilters, ...PageQuery }),
  replies: {
    200: z.strictObject({
      items: z.array(
        RosterRowJson.extend({ rosterId: z.string(), words: z.string() }).omit({ id: true }),
      ),
      /** Under the filter. */
      total: z.number(),
      late: z.number(),
      /** What there is to filter by, over everything that waits. */
      facets: FacetsJson,
    }),
  },
  async handle({ deps, actor, at, query }) {
    const reach = await withinReach(deps.db, actor, at, places);
    const open = and(eq(rosters.open, true), reach);
    const waiting = and(open, await waitingFor(deps.db, open, actor, at));
    const unit = query.unit && withinRoots(await listRoots(deps.db, [query.unit]), places);
    const condition = and(waiting, unit, rowFilter(query, at));
    const [rows, counts, facets] = await Promise.all([
      rosterRows(deps.db, condition, at, query),
      countRosters(deps.db, condition, at),
      rosterFacets(deps.db, waiting),
    ]);
    const items = rows.map(({ id, ...row }) => {
      return { ...row, rosterId: id, words: `办理${row.stepName}` };
    });
    return { status: 200, body: { items, ...counts, facets } };
  },
});

const overdue = defineRoute({
  method: 'get',
  path: '/overdue',
  tag: '待办',
  summary: '已过时限的名单，最迟的在前，分页',
  query: z.strictObject(PageQuery),
  replies: { 200: z.strictObject({ items: z.array(RosterRowJson), total: z.number() }) },
  async handle({ deps, actor, at, query }) {
    const condition = and(await withinReach(deps.db, actor, at, places), isLate(at));
    const [items, { total }] = await Promise.all([
      rosterRows(deps.db, condition, at, query),
      countRosters(deps.db, condition, at),
    ]);
    return { status: 200, body: { items, total } };
  },
});

/** From the reader's own organisation down to the unit, which is the last. */
async function pathTo(db: PostgresJsDatabase, unitCode: string, roots: readonly string[]) {
  const { chain, orgNames } = await loadChain(db, unitCode);
  const upward = UPWARD.flatMap((level) => chain[level] ?? []);
  const top = upward.findIndex((code) => roots.includes(code));
  const shown = top < 0 ? [unitCode] : upward.slice(0, top + 1);
  return shown.toReversed().map((code) => ({ code, name: orgNames[code] ?? code }));
}

const progressRoute = defineRoute({
  method: 'get',
  path: '/progress',
  tag: '待办',
  summary: '一个单位的应办、已办，谁误期，压在谁手里，以及它的下级各自如何',
  query: z.strictObject({ unit: OrgCodeJson.optional() }),
  replies: {
    200: z.strictObject({
      path: z.array(z.strictObject({ code: z.string(), name: z.string() })),
      /** The unit, or each of the reader's own organisations where there are several. */
      own: z.array(PlaceJson),
      children: z.array(PlaceJson),
      desks: z.array(DeskJson),
      late: z.array(RosterRowJson),
    }),
  },
  async handle({ deps, actor, at, query }) {
    const { db } = deps;
    const roots = readableRoots(actor, at);
    if (query.unit !== undefined) await requireReadable(db, actor, at, query.unit);
    const units = query.unit === undefined ? await withoutNested(db, roots) : [query.unit];
    const [unit] = units;
    const within = withinRoots(await listRoots(db, units), places);
    const open = and(eq(rosters.open, true), within);
    const isOne = units.length === 1 && unit !== undefined;
    const [path, own, children, desks, late] = await Promise.all([
      isOne ? pathTo(db, unit, roots) : [],
      placesOf(db, units, at),
      isOne ? placesBelow(db, unit, at) : placesOf(db, units, at),
      desksOf(db, open, at),
      rosterRows(db, and(open, isLate(at)), at, { size: LATE_SHOWN }),
    ]);
    return {
      status: 200,
      body: { path, own: [...own], children: [...children], desks: [...desks], late },
    };
  },
});

/** Own organisations of which none lies below another: nothing is counted twice. */
async function withoutNested(db: PostgresJsDatabase, roots: readonly string[]) {
  const chains = await Promise.all(roots.map((root) => loadChain(db, root)));
  return roots.filter((root, index) => {
    const above = Object.values(chains[index]?.chain ?? {});
    return !above.some((code) => code !== root && roots.includes(code));
  });
}

export const workRoutes = [inbox, overdue, progressRoute];
