/** 名单. */
import { and, desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { events, rosters } from '../../db/schema/record.ts';
import { PROCEDURES } from '../../domain/plan/plan.ts';
import {
  grantedHouseholds,
  listRoots,
  requireReadable,
  withinReach,
  withinRoots,
} from '../area.ts';
import { defineRoute, findIdempotencyKey } from '../define-route.ts';
import { LateEntryJson } from '../json/command.ts';
import { Id, OrgCodeJson } from '../json/parts.ts';
import { isoInstant, RefusalJson, RefusedProblem, refusalJson } from '../problem.ts';
import { readableRoster } from '../roster-access.ts';
import {
  countRosters,
  PageQuery,
  RosterRowJson,
  RowFilters,
  rosterRows,
  rowFilter,
} from '../roster-rows.ts';
import { rosterView } from '../roster-view.ts';
import { onDesk } from '../waiting.ts';

const Procedure = z.enum(PROCEDURES);
const RosterParams = z.strictObject({ rosterId: Id });

const listRosters = defineRoute({
  method: 'get',
  path: '/rosters',
  tag: '名单',
  summary: '管辖范围内的名单，最急的在前，分页；可按单位、环节、逾期、压在谁手里筛选',
  query: z.strictObject({
    procedure: Procedure.optional(),
    unit: OrgCodeJson.optional(),
    open: z.enum(['true', 'false']).optional(),
    holder: OrgCodeJson.optional(),
    duty: z
      .string()
      .regex(/^[a-z-]{1,40}$/)
      .optional(),
    ...RowFilters,
    ...PageQuery,
  }),
  replies: {
    200: z.strictObject({ items: z.array(RosterRowJson), total: z.number(), late: z.number() }),
  },
  async handle({ deps, actor, at, query }) {
    const { unitCode, townshipCode, countyCode, procedure, open } = rosters;
    const places = [unitCode, townshipCode, countyCode];
    const area = and(
      await withinReach(deps.db, actor, at, places),
      query.procedure && eq(procedure, query.procedure),
      query.unit && withinRoots(await listRoots(deps.db, [query.unit]), places),
      query.open && eq(open, query.open === 'true'),
    );
    const { holder, duty } = query;
    const desk =
      holder === undefined || duty === undefined
        ? undefined
        : await onDesk(deps.db, area, { holder, duty });
    const condition = and(area, desk, rowFilter(query, at));
    const [items, counts] = await Promise.all([
      rosterRows(deps.db, condition, at, query),
      countRosters(deps.db, condition, at),
    ]);
    return { status: 200, body: { items, ...counts } };
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
    /** 户; 村 of the township or 县 of the city where the procedure lists them. */
    householdIds: z.exactOptional(z.array(Id).min(1).max(500)),
    villageCodes: z.exactOptional(z.array(OrgCodeJson).min(1).max(500)),
    countyCodes: z.exactOptional(z.array(OrgCodeJson).min(1).max(500)),
    late: z.exactOptional(LateEntryJson),
  }),
  takesIdempotencyKey: true,
  replies: { 201: z.strictObject({ id: z.string() }) },
  async handle({ deps, actor, at, body, request }) {
    const granted = grantedHouseholds(actor, at);
    const asked = body.householdIds ?? [];
    const isGranted = asked.length > 0 && asked.every((id) => granted.includes(id));
    if (!isGranted) await requireReadable(deps.db, actor, at, body.unitCode);
    const idempotencyKey = findIdempotencyKey(request);
    const keyed = idempotencyKey === undefined ? {} : { idempotencyKey };
    const launched = await deps.engine.launchRoster({ actor, ...body, ...keyed });
    if (!launched.ok) throw new RefusedProblem(launched.refusals, launched.clauses);
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
  summary: '办理经过，先发生的在前；可以只要最近几条',
  params: RosterParams,
  query: z.strictObject({ last: z.coerce.number().int().min(1).max(500).optional() }),
  replies: { 200: z.strictObject({ items: z.array(z.record(z.string(), z.unknown())) }) },
  async handle({ deps, actor, at, params, query }) {
    await readableRoster(deps.db, actor, at, params.rosterId);
    const newestFirst = deps.db
      .select({ body: events.body, commandId: events.commandId })
      .from(events)
      .where(eq(events.rosterId, params.rosterId))
      .orderBy(desc(events.seq));
    const rows = await (query.last === undefined ? newestFirst : newestFirst.limit(query.last));
    const items = rows.toReversed().map(({ body, commandId }) => ({
      ...body,
      commandId,
      at: isoInstant(body.at),
      receivedAt: isoInstant(body.receivedAt),
    }));
    return { status: 200, body: { items } };
  },
});

export const rosterRoutes = [listRosters, launch, getRoster, why, listEvents];
