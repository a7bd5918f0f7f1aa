/** 贫困村退出申报表 of a case whose subject is a village, and the village as it now stands in the record. */
import { desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { loadVillages } from '../../db/record/load-villages.ts';
import { saveVisitForm } from '../../db/record/visit-forms.ts';
import { visitForms } from '../../db/schema/households.ts';
import { isVillageForm } from '../../domain/facts/village-facts.ts';
import { requireRole } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { Id } from '../json/parts.ts';
import { VillageFormJson } from '../json/village-form.ts';
import { ApiProblem } from '../problem.ts';
import { readableCase } from '../roster-access.ts';
import { requireActive, requireSubject } from './cases.ts';

const CaseParams = z.strictObject({ caseId: Id });

const putForm = defineRoute({
  method: 'put',
  path: '/cases/:caseId/village-form',
  tag: '办件',
  summary: '保存贫困村退出申报表；每次保存是新的一版，办结环节时按校验值引用',
  params: CaseParams,
  body: VillageFormJson,
  replies: { 200: z.strictObject({ hash: z.string(), version: z.number() }) },
  async handle({ deps, actor, at, params, body }) {
    const { roster, plan, state } = await readableCase(deps.db, actor, at, params.caseId);
    requireActive(state);
    requireSubject(plan, 'village');
    const step = plan.steps.find(({ kind }) => kind === 'verification');
    const roles = step?.by ?? [];
    const cited = step === undefined ? {} : { step };
    await requireRole(deps.db, { actor, at, roles, unitCode: roster.unitCode, plan, ...cited });
    const form = { ...body, compiledBy: actor.name };
    const { caseId } = params;
    const saved = await saveVisitForm(deps.db, { caseId, form, savedBy: actor.userId });
    if (saved === undefined) throw new ApiProblem('CONFLICT', '这张表刚被别人保存过，请刷新后再填');
    return { status: 200, body: saved };
  },
});

const getForm = defineRoute({
  method: 'get',
  path: '/cases/:caseId/village-form',
  tag: '办件',
  summary: '最近一版申报表，以及系统中该村的未脱贫人数、户数和没有办结的脱贫退出',
  params: CaseParams,
  replies: { 200: z.record(z.string(), z.unknown()) },
  async handle({ deps, actor, at, params }) {
    const { item, plan } = await readableCase(deps.db, actor, at, params.caseId);
    requireSubject(plan, 'village');
    const [form] = await deps.db
      .select({ body: visitForms.body })
      .from(visitForms)
      .where(eq(visitForms.caseId, params.caseId))
      .orderBy(desc(visitForms.version))
      .limit(1);
    const villages = await loadVillages(deps.db, [item.subjectId]);
    const filled = form !== undefined && isVillageForm(form.body) ? form.body : null;
    return { status: 200, body: { form: filled, registry: villages.get(item.subjectId) ?? null } };
  },
});

export const villageFormRoutes = [putForm, getForm];
