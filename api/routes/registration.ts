/** 录入与复核: one household at a time, two people, a stamped row each (design §1.8, policy G-17). */
import { and, desc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { registrationRows } from '../../db/schema/effects.ts';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { RegistrationStep } from '../../domain/plan/plan.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { requireRole } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import type { ApiDeps } from '../deps.ts';
import { Id } from '../json/parts.ts';
import { ApiProblem, RefusedProblem } from '../problem.ts';
import { readableCase } from '../roster-access.ts';
import { requireActive } from './cases.ts';
import { answerCommand, WaitingJson } from './commands.ts';

const CaseParams = z.strictObject({ caseId: Id });
const AppliedJson = z.record(z.string(), z.unknown());

/** The case, when its list stands at 录入. */
async function caseAtRegistration(
  deps: ApiDeps,
  actor: ActorSnapshot,
  at: Instant,
  caseId: string,
) {
  const found = await readableCase(deps.db, actor, at, caseId);
  requireActive(found.state);
  const step = found.plan.steps.find(({ key }) => key === found.roster.stepKey);
  if (step?.kind !== 'registration') {
    throw new ApiProblem('WRONG-STATE', '名单还没有到录入环节', { whoClears: step?.name ?? '' });
  }
  const { registration } = found.state;
  if (found.state.done || (registration !== null && registration.state !== 'refused')) {
    throw new ApiProblem('CONFLICT', '这一户已经录入');
  }
  return { ...found, step: step satisfies RegistrationStep };
}

function lastRow(deps: ApiDeps, caseId: string) {
  return deps.db
    .select()
    .from(registrationRows)
    .where(eq(registrationRows.caseId, caseId))
    .orderBy(desc(registrationRows.effectNo))
    .limit(1);
}

const enter = defineRoute({
  method: 'post',
  path: '/cases/:caseId/registration/enter',
  tag: '录入',
  summary: '录入人逐户登记',
  params: CaseParams,
  replies: { 200: z.strictObject({ caseId: z.string(), effectNo: z.number() }) },
  async handle({ deps, actor, at, params }) {
    const { roster, step } = await caseAtRegistration(deps, actor, at, params.caseId);
    await requireRole(deps.db, { actor, at, roles: step.by, unitCode: roster.unitCode });
    const [last] = await lastRow(deps, params.caseId);
    if (last !== undefined && last.carriedAt === null) {
      throw new ApiProblem('CONFLICT', `${last.operatorName}已录入这一户，等待复核`);
    }
    const effectNo = (last?.effectNo ?? 0) + 1;
    const stamped = await deps.db
      .insert(registrationRows)
      .values({
        caseId: params.caseId,
        effectNo,
        operatorId: actor.userId,
        operatorName: actor.name,
        operatorAt: at,
      })
      .onConflictDoNothing()
      .returning({ caseId: registrationRows.caseId, effectNo: registrationRows.effectNo });
    const [row] = stamped;
    if (row === undefined) throw new ApiProblem('CONFLICT', '这一户刚被别人录入，等待复核');
    return { status: 200, body: row };
  },
});

const confirm = defineRoute({
  method: 'post',
  path: '/cases/:caseId/registration/confirm',
  tag: '录入',
  summary: '复核人逐户确认，随即送登记系统；复核人不能是录入人',
  params: CaseParams,
  replies: { 200: AppliedJson, 202: WaitingJson },
  async handle({ deps, actor, at, params }) {
    const { roster, plan, step } = await caseAtRegistration(deps, actor, at, params.caseId);
    const roles = step.reviewers;
    await requireRole(deps.db, { actor, at, roles, unitCode: roster.unitCode });
    const [last] = await lastRow(deps, params.caseId);
    if (last === undefined || last.carriedAt !== null) {
      throw new ApiProblem('WRONG-STATE', '这一户还没有录入', { whoClears: '录入人' });
    }
    if (last.operatorId === actor.userId) {
      throw new ApiProblem('SAME-PERSON', '您录入了这一户，须由另一人复核', {
        whoClears: '另一复核人',
      });
    }
    const stamp = await stampReview(deps, actor, at, last);
    const { caseId, operatorId, operatorName, operatorAt } = last;
    const entry = { caseId, operatorId, operatorName, operatorAt, ...stamp };
    const row = and(
      eq(registrationRows.caseId, caseId),
      eq(registrationRows.effectNo, last.effectNo),
    );
    const command = {
      rosterId: roster.id,
      actor,
      idempotencyKey: `registration:${caseId}:${last.effectNo}:${stamp.reviewerAt}`,
      body: { type: 'carry-registrations' as const, entries: [entry] },
    };
    try {
      const reply = await answerCommand(deps, command, plan.clauses);
      await deps.db.update(registrationRows).set({ carriedAt: at }).where(row);
      return reply;
    } catch (error) {
      // A refusal changes nothing: the entry waits for its confirmation again.
      if (error instanceof RefusedProblem) {
        const blank = { reviewerId: null, reviewerName: null, reviewerAt: null };
        await deps.db.update(registrationRows).set(blank).where(row);
      }
      throw error;
    }
  },
});

/** The reviewer's stamp: the one already there when a crash came between stamp and command. */
async function stampReview(
  deps: ApiDeps,
  actor: ActorSnapshot,
  at: Instant,
  row: typeof registrationRows.$inferSelect,
) {
  const { caseId, effectNo } = row;
  const fresh = { reviewerId: actor.userId, reviewerName: actor.name, reviewerAt: at };
  const stamped = await deps.db
    .update(registrationRows)
    .set(fresh)
    .where(
      and(
        eq(registrationRows.caseId, caseId),
        eq(registrationRows.effectNo, effectNo),
        isNull(registrationRows.reviewerId),
      ),
    )
    .returning({ caseId: registrationRows.caseId });
  if (stamped.length === 1) return fresh;
  const [now] = await lastRow(deps, caseId);
  if (now?.reviewerId !== actor.userId || now.reviewerAt === null) {
    throw new ApiProblem('CONFLICT', '这一户正由别人复核');
  }
  return { reviewerId: actor.userId, reviewerName: actor.name, reviewerAt: now.reviewerAt };
}

export const registrationRoutes = [enter, confirm];
