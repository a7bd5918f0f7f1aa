/** 名单. */
import { and, asc, desc, eq, inArray, type SQL } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { z } from 'zod';
import { organisations } from '../../db/schema/organisation.ts';
import { events, plans, rosters } from '../../db/schema/record.ts';
import { PROCEDURES } from '../../domain/plan/plan.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { listRoots, ownListRoots, requireReadable, withinRoots } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { Id, OrgCodeJson } from '../json/parts.ts';
import { isoInstant, isoOrNull, RefusalJson, RefusedProblem, refusalJson } from '../problem.ts';
import { readableRoster } from '../roster-access.ts';
import { lateness, rosterView } from '../roster-view.ts';

const Procedure = z.enum(PROCEDURES);
const RosterParams = z.strictObject({ rosterId: Id });
const ROWS_MAX = 500;

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
  caseCount: z.number(),
  openCases: z.number(),
  blockedCases: z.number(),
  dueAt: z.string().nullable(),
  lateMs: z.number(),
  closed: z.boolean(),
});

/** Rows under a condition, the most urgent first. The condition holds the area rule. */
export async function rosterRows(db: PostgresJsDatabase, condition: SQL | undefined, at: Instant) {
  const rows = await db
    .select({ roster: columnsOf(), unitName: organisations.name })
    .from(rosters)
    .leftJoin(organisations, eq(organisations.code, rosters.unitCode))
    .where(condition)
    .orderBy(asc(rosters.dueAt), desc(rosters.openedAt), asc(rosters.id))
    .limit(ROWS_MAX);
  const names = await stepNames(db, [...new Set(rows.map(({ roster }) => roster.planHash))]);
  return rows.map(({ roster, unitName }) => ({
    id: roster.id,
    title: roster.title,
    procedure: roster.procedure,
    unitCode: roster.unitCode,
    unitName: unitName ?? roster.unitCode,
    batch: roster.batch,
    stepKey: roster.stepKey,
    stepName: names.get(`${roster.planHash} ${roster.stepKey}`) ?? '',
    caseCount: roster.totalCases,
    openCases: roster.openCases,
    blockedCases: roster.blockedCases,
    dueAt: isoOrNull(roster.dueAt),
    lateMs: roster.open ? lateness(roster.dueAt, at) : 0,
    closed: !roster.open,
  }));
}

function columnsOf() {
  const { id, title, procedure, unitCode, batch, stepKey, planHash, open } = rosters;
  const { totalCases, openCases, blockedCases, dueAt } = rosters;
  const counts = { totalCases, openCases, blockedCases };
  return { id, title, procedure, unitCode, batch, stepKey, planHash, open, dueAt, ...counts };
}

async function stepNames(db: PostgresJsDatabase, hashes: readonly string[]) {
  const names = new Map<string, string>();
  if (hashes.length === 0) return names;
  const found = await db
    .select({ hash: plans.hash, body: plans.body })
    .from(plans)
    .where(inArray(plans.hash, [...hashes]));
  for (const { hash, body } of found) {
    for (const step of body.steps) names.set(`${hash} ${step.key}`, step.name);
  }
  return names;
}

const listRosters = defineRoute({
  method: 'get',
  path: '/rosters',
  tag: '名单',
  summary: '管辖范围内的名单，最急的在前',
  query: z.strictObject({
    procedure: Procedure.optional(),
    unit: OrgCodeJson.optional(),
    open: z.enum(['true', 'false']).optional(),
  }),
  replies: { 200: z.strictObject({ items: z.array(RosterRowJson) }) },
  async handle({ deps, actor, at, query }) {
    const { unitCode, townshipCode, countyCode, procedure, open } = rosters;
    const places = [unitCode, townshipCode, countyCode];
    const condition = and(
      withinRoots(await ownListRoots(deps.db, actor, at), places),
      query.procedure && eq(procedure, query.procedure),
      query.unit && withinRoots(await listRoots(deps.db, [query.unit]), places),
      query.open && eq(open, query.open === 'true'),
    );
    return { status: 200, body: { items: await rosterRows(deps.db, condition, at) } };
  },
});

const launch = defineRoute({
  method: 'post',
  path: '/rosters',
  tag: '名单',
  summary: '发起名单',
  body: z.strictObject({
    procedure: Procedure,
    packId: Id,
    unitCode: OrgCodeJson,
    householdIds: z.array(Id).min(1).max(500),
  }),
  replies: { 201: z.strictObject({ id: z.string() }) },
  async handle({ deps, actor, at, body }) {
    await requireReadable(deps.db, actor, at, body.unitCode);
    const launched = await deps.engine.launchRoster({ actor, ...body });
    if (!launched.ok) throw new RefusedProblem(launched.refusals, {});
    return { status: 201, body: { id: launched.rosterId } };
  },
});

const getRoster = defineRoute({
  method: 'get',
  path: '/rosters/:rosterId',
  tag: '名单',
  summary: '一个名单：环节、办件、公示、异议、补登',
  params: RosterParams,
  replies: { 200: z.record(z.string(), z.unknown()) },
  async handle({ deps, actor, at, params }) {
    const row = await readableRoster(deps.db, actor, at, params.rosterId);
    return { status: 200, body: await rosterView(deps.db, row, at) };
  },
});

const why = defineRoute({
  method: 'get',
  path: '/rosters/:rosterId/why',
  tag: '名单',
  summary: '为什么不能推进：每件可办之事，能不能办，为什么',
  params: RosterParams,
  replies: {
    200: z.strictObject({
      actions: z.array(
        z.strictObject({
          type: z.string(),
          words: z.string(),
          allowed: z.boolean(),
          refusals: z.array(RefusalJson),
          needs: z.array(z.string()),
        }),
      ),
    }),
  },
  async handle({ deps, actor, at, params }) {
    const { plan } = await readableRoster(deps.db, actor, at, params.rosterId);
    const explained = await deps.engine.explain(params.rosterId, actor, at);
    const actions = explained.map((action) => ({
      type: action.type,
      words: action.words,
      allowed: action.allowed,
      refusals: action.refusals.map((refusal) => refusalJson(refusal, plan.clauses)),
      needs: action.needs,
    }));
    return { status: 200, body: { actions } };
  },
});

const listEvents = defineRoute({
  method: 'get',
  path: '/rosters/:rosterId/events',
  tag: '名单',
  summary: '办理经过',
  params: RosterParams,
  replies: { 200: z.strictObject({ items: z.array(z.record(z.string(), z.unknown())) }) },
  async handle({ deps, actor, at, params }) {
    await readableRoster(deps.db, actor, at, params.rosterId);
    const rows = await deps.db
      .select({ body: events.body, commandId: events.commandId })
      .from(events)
      .where(eq(events.rosterId, params.rosterId))
      .orderBy(events.seq);
    const items = rows.map(({ body, commandId }) => ({
      ...body,
      commandId,
      at: isoInstant(body.at),
      receivedAt: isoInstant(body.receivedAt),
    }));
    return { status: 200, body: { items } };
  },
});

export const rosterRoutes = [listRosters, launch, getRoster, why, listEvents];
