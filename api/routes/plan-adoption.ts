/** 更换适用规则: an open list is shown the rules as they are now; the office adopts them by a command. */
import { z } from 'zod';
import { requireDutyOver } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { Id } from '../json/parts.ts';
import { ApiProblem, RefusalJson, RefusedProblem, refusalJson } from '../problem.ts';
import { readableRoster } from '../roster-access.ts';

const PreviewJson = z.strictObject({
  planHash: z.string(),
  packVersion: z.number(),
  isSame: z.boolean(),
  differences: z.array(
    z.strictObject({
      where: z.string(),
      what: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
  refusals: z.array(RefusalJson),
});

const preview = defineRoute({
  method: 'post',
  path: '/rosters/:rosterId/plan-previews',
  tag: '规则包',
  summary:
    '按现行规则包和现有核定重新确定一份名单的规则，存下并逐条比较；更换用指令 adopt-plan，写明理由',
  params: z.strictObject({ rosterId: Id }),
  replies: { 200: PreviewJson },
  async handle({ deps, actor, at, params }) {
    const { rosterId } = params;
    const { roster, plan } = await readableRoster(deps.db, actor, at, rosterId);
    const { unitCode } = roster;
    const words = '更换适用规则由领导小组办公室办理';
    await requireDutyOver(deps.db, { actor, at, duty: 'office', unitCode, words });
    if (!roster.open) throw new ApiProblem('WRONG-STATE', '名单已办结，不能再更换规则');
    const made = await deps.engine.previewPlan({ rosterId, actor, at });
    if (!made.ok) throw new RefusedProblem(made.refusals, plan.clauses);
    const { planHash, packVersion, isSame, differences } = made;
    const refusals = made.refusals.map((refusal) => refusalJson(refusal, plan.clauses));
    const body = { planHash, packVersion, isSame, differences: [...differences], refusals };
    return { status: 200, body };
  },
});

export const planAdoptionRoutes = [preview];
