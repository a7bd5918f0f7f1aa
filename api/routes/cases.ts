/** 办件: its form, and the two stamped rows by which it is entered into the registry. */
import { desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { saveVisitForm } from '../../db/record/visit-forms.ts';
import { readLog } from '../../db/schema/effects.ts';
import { households, members, registrySnapshots, visitForms } from '../../db/schema/households.ts';
import type { Role } from '../../domain/kernel/actor.ts';
import { type CaseState, isActive } from '../../domain/kernel/state.ts';
import { requireRole } from '../area.ts';
import { defineRoute } from '../define-route.ts';
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
    const { roster, plan, state } = await readableCase(deps.db, actor, at, params.caseId);
    requireActive(state);
    const steps = plan.steps.filter(({ kind }) => kind === 'collect' || kind === 'verification');
    const roles = steps.flatMap(({ by }): readonly Role[] => by);
    const cited = steps[0] === undefined ? {} : { step: steps[0] };
    await requireRole(deps.db, { actor, at, roles, unitCode: roster.unitCode, plan, ...cited });
    const form = { ...body, compiledBy: actor.name };
    const { caseId } = params;
    const saved = await saveVisitForm(deps.db, { caseId, form, savedBy: actor.userId });
    if (saved === undefined) throw new ApiProblem('CONFLICT', '这张表刚被别人保存过，请刷新后再填');
    return { status: 200, body: saved };
  },
});

/** A case that is off the list takes no more paper. */
export function requireActive(state: CaseState): void {
  if (!isActive(state)) throw new ApiProblem('WRONG-STATE', '这一户已不在名单上，不能再办理');
}

const getForm = defineRoute({
  method: 'get',
  path: '/cases/:caseId/form',
  tag: '办件',
  summary: '最近一版表；还没有时给出登记系统中的成员和指标，供填表时核对；含证件号码，留查阅记录',
  params: CaseParams,
  replies: { 200: z.record(z.string(), z.unknown()) },
  async handle({ deps, actor, at, params }) {
    const { item } = await readableCase(deps.db, actor, at, params.caseId);
    const reading = { userId: actor.userId, what: 'visit-form', reference: params.caseId };
    await deps.db.insert(readLog).values(reading);
    const [form] = await deps.db
      .select({ body: visitForms.body })
      .from(visitForms)
      .where(eq(visitForms.caseId, params.caseId))
      .orderBy(desc(visitForms.version))
      .limit(1);
    const [known] = await deps.db
      .select({ household: households, snapshot: registrySnapshots.body })
      .from(households)
      .leftJoin(registrySnapshots, eq(registrySnapshots.hash, households.snapshotHash))
      .where(eq(households.id, item.subjectId));
    const people = await deps.db
      .select({
        personNo: members.personNo,
        name: members.name,
        idNumber: members.idNumber,
        relation: members.relation,
      })
      .from(members)
      .where(eq(members.householdId, item.subjectId))
      .orderBy(members.id);
    return {
      status: 200,
      body: {
        form: form?.body ?? null,
        registry: known?.snapshot ?? null,
        members: people,
        headName: known?.household.headName ?? '',
      },
    };
  },
});

export const caseRoutes = [putForm, getForm];
