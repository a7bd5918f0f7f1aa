/** 比对: one batch over many villages' lists; each department answers whole or not at all. */

import { randomUUID } from 'node:crypto';
import { desc, eq, inArray } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { z } from 'zod';
import { commandId } from '../../db/record/submit-command.ts';
import {
  comparisonBatches,
  comparisonReceipts,
  comparisonResults,
  comparisonSubjects,
} from '../../db/schema/effects.ts';
import { cases, plans, rosters } from '../../db/schema/record.ts';
import { PROCEDURES } from '../../domain/plan/plan.ts';
import { computePeriod } from '../../domain/time/date-receipt.ts';
import { type PlainDate, plainDateAt, startOfDay } from '../../domain/time/instant.ts';
import { dutiesAt } from '../actor.ts';
import { ownListRoots, requireReadable, requireRole } from '../area.ts';
import {
  createBatch,
  findBatchParts,
  heldAnswer,
  partAnswer,
  type WaitingRoster,
  waitingRosters,
} from '../comparison-batch.ts';
import {
  type MatchedRow,
  matchRows,
  NumberedRowJson,
  ResultRowJson,
  readResultSheet,
  withIdNumbers,
} from '../comparison-rows.ts';
import { defineRoute, findIdempotencyKey, type RouteContext } from '../define-route.ts';
import { Id, OrgCodeJson, PlainDateJson } from '../json/parts.ts';
import { ApiProblem, isoInstant, RefusalJson, RefusedProblem } from '../problem.ts';
import { readUpload } from '../upload.ts';

const PartJson = z.strictObject({
  rosterId: z.string(),
  unitCode: z.string(),
  kind: z.string(),
  refusals: z.array(RefusalJson),
});

const create = defineRoute({
  method: 'post',
  path: '/comparison-batches',
  tag: '比对',
  summary: '对全县待比对的办件提请部门比对',
  body: z.strictObject({
    countyCode: OrgCodeJson,
    procedure: z.enum(PROCEDURES),
    title: z.string().min(1).max(100),
  }),
  takesIdempotencyKey: true,
  replies: {
    201: z.strictObject({ id: z.string(), persons: z.number(), parts: z.array(PartJson) }),
  },
  async handle({ deps, actor, at, body, request }) {
    await requireReadable(deps.db, actor, at, body.countyCode);
    const key = findIdempotencyKey(request);
    const id = key === undefined ? `b-${randomUUID()}` : `b-${commandId(actor.userId, key)}`;
    const parts: z.output<typeof PartJson>[] = [];
    if (!(await isSameBatch(deps.db, id, body))) {
      const all = await waitingRosters(deps.db, { ...body, at });
      const waiting = all.filter(({ caseIds }) => caseIds.length > 0);
      const [first] = waiting;
      if (first === undefined) throw nothingToCompare(all);
      const roles = first.step.by.filter(({ duty }) => duty !== 'department');
      await requireRole(deps.db, { actor, at, roles, unitCode: first.roster.unitCode });
      await createBatch(deps.db, waiting, { id, ...body, actor, at });
      for (const list of all.filter(({ held }) => held.length > 0)) parts.push(heldAnswer(list));
    }
    for (const part of await findBatchParts(deps.db, id)) {
      const rosterId = part.roster.id;
      const sent = await deps.engine.sendCommand({
        rosterId,
        actor,
        idempotencyKey: `batch:${id}:${rosterId}`,
        body: { type: 'request-comparison', batchId: id, caseIds: part.caseIds },
      });
      parts.push(partAnswer(part, sent));
    }
    const persons = await countPersons(deps.db, id);
    return { status: 201, body: { id, persons, parts } };
  },
});

/** Nobody waits, or nobody who waits may be asked about: then the rules say why. */
function nothingToCompare(lists: readonly WaitingRoster[]): Error {
  const held = lists.flatMap((list) => list.held);
  if (held.length === 0) return new ApiProblem('WRONG-STATE', '现在没有等待比对的名单');
  const clauses = Object.assign({}, ...lists.map(({ plan }) => plan.clauses));
  return new RefusedProblem(held, clauses);
}

/** Whether the batch is there already; refused when its key came with another wish. */
async function isSameBatch(
  db: PostgresJsDatabase,
  id: string,
  wish: { readonly countyCode: string; readonly procedure: string; readonly title: string },
): Promise<boolean> {
  const [batch] = await db.select().from(comparisonBatches).where(eq(comparisonBatches.id, id));
  if (batch === undefined) return false;
  const { countyCode, procedure, title } = batch;
  const isSame =
    countyCode === wish.countyCode && procedure === wish.procedure && title === wish.title;
  if (isSame) return true;
  throw new ApiProblem('CONFLICT', '同一次提交的内容前后不一致，请刷新页面后重新提交');
}

function countPersons(db: PostgresJsDatabase, batchId: string): Promise<number> {
  return db.$count(comparisonSubjects, eq(comparisonSubjects.batchId, batchId));
}

const BatchJson = z.strictObject({
  id: z.string(),
  countyCode: z.string(),
  procedure: z.string(),
  title: z.string(),
  departments: z.array(z.string()),
  createdAt: z.string(),
  persons: z.number(),
  cases: z.number(),
  receipts: z.array(
    z.strictObject({
      department: z.string(),
      dataOn: z.string(),
      validUntil: z.string(),
      returnedAt: z.string(),
    }),
  ),
  waitingFor: z.array(z.string()),
});

const list = defineRoute({
  method: 'get',
  path: '/comparison-batches',
  tag: '比对',
  summary: '比对批次：哪些部门已反馈，还等谁',
  replies: { 200: z.strictObject({ items: z.array(BatchJson) }) },
  async handle({ deps, actor, at }) {
    const roots = await ownListRoots(deps.db, actor, at);
    const batches = await deps.db
      .select()
      .from(comparisonBatches)
      .where(inArray(comparisonBatches.countyCode, [...roots]))
      .orderBy(desc(comparisonBatches.createdAt));
    const ids = batches.map(({ id }) => id);
    const { batchId, caseId } = comparisonSubjects;
    const [subjects, receipts] = await Promise.all([
      deps.db.select({ batchId, caseId }).from(comparisonSubjects).where(inArray(batchId, ids)),
      deps.db
        .select()
        .from(comparisonReceipts)
        .where(inArray(comparisonReceipts.batchId, ids))
        .orderBy(comparisonReceipts.returnedAt),
    ]);
    const items = batches.map((batch) => {
      const own = subjects.filter((subject) => subject.batchId === batch.id);
      const answered = receipts.filter((receipt) => receipt.batchId === batch.id);
      const done = new Set(answered.map(({ department }) => department));
      const { id, countyCode, procedure, title, departments, createdAt } = batch;
      return {
        id,
        countyCode,
        procedure,
        title,
        departments,
        createdAt: isoInstant(createdAt),
        persons: own.length,
        cases: new Set(own.map((subject) => subject.caseId)).size,
        receipts: answered.map(({ department, dataOn, validUntil, returnedAt }) => ({
          department,
          dataOn,
          validUntil: isoInstant(validUntil),
          returnedAt: isoInstant(returnedAt),
        })),
        waitingFor: departments.filter((department) => !done.has(department)),
      };
    });
    return { status: 200, body: { items } };
  },
});

const Answer = z.strictObject({
  department: z.string().min(1).max(100),
  dataOn: PlainDateJson,
  results: z
    .array(z.union([ResultRowJson, NumberedRowJson]))
    .min(1)
    .max(20_000),
});

/** The answer as JSON, or as a form with the fields 部门 and 数据日期 and the sheet. */
async function readAnswer(
  context: RouteContext<unknown, unknown, unknown>,
): Promise<z.output<typeof Answer>> {
  const { request } = context;
  if (request.is('application/json')) return Answer.parse(request.body);
  const { bytes, fields } = await readUpload(request);
  const { department, dataOn } = Answer.omit({ results: true }).parse(fields);
  return { department, dataOn, results: [...(await readResultSheet(bytes))] };
}

const results = defineRoute({
  method: 'post',
  path: '/comparison-batches/:batchId/results',
  tag: '比对',
  summary: '部门反馈结果（JSON 或 xlsx）；有一行对不上就全部不入库',
  params: z.strictObject({ batchId: Id }),
  upload: true,
  body: Answer,
  takesIdempotencyKey: true,
  replies: {
    201: z.strictObject({
      receiptId: z.string(),
      matched: z.number(),
      hits: z.number(),
      parts: z.array(PartJson),
    }),
  },
  async handle(context) {
    const { deps, actor, at, params } = context;
    const [batch] = await deps.db
      .select()
      .from(comparisonBatches)
      .where(eq(comparisonBatches.id, params.batchId));
    if (batch === undefined) throw new ApiProblem('NOT-FOUND', '没有这个比对批次');
    await requireReadable(deps.db, actor, at, batch.countyCode);
    const answer = await readAnswer(context);
    const { department } = answer;
    const isOwn = dutiesAt(actor, at).some(
      (held) =>
        held.duty === 'department' &&
        held.department === department &&
        held.orgCode === batch.countyCode,
    );
    if (!isOwn || !batch.departments.includes(department)) {
      const words = `只有${department}可以反馈本部门的结果`;
      throw new ApiProblem('NOT-YOUR-DUTY', words, { whoClears: department });
    }
    if (answer.dataOn > plainDateAt(at)) throw new ApiProblem('MALFORMED', '数据日期不能晚于今天');
    const { db } = deps;
    const subjects = await db
      .select()
      .from(comparisonSubjects)
      .where(eq(comparisonSubjects.batchId, batch.id));
    const matched = matchRows(subjects, withIdNumbers(subjects, answer.results));
    const receiptId = await saveReceipt(context, batch.id, answer, matched);
    const parts = await tellRosters(context, {
      batchId: batch.id,
      receiptId,
      answer,
      subjects,
      matched,
    });
    const hits = matched.filter(({ hit }) => hit).length;
    return { status: 201, body: { receiptId, matched: matched.length, hits, parts } };
  },
});

type Context = RouteContext<{ batchId: string }, unknown, unknown>;
type DepartmentAnswer = z.output<typeof Answer>;

/** The rosters of a batch with the plan that says how long a result counts. */
function rostersOf({ deps }: Context, ids: readonly string[]) {
  return deps.db
    .select({ roster: rosters, plan: plans.body })
    .from(rosters)
    .innerJoin(plans, eq(plans.hash, rosters.planHash))
    .where(inArray(rosters.id, [...ids]))
    .orderBy(rosters.id);
}

async function validUntil(context: Context, batchId: string, dataOn: PlainDate): Promise<number> {
  const [subject] = await context.deps.db
    .select({ rosterId: comparisonSubjects.rosterId })
    .from(comparisonSubjects)
    .where(eq(comparisonSubjects.batchId, batchId))
    .limit(1);
  const [row] = await rostersOf(context, subject === undefined ? [] : [subject.rosterId]);
  const step = row?.plan.steps.find(({ kind }) => kind === 'comparison');
  if (row === undefined || step?.kind !== 'comparison') {
    throw new ApiProblem('WRONG-STATE', '本批名单没有比对环节');
  }
  const { calendar } = row.plan;
  const period = computePeriod(startOfDay(dataOn), step.validity, step.clauseId, calendar);
  if (!period.ok) throw new ApiProblem('WRONG-STATE', `缺少${period.missingYear}年的工作日历`);
  if (period.receipt.endsAt <= context.at) {
    throw new ApiProblem('WRONG-STATE', '这批数据已过有效期，请用新数据比对');
  }
  return period.receipt.endsAt;
}

async function saveReceipt(
  context: Context,
  batchId: string,
  answer: DepartmentAnswer,
  matched: readonly MatchedRow[],
): Promise<string> {
  const { deps, actor, at, request } = context;
  const key = findIdempotencyKey(request);
  const receiptId = key === undefined ? `r-${randomUUID()}` : `r-${commandId(actor.userId, key)}`;
  const until = await validUntil(context, batchId, answer.dataOn);
  await deps.db.transaction(async (tx) => {
    const receipt = {
      id: receiptId,
      batchId,
      department: answer.department,
      dataOn: answer.dataOn,
      validUntil: until,
      fileHash: null,
      returnedBy: actor.userId,
      returnedAt: at,
      summary: { rows: matched.length, hits: matched.filter(({ hit }) => hit).length },
    };
    const saved = await tx
      .insert(comparisonReceipts)
      .values(receipt)
      .onConflictDoNothing()
      .returning({ id: comparisonReceipts.id });
    // A repetition tells the lists again, and they know the command already.
    if (saved.length === 0) return;
    await tx.insert(comparisonResults).values(
      matched.map(({ caseId, idNumber, hit, detail }) => ({
        receiptId,
        caseId,
        idNumber,
        hit,
        detail,
      })),
    );
  });
  return receiptId;
}

interface Told {
  readonly batchId: string;
  readonly receiptId: string;
  readonly answer: DepartmentAnswer;
  readonly subjects: readonly { readonly caseId: string }[];
  readonly matched: readonly MatchedRow[];
}

/** Each list gets its own cases' results; a case split off since then is told on its new list. */
async function tellRosters(context: Context, told: Told) {
  const { deps, actor } = context;
  const hitCases = new Set(told.matched.filter(({ hit }) => hit).map(({ caseId }) => caseId));
  const caseIds = [...new Set(told.subjects.map(({ caseId }) => caseId))];
  const byRoster = await casesByRoster(context, caseIds);
  const parts = [];
  for (const { roster } of await rostersOf(context, [...byRoster.keys()])) {
    const own = byRoster.get(roster.id) ?? [];
    const sent = await deps.engine.sendCommand({
      rosterId: roster.id,
      actor,
      idempotencyKey: `receipt:${told.receiptId}:${roster.id}`,
      body: {
        type: 'receive-comparison',
        batchId: told.batchId,
        department: told.answer.department,
        receiptId: told.receiptId,
        dataOn: told.answer.dataOn,
        results: own.map((caseId) => ({ caseId, hit: hitCases.has(caseId) })),
      },
    });
    parts.push(partAnswer({ roster }, sent));
  }
  return parts;
}

/** Cases that still run, by the list on which they stand now. */
async function casesByRoster({ deps }: Context, caseIds: readonly string[]) {
  const rows = await deps.db
    .select({ id: cases.id, rosterId: cases.rosterId, live: cases.live })
    .from(cases)
    .where(inArray(cases.id, [...caseIds]))
    .orderBy(cases.id);
  const byRoster = new Map<string, string[]>();
  for (const { id, rosterId, live } of rows) {
    if (live) byRoster.set(rosterId, [...(byRoster.get(rosterId) ?? []), id]);
  }
  return byRoster;
}

export const comparisonRoutes = [create, list, results];
