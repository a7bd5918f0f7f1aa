/** 办件: its form, and the two stamped rows by which it is entered into the registry. */
import { desc, eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { z } from 'zod';
import { saveVisitForm } from '../../db/record/visit-forms.ts';
import { households, members, registrySnapshots, visitForms } from '../../db/schema/households.ts';
import type { MemberFacts } from '../../domain/facts/household-facts.ts';
import { isVillageForm } from '../../domain/facts/village-facts.ts';
import type { Role } from '../../domain/kernel/actor.ts';
import { type CaseState, isActive } from '../../domain/kernel/state.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { requireRole } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { fillIn, IdNumbersQuery, logReading, showIdNumbers } from '../id-numbers.ts';
import { Id } from '../json/parts.ts';
import { VisitFormJson } from '../json/visit-form.ts';
import { ApiProblem } from '../problem.ts';
import { readableCase } from '../roster-access.ts';

const CaseParams = z.strictObject({ caseId: Id });

const putForm = defineRoute({
  method: 'put',
  path: '/cases/:caseId/form',
  tag: '办件',
  summary: '保存采集表或核实表；每次保存是新的一版，办结环节时按校验值引用',
  params: CaseParams,
  body: VisitFormJson,
  replies: { 200: z.strictObject({ hash: z.string(), version: z.number() }) },
  async handle({ deps, actor, at, params, body }) {
    const { item, roster, plan, state } = await readableCase(deps.db, actor, at, params.caseId);
    requireActive(state);
    requireSubject(plan, undefined);
    const steps = plan.steps.filter(({ kind }) => kind === 'collect' || kind === 'verification');
    const roles = steps.flatMap(({ by }): readonly Role[] => by);
    const cited = steps[0] === undefined ? {} : { step: steps[0] };
    const { unitCode } = roster;
    const subjects = [item.subjectId];
    await requireRole(deps.db, { actor, at, roles, unitCode, subjects, plan, ...cited });
    const { caseId } = params;
    const known = await knownOf(deps.db, caseId, item.subjectId);
    const members = fillIn(body.members, known.everybody);
    const persons = body.persons && {
      changes: fillIn(body.persons.changes, known.everybody),
      newHead: body.persons.newHead && (fillIn([body.persons.newHead], known.everybody)[0] ?? null),
    };
    const form = {
      ...body,
      members,
      ...(persons !== undefined && { persons }),
      compiledBy: actor.name,
    };
    const saved = await saveVisitForm(deps.db, { caseId, form, savedBy: actor.userId });
    if (saved === undefined) throw new ApiProblem('CONFLICT', '这张表刚被别人保存过，请刷新后再填');
    return { status: 200, body: saved };
  },
});

/** A form of another subject than the list's would never be read. */
export function requireSubject(plan: Plan, subject: Plan['subject']): void {
  if (plan.subject !== subject) {
    throw new ApiProblem('WRONG-STATE', '这份名单的办理对象不用这张表');
  }
}

/** A case that is off the list takes no more paper. */
export function requireActive(state: CaseState): void {
  if (!isActive(state)) throw new ApiProblem('WRONG-STATE', '该办件已不在名单上，不能再办理');
}

const getForm = defineRoute({
  method: 'get',
  path: '/cases/:caseId/form',
  tag: '办件',
  summary:
    '最近一版表；还没有时给出登记系统中的成员和指标，供填表时核对；完整证件号码须另行指明；留查阅记录',
  params: CaseParams,
  query: IdNumbersQuery,
  replies: { 200: z.record(z.string(), z.unknown()) },
  async handle({ deps, actor, at, params, query }) {
    const { caseId } = params;
    const { item } = await readableCase(deps.db, actor, at, caseId);
    const what = query.idNumbers === 'full' ? 'visit-form-id-numbers' : 'visit-form';
    await logReading(deps.db, { userId: actor.userId, what, reference: caseId });
    const { everybody: _everybody, ...known } = await knownOf(deps.db, caseId, item.subjectId);
    return { status: 200, body: showIdNumbers(known, query.idNumbers) };
  },
});

/** What the record holds of a case's household: the newest form, the registry's snapshot, its members. */
async function knownOf(db: PostgresJsDatabase, caseId: string, householdId: string) {
  const [form] = await db
    .select({ body: visitForms.body })
    .from(visitForms)
    .where(eq(visitForms.caseId, caseId))
    .orderBy(desc(visitForms.version))
    .limit(1);
  const [household] = await db
    .select({ headName: households.headName, snapshot: registrySnapshots.body })
    .from(households)
    .leftJoin(registrySnapshots, eq(registrySnapshots.hash, households.snapshotHash))
    .where(eq(households.id, householdId));
  const { personNo, name, idNumber, relation } = members;
  const people = await db
    .select({ personNo, name, idNumber, relation })
    .from(members)
    .where(eq(members.householdId, householdId))
    .orderBy(members.id);
  const visited = form === undefined || isVillageForm(form.body) ? null : form.body;
  const everybody: readonly Pick<MemberFacts, 'name' | 'idNumber'>[] = [
    ...(visited?.members ?? []),
    ...(visited?.persons?.changes ?? []),
    ...(household?.snapshot?.members ?? []),
    ...people,
  ];
  return {
    form: visited,
    registry: household?.snapshot ?? null,
    members: people,
    headName: household?.headName ?? '',
    everybody,
  };
}

export const caseRoutes = [putForm, getForm];
