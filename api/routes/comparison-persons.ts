/** 比对人员: whom a batch asks about, for the departments that answer. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { comparisonBatches, comparisonSubjects, readLog } from '../../db/schema/effects.ts';
import type { Duty } from '../../domain/kernel/actor.ts';
import { dutiesAt } from '../actor.ts';
import { writeRequestSheet } from '../comparison-rows.ts';
import { defineRoute, type RouteContext } from '../define-route.ts';
import { Id } from '../json/parts.ts';
import { ApiProblem } from '../problem.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const READERS: readonly Duty[] = ['department', 'clerk', 'office'];

const BatchParams = z.strictObject({ batchId: Id });

/** The persons of a batch, for its county's departments, clerk and office; the reading is logged. */
async function personsFor(context: RouteContext<{ batchId: string }, unknown, unknown>) {
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
  const reading = { userId: actor.userId, what: 'comparison', reference: batch.id };
  await deps.db.insert(readLog).values(reading);
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
  summary: '一个批次要比对的人员；留查阅记录',
  params: BatchParams,
  replies: {
    200: z.strictObject({
      items: z.array(
        z.strictObject({
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
    return { status: 200, body: { items: await personsFor(context) } };
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
    const file = await writeRequestSheet(await personsFor(context));
    context.response.type(XLSX).attachment('comparison.xlsx').send(file);
    return null;
  },
});

export const comparisonPersonRoutes = [persons, requestFile];
