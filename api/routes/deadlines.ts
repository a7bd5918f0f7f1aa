/** 期限: who must do what by when in an area. Pages and counts are ranges of one index of deadlines. */
import { and, asc, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { plans, rosters } from '../../db/schema/record.ts';
import { DUTY_WORDS } from '../../domain/kernel/actor.ts';
import { levelOf, type OrgLevel, orgCode } from '../../domain/organisation/org-code.ts';
import { PROCEDURES } from '../../domain/plan/plan.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { loadCalendars } from '../../policies/calendar-file.ts';
import { type GradeBounds, gradeBounds } from '../../policies/deadline-grades.ts';
import { listRoots, ownListRoots, requireReadable } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import type { ApiDeps } from '../deps.ts';
import { OrgCodeJson } from '../json/parts.ts';
import { orgNames } from '../org-names.ts';
import { isoInstant } from '../problem.ts';
import { lateness } from '../roster-rows.ts';

const PAGE_MAX = 200;

/** 分级, the most urgent first. */
const GRADES = ['long-overdue', 'overdue', 'due-soon'] as const;
type Grade = (typeof GRADES)[number];

const GRADE_WORDS: Readonly<Record<Grade, string>> = {
  'long-overdue': '严重逾期',
  overdue: '逾期',
  'due-soon': '即将到期',
};

const calendar = loadCalendars();

const Query = z.strictObject({
  unit: OrgCodeJson.optional(),
  procedure: z.enum(PROCEDURES).optional(),
  step: z
    .string()
    .regex(/^[\w-]{1,60}$/)
    .optional(),
  grade: z.enum(GRADES).optional(),
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^\d{1,16}~[\w:.~-]{1,120}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(50),
});

const DeadlineJson = z.strictObject({
  rosterId: z.string(),
  title: z.string(),
  procedure: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  /** 谁: the desk that holds the list. */
  who: z.string(),
  /** 办什么. */
  stepKey: z.string(),
  stepName: z.string(),
  dueAt: z.string(),
  lateMs: z.number(),
  grade: z.enum(GRADES),
  gradeWords: z.string(),
  openCases: z.number().int(),
  /** A suspended list stays here: suspending does not hide lateness. */
  suspended: z.boolean(),
});

const deadlines = defineRoute({
  method: 'get',
  path: '/deadlines',
  tag: '待办',
  summary: '谁应在何时前办什么：即将到期、逾期、严重逾期，最急的在前',
  query: Query,
  replies: {
    200: z.strictObject({
      items: z.array(DeadlineJson),
      /** Lists of each grade under the same filters, whatever grade is shown. */
      counts: z.record(z.enum(GRADES), z.number().int()),
      next: z.string().nullable(),
    }),
  },
  async handle({ deps, actor, at, query }) {
    if (query.unit !== undefined) await requireReadable(deps.db, actor, at, query.unit);
    const roots =
      query.unit === undefined
        ? await ownListRoots(deps.db, actor, at)
        : await listRoots(deps.db, [query.unit]);
    const bounds = gradeBounds(at, calendar);
    const filters = and(
      eq(rosters.open, true),
      withinArea(roots),
      query.procedure && eq(rosters.procedure, query.procedure),
      query.step === undefined ? undefined : eq(rosters.stepKey, query.step),
    );
    const [rows, counts] = await Promise.all([
      pageOf(deps, and(filters, rangeOf(query.grade, bounds), afterKey(query.after)), query.limit),
      countGrades(deps, filters, bounds),
    ]);
    const items = await itemsOf(deps, rows, bounds, at);
    const last = rows.at(-1);
    const isFull = rows.length === query.limit && last !== undefined;
    const next = isFull ? `${last.deadlineAt}~${last.id}` : null;
    return { status: 200, body: { items, counts, next } };
  },
});

/** One column for each level of the roots, so that each part is a range of its own index. */
export function withinArea(roots: readonly string[]): SQL {
  const ofLevel = (level: OrgLevel) => roots.filter((code) => levelOf(orgCode(code)) === level);
  const parts = [
    { column: rosters.countyCode, codes: ofLevel('county') },
    { column: rosters.townshipCode, codes: ofLevel('township') },
    { column: rosters.unitCode, codes: ofLevel('village') },
  ].flatMap(({ column, codes }) => (codes.length === 0 ? [] : [inArray(column, codes)]));
  return or(...parts) ?? sql`false`;
}

function rangeOf(grade: Grade | undefined, bounds: GradeBounds): SQL | undefined {
  const { deadlineAt } = rosters;
  switch (grade) {
    case 'long-overdue':
      return lt(deadlineAt, bounds.longOverdueBefore);
    case 'overdue':
      return and(gte(deadlineAt, bounds.longOverdueBefore), lt(deadlineAt, bounds.overdueBefore));
    case 'due-soon':
      return and(gte(deadlineAt, bounds.overdueBefore), lt(deadlineAt, bounds.dueSoonBefore));
    case undefined:
      return lt(deadlineAt, bounds.dueSoonBefore);
  }
}

function afterKey(after: string | undefined): SQL | undefined {
  if (after === undefined) return undefined;
  const split = after.indexOf('~');
  const key = sql`(${Number(after.slice(0, split))}::bigint, ${after.slice(split + 1)}::text)`;
  return sql`(${rosters.deadlineAt}, ${rosters.id}) > ${key}`;
}

async function countGrades({ db }: ApiDeps, filters: SQL | undefined, bounds: GradeBounds) {
  const counted = (grade: Grade) =>
    sql<number>`count(*) filter (where ${rangeOf(grade, bounds)})`.mapWith(Number);
  const [row] = await db
    .select({
      'long-overdue': counted('long-overdue'),
      overdue: counted('overdue'),
      'due-soon': counted('due-soon'),
    })
    .from(rosters)
    .where(and(filters, rangeOf(undefined, bounds)));
  return row ?? { 'long-overdue': 0, overdue: 0, 'due-soon': 0 };
}

/** Keys from the index alone, then the rows of the page: states are large and stay unread. */
async function pageOf({ db }: ApiDeps, condition: SQL | undefined, limit: number) {
  const page = db
    .select({ id: rosters.id })
    .from(rosters)
    .where(condition)
    .orderBy(asc(rosters.deadlineAt), asc(rosters.id))
    .limit(limit);
  const { id, title, procedure, unitCode, stepKey, planHash, deadlineAt, openCases } = rosters;
  const { holderCode, suspendedAt } = rosters;
  const columns = { id, title, procedure, unitCode, stepKey, planHash, deadlineAt, openCases };
  return db
    .select({ ...columns, holderCode, suspendedAt })
    .from(rosters)
    .where(inArray(rosters.id, page))
    .orderBy(asc(deadlineAt), asc(id));
}

type Row = Awaited<ReturnType<typeof pageOf>>[number];

async function itemsOf({ db }: ApiDeps, rows: readonly Row[], bounds: GradeBounds, at: Instant) {
  const hashes = [...new Set(rows.map((row) => row.planHash))];
  const [names, used] = await Promise.all([
    orgNames(db),
    hashes.length === 0 ? [] : db.select().from(plans).where(inArray(plans.hash, hashes)),
  ]);
  const planOf = new Map(used.map(({ hash, body }) => [hash, body]));
  return rows.map((row): z.output<typeof DeadlineJson> => {
    const step = planOf.get(row.planHash)?.steps.find(({ key }) => key === row.stepKey);
    const duty = step?.by[0]?.duty;
    const dueAt = row.deadlineAt ?? at;
    const grade = gradeOf(dueAt, bounds);
    const { id: rosterId, title, procedure, unitCode, stepKey, openCases, holderCode } = row;
    return {
      rosterId,
      title,
      procedure,
      unitCode,
      stepKey,
      openCases,
      grade,
      unitName: names.get(unitCode) ?? unitCode,
      who: `${names.get(holderCode) ?? holderCode}${duty === undefined ? '' : DUTY_WORDS[duty]}`,
      stepName: step?.name ?? '',
      dueAt: isoInstant(dueAt),
      lateMs: lateness(dueAt, row.suspendedAt ?? at),
      gradeWords: GRADE_WORDS[grade],
      suspended: row.suspendedAt !== null,
    };
  });
}

function gradeOf(dueAt: Instant, bounds: GradeBounds): Grade {
  if (dueAt < bounds.longOverdueBefore) return 'long-overdue';
  return dueAt < bounds.overdueBefore ? 'overdue' : 'due-soon';
}

export const deadlineRoutes = [deadlines];
