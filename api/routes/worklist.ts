/** 录入工作单: entries made by hand in the national system, each by one person and checked by another. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import {
  checkHandEntry,
  type HandAnswer,
  type HandOutcome,
  type HandRefusalCode,
  listWorklist,
  manualRecordOf,
  recordHandEntry,
} from '../../activities/manual-worklist.ts';
import { registryEntries } from '../../db/schema/effects.ts';
import type { Role } from '../../domain/kernel/actor.ts';
import type { RegistrationStep } from '../../domain/plan/plan.ts';
import { RegistryEntryBodyJson } from '../../registry/entry-json.ts';
import { readableUnits, requireRole } from '../area.ts';
import { defineRoute, type RouteContext } from '../define-route.ts';
import { IdNumbersQuery, logReading, showIdNumbers } from '../id-numbers.ts';
import { Id, InstantJson, Words } from '../json/parts.ts';
import { ApiProblem, isoOrNull } from '../problem.ts';
import type { ProblemCode } from '../problem-codes.ts';
import { readableRoster } from '../roster-access.ts';

const PROBLEM_OF: Readonly<Record<HandRefusalCode, ProblemCode>> = {
  not_waiting: 'CONFLICT',
  same_person: 'SAME-PERSON',
  number_missing: 'MALFORMED',
  number_differs: 'MALFORMED',
  future_time: 'MALFORMED',
};

const RowJson = z.strictObject({
  entryId: z.string(),
  rosterId: z.string(),
  caseId: z.string(),
  unitName: z.string(),
  headName: z.string(),
  groupName: z.string(),
  functionKey: z.string(),
  waitsFor: z.enum(['operator', 'reviewer']),
  /** What the operator wrote down, once there is something. */
  entered: z
    .strictObject({
      result: z.enum(['accepted', 'refused']),
      registryNo: z.string().nullable(),
      receiptNo: z.string().nullable(),
      words: z.string().nullable(),
      enteredAt: z.string().nullable(),
    })
    .nullable(),
  /** Why a reviewer sent it back before, the latest last. */
  disputes: z.array(z.string()),
});

const EntryParams = z.strictObject({ entryId: Id });

function enteredView(outcome: HandOutcome | undefined) {
  if (outcome === undefined) return null;
  const enteredAt = isoOrNull(outcome.enteredAt);
  return outcome.result === 'accepted'
    ? { ...outcome, words: null, enteredAt }
    : { ...outcome, registryNo: null, receiptNo: null, enteredAt };
}

const listOpen = defineRoute({
  method: 'get',
  path: '/worklist',
  tag: '录入',
  summary: '人工录入工作单：管辖范围内待录入、待复核的户，先到的在前',
  query: z.strictObject({ waitsFor: z.enum(['operator', 'reviewer']).optional() }),
  replies: { 200: z.strictObject({ items: z.array(RowJson), total: z.number() }) },
  async handle({ deps, actor, at, query }) {
    const units = await readableUnits(deps.db, actor, at);
    const { waitsFor } = query;
    const { rows, total } = await listWorklist(deps.db, {
      units,
      ...(waitsFor !== undefined && { waitsFor }),
    });
    const items = rows.map(({ entry, ...place }) => {
      const { entered, disputes } = manualRecordOf(entry);
      return {
        ...place,
        entryId: entry.id,
        rosterId: entry.rosterId,
        caseId: entry.caseId,
        functionKey: entry.functionKey,
        waitsFor: entered === null ? ('operator' as const) : ('reviewer' as const),
        entered: enteredView(entered?.outcome),
        disputes: disputes.map(({ words }) => words),
      };
    });
    return { status: 200, body: { items, total } };
  },
});

type OfEntry = Pick<
  RouteContext<z.output<typeof EntryParams>, unknown, unknown>,
  'deps' | 'actor' | 'at' | 'params'
>;

/** The entry with its list, for those who hold one of the roles of the registration step. */
async function entryFor(
  { deps, actor, at, params }: OfEntry,
  rolesOf: (step: RegistrationStep) => readonly Role[],
) {
  const [entry] = await deps.db
    .select()
    .from(registryEntries)
    .where(eq(registryEntries.id, params.entryId));
  if (entry?.adapter !== 'manual') throw new ApiProblem('NOT-FOUND', '工作单上没有这一户');
  const { roster, plan } = await readableRoster(deps.db, actor, at, entry.rosterId);
  const step = plan.steps.find(({ kind }) => kind === 'registration');
  if (step?.kind !== 'registration') throw new ApiProblem('NOT-FOUND', '工作单上没有这一户');
  const { unitCode } = roster;
  const subjects = roster.state.cases.flatMap(({ id, subjectId }) =>
    id === entry.caseId ? [subjectId] : [],
  );
  await requireRole(deps.db, { actor, at, roles: rolesOf(step), unitCode, subjects, step, plan });
  return { entry, roster };
}

const readEntry = defineRoute({
  method: 'get',
  path: '/worklist/:entryId',
  tag: '录入',
  summary: '一户要录入的内容，供录入人照填、复核人核对；完整证件号码须另行指明；留查阅记录',
  params: EntryParams,
  query: IdNumbersQuery,
  replies: { 200: z.strictObject({ write: RegistryEntryBodyJson.shape.write }) },
  async handle(context) {
    const { deps, actor, query } = context;
    const { entry } = await entryFor(context, ({ by, reviewers }) => [...by, ...reviewers]);
    const what = query.idNumbers === 'full' ? 'registry-entry-id-numbers' : 'registry-entry';
    await logReading(deps.db, { userId: actor.userId, what, reference: entry.id });
    const write = RegistryEntryBodyJson.shape.write.parse(writeIn(entry.payload));
    return { status: 200, body: { write: showIdNumbers(write, query.idNumbers) } };
  },
});

function writeIn(payload: unknown): unknown {
  return typeof payload === 'object' && payload !== null && 'write' in payload
    ? payload.write
    : undefined;
}

function accept(answer: HandAnswer): void {
  if (!answer.ok) throw new ApiProblem(PROBLEM_OF[answer.code], answer.words);
}

const Name = z.string().max(100).regex(/\S/);
const Done = z.strictObject({ ok: z.boolean() });

const enter = defineRoute({
  method: 'post',
  path: '/worklist/:entryId/enter',
  tag: '录入',
  summary: '录入人登记：已在全国系统中录入，或系统不接受及其提示',
  params: EntryParams,
  body: z.discriminatedUnion('result', [
    z.strictObject({
      result: z.literal('accepted'),
      registryNo: Name,
      receiptNo: Name.nullable(),
      enteredAt: InstantJson,
    }),
    z.strictObject({ result: z.literal('refused'), words: Words, enteredAt: InstantJson }),
  ]),
  replies: { 200: Done },
  async handle(context) {
    const { deps, actor, at, body } = context;
    const { entry } = await entryFor(context, ({ by }) => by);
    const made = { entryId: entry.id, operatorId: actor.userId, outcome: body };
    accept(await recordHandEntry(deps.db, made, at));
    return { status: 200, body: { ok: true } };
  },
});

const check = defineRoute({
  method: 'post',
  path: '/worklist/:entryId/check',
  tag: '录入',
  summary: '复核人在全国系统中查对：一致即生效，不一致退回录入人',
  params: EntryParams,
  body: z.strictObject({ agrees: z.boolean(), words: z.string().max(2_000) }),
  replies: { 200: Done },
  async handle(context) {
    const { deps, actor, at, body } = context;
    const { entry, roster } = await entryFor(context, ({ reviewers }) => reviewers);
    if (!body.agrees && body.words.trim() === '') {
      throw new ApiProblem('MALFORMED', '请写明哪里不一致', { missing: ['不一致之处'] });
    }
    const made = { entryId: entry.id, reviewerId: actor.userId, ...body };
    accept(await checkHandEntry(deps.db, made, at));
    // Not reached now, the worker's sweep has it look within seconds.
    if (body.agrees)
      await deps.engine.lookAgain({ rosterId: roster.id, procedure: roster.procedure });
    return { status: 200, body: { ok: true } };
  },
});

export const worklistRoutes = [listOpen, readEntry, enter, check];
