/** 名单行: one query behind to-do list, overdue list and list of lists, so that their numbers agree. */
import { and, asc, count, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { z } from 'zod';
import { organisations } from '../db/schema/organisation.ts';
import { rosters } from '../db/schema/record.ts';
import type { Instant } from '../domain/time/instant.ts';
import { isoOrNull } from './problem.ts';
import { stepBriefs } from './waiting.ts';

/** Heads named in a row; the rest is a number. */
const HEADS_MAX = 3;

/** Rows of one page at most. */
const PAGE_SIZE_MAX = 200;

/** 第几页: pages count from 1. */
export const PageQuery = {
  page: z.coerce.number().int().min(1).max(1_000_000).optional(),
  size: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).optional(),
};

/** A page as asked for. */
export interface PageWish {
  readonly page?: number | undefined;
  readonly size?: number | undefined;
}

/** 名单 as a row. */
export const RosterRowJson = z.strictObject({
  id: z.string(),
  title: z.string(),
  procedure: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  batch: z.number(),
  stepKey: z.string(),
  stepName: z.string(),
  stepKind: z.string(),
  caseCount: z.number(),
  openCases: z.number(),
  blockedCases: z.number(),
  /** The first heads of households still on the list. */
  heads: z.array(z.string()),
  /** The earlier of the step's and the whole list's last instants. */
  dueAt: z.string().nullable(),
  lateMs: z.number(),
  /** Until when a running notice leaves nothing to do; null when nothing runs. */
  restsUntil: z.string().nullable(),
  suspended: z.boolean(),
  closed: z.boolean(),
});

export type RosterRow = z.output<typeof RosterRowJson>;

const due = rosters.deadlineAt;

/**
 * 逾期 — open, and past one of its limits; while a list is suspended its clock stands still. Written so
 * that the index of deadlines answers it: a suspended list is at most as late as the present.
 */
export function isLate(at: Instant): SQL {
  const { open, deadlineAt, suspendedAt } = rosters;
  return sql`(${open} and ${deadlineAt} < ${at}::bigint
    and (${suspendedAt} is null or ${deadlineAt} < ${suspendedAt}))`;
}

/** How long past its instant, 0 when in time. */
export function lateness(dueAt: Instant | null, at: Instant): number {
  return dueAt === null ? 0 : Math.max(0, at - dueAt);
}

/** How many lists, and how many of them late. */
export async function countRosters(
  db: PostgresJsDatabase,
  condition: SQL | undefined,
  at: Instant,
): Promise<{ readonly total: number; readonly late: number }> {
  const late = sql<number>`count(*) filter (where ${isLate(at)})`.mapWith(Number);
  const [row] = await db.select({ total: count(), late }).from(rosters).where(condition);
  return row ?? { total: 0, late: 0 };
}

/** Rows under a condition, the most urgent first. The condition holds the area rule. */
export async function rosterRows(
  db: PostgresJsDatabase,
  condition: SQL | undefined,
  at: Instant,
  { page = 1, size = PAGE_SIZE_MAX }: PageWish = {},
): Promise<RosterRow[]> {
  const rows = await db
    .select({ roster: columnsOf(), unitName: organisations.name })
    .from(rosters)
    .leftJoin(organisations, eq(organisations.code, rosters.unitCode))
    .where(condition)
    .orderBy(asc(due), desc(rosters.openedAt), asc(rosters.id))
    .limit(size)
    .offset((page - 1) * size);
  const steps = await stepBriefs(
    db,
    rows.map(({ roster }) => roster.planHash),
  );
  const heads = await headsOf(
    db,
    rows.map(({ roster }) => roster.id),
  );
  return rows.map(({ roster, unitName }) => {
    const step = steps.get(roster.planHash)?.find(({ key }) => key === roster.stepKey);
    const { nextWakeAt, open } = roster;
    return {
      id: roster.id,
      title: roster.title,
      procedure: roster.procedure,
      unitCode: roster.unitCode,
      unitName: unitName ?? roster.unitCode,
      batch: roster.batch,
      stepKey: roster.stepKey,
      stepName: step?.name ?? '',
      stepKind: step?.kind ?? '',
      caseCount: roster.totalCases,
      openCases: roster.openCases,
      blockedCases: roster.blockedCases,
      heads: heads.get(roster.id) ?? [],
      dueAt: isoOrNull(roster.due),
      lateMs: open ? lateness(roster.due, roster.suspendedAt ?? at) : 0,
      restsUntil: isoOrNull(nextWakeAt !== null && nextWakeAt > at ? nextWakeAt : null),
      suspended: roster.suspendedAt !== null,
      closed: !open,
    };
  });
}

function columnsOf() {
  const { id, title, procedure, unitCode, batch, stepKey, planHash, open, nextWakeAt } = rosters;
  const { totalCases, openCases, blockedCases, suspendedAt } = rosters;
  const counts = { totalCases, openCases, blockedCases };
  const clocks = { due, nextWakeAt, suspendedAt };
  return { id, title, procedure, unitCode, batch, stepKey, planHash, open, ...clocks, ...counts };
}

async function headsOf(db: PostgresJsDatabase, ids: readonly string[]) {
  const heads = new Map<string, string[]>();
  if (ids.length === 0) return heads;
  const rows = await db.execute<{ roster_id: string; head_name: string }>(sql`
    select list.id as roster_id, coalesce(h.head_name, village.name) as head_name
    from unnest(${sql.param([...ids])}::text[]) as list(id)
    cross join lateral (
      select subject_id, ordinal from cases
      where cases.roster_id = list.id and (cases.live or cases.outcome is not null)
      order by ordinal limit ${HEADS_MAX}
    ) listed
    left join households h on h.id = listed.subject_id
    left join organisations village on village.code = listed.subject_id
    where coalesce(h.head_name, village.name) is not null
    order by list.id, listed.ordinal`);
  for (const { roster_id, head_name } of rows) {
    heads.set(roster_id, [...(heads.get(roster_id) ?? []), head_name]);
  }
  return heads;
}

/** 环节 and 单位 among the lists under a condition, with how many lists each has: choices of a filter. */
export async function rosterFacets(db: PostgresJsDatabase, condition: SQL | undefined) {
  const { planHash, stepKey, unitCode } = rosters;
  const [bySteps, units] = await Promise.all([
    db
      .select({ planHash, stepKey, lists: count() })
      .from(rosters)
      .where(condition)
      .groupBy(planHash, stepKey),
    db
      .select({ code: unitCode, name: organisations.name, lists: count() })
      .from(rosters)
      .leftJoin(organisations, eq(organisations.code, unitCode))
      .where(condition)
      .groupBy(unitCode, organisations.name)
      .orderBy(asc(unitCode)),
  ]);
  const known = await stepBriefs(
    db,
    bySteps.map((row) => row.planHash),
  );
  const steps = new Map<string, { key: string; name: string; lists: number }>();
  for (const row of bySteps) {
    const name = known.get(row.planHash)?.find(({ key }) => key === row.stepKey)?.name;
    const step = steps.get(row.stepKey) ?? { key: row.stepKey, name: name ?? '', lists: 0 };
    steps.set(row.stepKey, { ...step, lists: step.lists + row.lists });
  }
  return {
    steps: [...steps.values()],
    units: units.map(({ code, name, lists }) => ({ code, name: name ?? code, lists })),
  };
}

/** What a facet of {@link rosterFacets} looks like on the wire. */
export const FacetsJson = z.strictObject({
  steps: z.array(z.strictObject({ key: z.string(), name: z.string(), lists: z.number() })),
  units: z.array(z.strictObject({ code: z.string(), name: z.string(), lists: z.number() })),
});

/** Filters that every list of lists takes. */
export const RowFilters = {
  step: z
    .string()
    .regex(/^[\w-]{1,60}$/)
    .optional(),
  kind: z
    .string()
    .regex(/^[a-z]{1,20}$/)
    .optional(),
  late: z.enum(['true', 'false']).optional(),
};

/** The condition of {@link RowFilters}. */
export function rowFilter(
  query: { readonly [Key in keyof typeof RowFilters]?: string | undefined },
  at: Instant,
): SQL | undefined {
  return and(
    query.step === undefined ? undefined : eq(rosters.stepKey, query.step),
    query.kind === undefined ? undefined : eq(rosters.stepKind, query.kind),
    query.late === undefined
      ? undefined
      : query.late === 'true'
        ? isLate(at)
        : sql`${isLate(at)} is not true`,
  );
}
