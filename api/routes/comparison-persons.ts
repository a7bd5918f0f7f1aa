/** 比对人员: whom a batch asks about, for the departments that answer. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { comparisonBatches, comparisonSubjects } from '../../db/schema/effects.ts';
import type { Duty } from '../../domain/kernel/actor.ts';
import { dutiesAt } from '../actor.ts';
import { numberPersons, writeRequestSheet } from '../comparison-rows.ts';
import { defineRoute, type RouteContext } from '../define-route.ts';
import { IdNumbersQuery, logReading, type ReadingKind, showIdNumbers } from '../id-numbers.ts';
import { Id } from '../json/parts.ts';
import { ApiProblem } from '../problem.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const READERS: readonly Duty[] = ['department', 'clerk', 'office'];

const BatchParams = z.strictObject({ batchId: Id });

/** The persons of a batch, for its county's departments, clerk and office; the reading is logged. */
async function personsFor(
  context: RouteContext<{ batchId: string }, unknown, unknown>,
  what: ReadingKind,
) {
  const { deps, actor, at, params } = context;
  const [batch] = await deps.db
    .select()
    .from(comparisonBatches)
    .where(eq(comparisonBatches.id, params.batchId));
  if (batch === undefined) throw new ApiProblem('NOT-FOUND', '没有这个比对批次');
  const held = dutiesAt(actor, at).filter(({ orgCode }) => orgCode === batch.countyCode);
  if (!held.some(({ duty }) => READERS.includes(duty))) {
    throw new ApiProblem('NOT-YOUR-DUTY', '只有本县经办、办公室和比对部门可以查看比对人员');
  }
  await logReading(deps.db, { userId: actor.userId, what, reference: batch.id });
  const { caseId, rosterId, name, idNumber, relation } = comparisonSubjects;
  return deps.db
    .select({ caseId, rosterId, name, idNumber, relation })
    .from(comparisonSubjects)
    .where(eq(comparisonSubjects.batchId, batch.id))
    .orderBy(rosterId, caseId, idNumber);
}

const persons = defineRoute({
  method: 'get',
  path: '/comparison-batches/:batchId/persons',
  tag: '比对',
  summary: '一个批次要比对的人员；完整证件号码须另行指明；留查阅记录',
  params: BatchParams,
  query: IdNumbersQuery,
  replies: {
    200: z.strictObject({
      items: z.array(
        z.strictObject({
          /** 序号 of the person in the batch, by which an answer may name him. */
          no: z.number().int(),
          caseId: z.string(),
          rosterId: z.string(),
          name: z.string(),
          idNumber: z.string(),
          relation: z.string(),
        }),
      ),
    }),
  },
  async handle(context) {
    const { idNumbers } = context.query;
    const what = idNumbers === 'full' ? 'comparison-id-numbers' : 'comparison';
    const people = numberPersons(await personsFor(context, what));
    return { status: 200, body: { items: showIdNumbers(people, idNumbers) } };
  },
});

const requestFile = defineRoute({
  method: 'get',
  path: '/comparison-batches/:batchId/file',
  tag: '比对',
  summary: '请部门比对的表（xlsx）；填好“比中”后原样反馈；留查阅记录',
  params: BatchParams,
  replies: { 200: z.unknown() },
  async handle(context) {
    const file = await writeRequestSheet(await personsFor(context, 'comparison-file'));
    context.response.type(XLSX).attachment('送比人员表.xlsx').send(file);
    return null;
  },
});

export const comparisonPersonRoutes = [persons, requestFile];
