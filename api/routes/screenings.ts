/** 集中排查: sheets of households, what has to follow from them, and who has still to be visited. */
import { randomUUID } from 'node:crypto';
import { and, asc, count, desc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { z } from 'zod';
import { loadChain } from '../../db/record/load-facts.ts';
import { households, registrySnapshots } from '../../db/schema/households.ts';
import { organisations } from '../../db/schema/organisation.ts';
import { screenings } from '../../db/schema/screenings.ts';
import {
  FINDING_WORDS,
  followUpOf,
  judgeSheet,
  type ScreeningRules,
  type ScreeningSheet,
} from '../../domain/screening/screening.ts';
import { parseDeadline } from '../../domain/time/deadline.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { readableUnits, requireReadable, requireRole } from '../area.ts';
import { createOnce } from '../create-once.ts';
import { defineRoute } from '../define-route.ts';
import { Id, OrgCodeJson } from '../json/parts.ts';
import {
  CoverageJson,
  ScreeningRowJson,
  ScreeningRulesJson,
  ScreeningSheetJson,
} from '../json/screening.ts';
import { ApiProblem, isoInstant, isoOrNull, RefusedProblem } from '../problem.ts';
import { lateness, PageQuery } from '../roster-rows.ts';
import { requireUploaded } from '../uploaded.ts';

const SIZE = 50;

const listRules = defineRoute({
  method: 'get',
  path: '/screenings/rules',
  tag: '集中排查',
  summary: '一个村适用的集中排查：重点群体和时限',
  query: z.strictObject({ village: OrgCodeJson }),
  replies: { 200: z.strictObject({ items: z.array(ScreeningRulesJson) }) },
  async handle({ deps, actor, at, query }) {
    await requireReadable(deps.db, actor, at, query.village);
    const rules = await deps.engine.screeningRules(query.village);
    const items = rules.map(({ packId, title, groups, visitedBy, followedBy }) => ({
      packId,
      title,
      groups: [...groups],
      visitedBy: visitedBy.deadline,
      followedBy: followedBy.deadline,
    }));
    return { status: 200, body: { items } };
  },
});

const saveSheet = defineRoute({
  method: 'post',
  path: '/screenings',
  tag: '集中排查',
  summary: '登记一户的入户排查表；发现问题的须立案，期限内没有立案的报警（应纳未纳）',
  body: z.strictObject({ packId: Id, householdId: Id, sheet: ScreeningSheetJson }),
  needsIdempotencyKey: true,
  replies: {
    201: z.strictObject({
      id: z.string(),
      followUp: z.string().nullable(),
      dueAt: z.string().nullable(),
    }),
  },
  async handle({ deps, actor, at, body, request }) {
    const { db } = deps;
    const household = await findHousehold(db, body.householdId);
    if (household === undefined) throw new ApiProblem('NOT-FOUND', '没有这户');
    const { villageCode, headName, monitoring } = household;
    await requireReadable(db, actor, at, villageCode);
    const rules = await rulesOf(deps.engine, villageCode, body.packId);
    if (rules === undefined) throw new ApiProblem('NOT-FOUND', '这套规则没有集中排查');
    const step = { clauseId: rules.clauseId };
    const roles = rules.by;
    await requireRole(db, { actor, at, roles, unitCode: villageCode, step, plan: rules });
    await requireScans(db, body.sheet);
    const screened = { headName, monitoring };
    const refusals = judgeSheet(rules, body.sheet, screened, at);
    if (refusals.length > 0) throw new RefusedProblem(refusals, rules.clauses);
    const followUp = followUpOf(rules, body.sheet, screened);
    const { chain } = await loadChain(db, villageCode);
    const row = {
      id: randomUUID(),
      packId: rules.packId,
      packVersion: rules.packVersion,
      villageCode,
      countyCode: chain.county ?? villageCode,
      householdId: body.householdId,
      finding: body.sheet.finding,
      sheet: body.sheet,
      savedBy: actor.userId,
      savedAt: at,
      followUp: followUp?.procedure ?? null,
      dueAt: followUp?.dueAt ?? null,
    };
    const asked = { request, userId: actor.userId, what: 'screening', body, subjectId: row.id };
    const { subjectId: id } = await createOnce(db, asked, async (tx) =>
      tx.insert(screenings).values(row),
    );
    await deps.engine.ensureSweeper(row.countyCode);
    const answer = { id, followUp: row.followUp, dueAt: isoOrNull(row.dueAt) };
    return { status: 201, body: answer };
  },
});

async function findHousehold(db: PostgresJsDatabase, id: string) {
  const [row] = await db
    .select({
      villageCode: households.villageCode,
      headName: households.headName,
      snapshot: registrySnapshots.body,
    })
    .from(households)
    .leftJoin(registrySnapshots, eq(registrySnapshots.hash, households.snapshotHash))
    .where(eq(households.id, id));
  return row && { ...row, monitoring: row.snapshot?.monitoring };
}

/** Signatures are scans that were uploaded. */
async function requireScans(
  db: PostgresJsDatabase,
  { screeners, householder }: ScreeningSheet,
): Promise<void> {
  const signed = householder === null ? screeners : [...screeners, householder];
  const scans = signed.map(({ scan }) => scan);
  await requireUploaded(db, '签字的扫描件', scans);
}

const listSheets = defineRoute({
  method: 'get',
  path: '/screenings',
  tag: '集中排查',
  summary: '管辖范围内的排查记录，应立案未立案的最急的在前，分页',
  query: z.strictObject({ open: z.enum(['true', 'false']).optional(), ...PageQuery }),
  replies: { 200: z.strictObject({ total: z.number(), items: z.array(ScreeningRowJson) }) },
  async handle({ deps, actor, at, query }) {
    const { page = 1, size = SIZE } = query;
    const { followUp, rosterId, villageCode, dueAt, savedAt, id } = screenings;
    const units = await readableUnits(deps.db, actor, at);
    const isOpen = and(isNotNull(followUp), isNull(rosterId));
    const state = query.open && (query.open === 'true' ? isOpen : sql`not (${isOpen})`);
    const condition = and(inArray(villageCode, [...units]), state);
    const [rows, [counted]] = await Promise.all([
      deps.db
        .select({
          screening: screenings,
          villageName: organisations.name,
          headName: households.headName,
        })
        .from(screenings)
        .leftJoin(organisations, eq(organisations.code, villageCode))
        .innerJoin(households, eq(households.id, screenings.householdId))
        .where(condition)
        .orderBy(sql`${isOpen} desc`, asc(dueAt), desc(savedAt), asc(id))
        .limit(size)
        .offset((page - 1) * size),
      deps.db.select({ total: count() }).from(screenings).where(condition),
    ]);
    const items = rows.map((row) => rowView(row, at));
    return { status: 200, body: { items, total: counted?.total ?? 0 } };
  },
});

function rowView(
  row: {
    screening: typeof screenings.$inferSelect;
    villageName: string | null;
    headName: string;
  },
  at: Instant,
): z.output<typeof ScreeningRowJson> {
  const { screening, villageName, headName } = row;
  const { id, packId, villageCode, householdId, finding, sheet } = screening;
  const isOpen = screening.followUp !== null && screening.rosterId === null;
  return {
    id,
    packId,
    villageCode,
    villageName: villageName ?? villageCode,
    householdId,
    headName,
    screenedOn: sheet.screenedOn,
    finding,
    findingWords: FINDING_WORDS[finding],
    risk: sheet.risk,
    measures: sheet.measures,
    screeners: sheet.screeners.map(({ name }) => name),
    followUp: screening.followUp,
    dueAt: isoOrNull(screening.dueAt),
    lateMs: isOpen ? lateness(screening.dueAt, at) : 0,
    rosterId: screening.rosterId,
    alarmedAt: screening.alarmedAt === null ? null : isoInstant(screening.alarmedAt),
  };
}

const coverage = defineRoute({
  method: 'get',
  path: '/screenings/coverage',
  tag: '集中排查',
  summary: '管辖范围内各村脱贫户和监测户应排查、已排查',
  query: z.strictObject({ packId: Id }),
  replies: { 200: z.strictObject({ items: z.array(CoverageJson) }) },
  async handle({ deps, actor, at, query }) {
    const units = await readableUnits(deps.db, actor, at);
    const rows = await countCoverage(deps.db, query.packId, units);
    const items = [];
    for (const row of rows) {
      const rules = await rulesOf(deps.engine, row.villageCode, query.packId);
      if (rules === undefined) continue;
      const { lastInstant: dueAt = null } = parseDeadline(rules.visitedBy.deadline) ?? {};
      const lateMs = row.done < row.shall ? lateness(dueAt, at) : 0;
      const villageName = row.villageName ?? row.villageCode;
      items.push({ ...row, packId: query.packId, villageName, dueAt: isoOrNull(dueAt), lateMs });
    }
    return { status: 200, body: { items } };
  },
});

async function rulesOf(
  engine: { readonly screeningRules: (unit: string) => Promise<readonly ScreeningRules[]> },
  villageCode: string,
  packId: string,
): Promise<ScreeningRules | undefined> {
  const known = await engine.screeningRules(villageCode);
  return known.find((rules) => rules.packId === packId);
}

/** 脱贫户和监测户全覆盖: how many there are in each village, and how many have a sheet. */
function countCoverage(db: PostgresJsDatabase, packId: string, units: readonly string[]) {
  const { villageCode, status, monitored, id } = households;
  const sheet = sql`exists (select from ${screenings} where ${screenings.householdId} = ${id}
    and ${screenings.packId} = ${packId})`;
  return db
    .select({
      villageCode,
      villageName: organisations.name,
      shall: sql<number>`count(*)::int`,
      done: sql<number>`(count(*) filter (where ${sheet}))::int`,
    })
    .from(households)
    .leftJoin(organisations, eq(organisations.code, villageCode))
    .where(
      and(
        inArray(villageCode, [...units]),
        or(inArray(status, ['exited', 'stably-exited']), isNotNull(monitored)),
      ),
    )
    .groupBy(villageCode, organisations.name)
    .orderBy(asc(villageCode));
}

export const screeningRoutes = [listRules, saveSheet, listSheets, coverage];
