/** 录入与复核: one household at a time, two people, a stamped row each (design §1.8, policy G-17). */
import { and, desc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { commandId, findOutcome } from '../../db/record/submit-command.ts';
import { registrationRows } from '../../db/schema/effects.ts';
import { rolesWords } from '../../domain/guards/wording.ts';
import { invariant } from '../../domain/invariant.ts';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { Refusal } from '../../domain/kernel/refusal.ts';
import { isActive } from '../../domain/kernel/state.ts';
import { samePerson } from '../../domain/kernel/steps/registration.ts';
import type { Plan, PlanStep, RegistrationStep } from '../../domain/plan/plan.ts';
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

type Stamped = typeof registrationRows.$inferSelect;

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
    throw new RefusedProblem([notThere(found.plan, step)], found.plan.clauses);
  }
  const { registration } = found.state;
  if (found.state.done || (registration !== null && registration.state !== 'refused')) {
    throw new ApiProblem('CONFLICT', '这一户已经录入');
  }
  return { ...found, step: step satisfies RegistrationStep };
}

/** 还没有到录入环节, or it is behind the list. */
function notThere(plan: Plan, step: PlanStep | undefined): Refusal {
  const from = plan.steps.findIndex(({ key }) => key === step?.key);
  const to = plan.steps.findIndex(({ kind }) => kind === 'registration');
  const refusal = {
    code: 'OUT-OF-ORDER',
    words: `名单现在的环节是“${step?.name ?? '已办结'}”，录入环节办理时方可录入。`,
    missing: from < 0 ? [] : plan.steps.slice(from, Math.max(from, to)).map(({ name }) => name),
  };
  if (step === undefined) return refusal;
  return { ...refusal, clauseId: step.clauseId, whoClears: rolesWords(step.by) };
}

/**
 * The last row of a case as the record has it: a crash may have come between the outcome of the command
 * that carries it and our mark, or between its refusal and the row waiting for a confirmation again.
 */
async function findLastRow(deps: ApiDeps, caseId: string): Promise<Stamped | undefined> {
  const [row] = await deps.db
    .select()
    .from(registrationRows)
    .where(eq(registrationRows.caseId, caseId))
    .orderBy(desc(registrationRows.effectNo))
    .limit(1);
  if (row === undefined || row.carriedAt !== null || row.reviewerId === null) return row;
  const command = await findOutcome(deps.db, commandId(row.reviewerId, carryKey(row)));
  switch (command?.outcome?.kind) {
    case 'applied':
      return { ...row, carriedAt: row.reviewerAt };
    case 'refused':
      await takeStampBack(deps, row);
      return { ...row, ...NO_STAMP };
    case undefined:
      return row;
  }
}

const NO_STAMP = { reviewerId: null, reviewerName: null, reviewerAt: null } as const;

/** A refused confirmation changes nothing: the entry waits for the next one. */
async function takeStampBack(deps: ApiDeps, { caseId, effectNo, reviewerAt }: Stamped) {
  await deps.db
    .update(registrationRows)
    .set(NO_STAMP)
    .where(
      and(
        eq(registrationRows.caseId, caseId),
        eq(registrationRows.effectNo, effectNo),
        // A later stamp is another confirmation.
        eq(registrationRows.reviewerAt, reviewerAt ?? 0),
      ),
    );
}

/**
 * Whether the case has to be entered anew: the registry refused what the row carried, or the list was
 * sent back since, and a row of the pass before is history.
 */
async function isHistory(deps: ApiDeps, actor: ActorSnapshot, at: Instant, row: Stamped) {
  const { roster, state } = await readableCase(deps.db, actor, at, row.caseId);
  const isRefused = row.carriedAt !== null && state.registration?.state === 'refused';
  return isActive(state) && (isRefused || row.operatorAt < roster.state.stepSince);
}

function carryKey({ caseId, effectNo, reviewerAt }: Stamped): string {
  return `registration:${caseId}:${effectNo}:${reviewerAt}`;
}

const enter = defineRoute({
  method: 'post',
  path: '/cases/:caseId/registration/enter',
  tag: '录入',
  summary: '录入人逐户登记；再次提交得到同样的答复',
  params: CaseParams,
  replies: { 200: z.strictObject({ caseId: z.string(), effectNo: z.number() }) },
  async handle({ deps, actor, at, params }) {
    const { caseId } = params;
    const last = await findLastRow(deps, caseId);
    const isOver = last !== undefined && (await isHistory(deps, actor, at, last));
    if (last?.operatorId === actor.userId && !isOver) {
      return { status: 200, body: { caseId, effectNo: last.effectNo } };
    }
    const { item, roster, step, plan } = await caseAtRegistration(deps, actor, at, caseId);
    await requireRole(deps.db, {
      actor,
      at,
      roles: step.by,
      unitCode: roster.unitCode,
      subjects: [item.subjectId],
      step,
      plan,
    });
    if (last?.carriedAt === null && !isOver) {
      throw new ApiProblem('CONFLICT', `${last.operatorName}已录入这一户，等待复核`);
    }
    const effectNo = (last?.effectNo ?? 0) + 1;
    const people = { operatorId: actor.userId, operatorName: actor.name, operatorAt: at };
    const [row] = await deps.db
      .insert(registrationRows)
      .values({ caseId, effectNo, ...people })
      .onConflictDoNothing()
      .returning({ caseId: registrationRows.caseId, effectNo: registrationRows.effectNo });
    if (row !== undefined) return { status: 200, body: row };
    // The same request at the same moment is no second entry.
    const now = await findLastRow(deps, caseId);
    if (now?.operatorId === actor.userId) return { status: 200, body: { caseId, effectNo } };
    throw new ApiProblem('CONFLICT', '这一户刚被别人录入，等待复核');
  },
});

const confirm = defineRoute({
  method: 'post',
  path: '/cases/:caseId/registration/confirm',
  tag: '录入',
  summary: '复核人逐户确认，随即送登记系统；复核人不能是录入人；再次提交得到同样的答复',
  params: CaseParams,
  replies: { 200: AppliedJson, 202: WaitingJson },
  async handle({ deps, actor, at, params }) {
    const last = await findLastRow(deps, params.caseId);
    if (last?.reviewerId === actor.userId && !(await isHistory(deps, actor, at, last))) {
      return carryRow(deps, actor, at, last);
    }
    const { item, roster, step, plan } = await caseAtRegistration(deps, actor, at, params.caseId);
    const roles = step.reviewers;
    const { unitCode } = roster;
    const subjects = [item.subjectId];
    await requireRole(deps.db, { actor, at, roles, unitCode, subjects, step, plan });
    if (last === undefined || last.carriedAt !== null) {
      throw new ApiProblem('WRONG-STATE', '这一户还没有录入', {
        missing: ['录入'],
        whoClears: '录入人',
      });
    }
    if (last.operatorId === actor.userId) {
      throw new RefusedProblem([samePerson(plan, step, [params.caseId])], plan.clauses);
    }
    return carryRow(deps, actor, at, { ...last, ...(await stampReview(deps, actor, at, last)) });
  },
});

/** Sends a row with both stamps; the same row again is the same command. */
async function carryRow(deps: ApiDeps, actor: ActorSnapshot, at: Instant, stamped: Stamped) {
  const { caseId, effectNo, operatorId, operatorName, operatorAt } = stamped;
  const { reviewerId, reviewerName, reviewerAt } = stamped;
  invariant(
    reviewerName !== null && reviewerAt !== null && reviewerId !== null,
    'a stamp is whole',
  );
  const { roster, plan } = await readableCase(deps.db, actor, at, caseId);
  const reviewer = { reviewerId, reviewerName, reviewerAt };
  const entry = { caseId, operatorId, operatorName, operatorAt, ...reviewer };
  const row = and(eq(registrationRows.caseId, caseId), eq(registrationRows.effectNo, effectNo));
  const command = {
    rosterId: roster.id,
    actor,
    idempotencyKey: carryKey(stamped),
    body: { type: 'carry-registrations' as const, entries: [entry] },
  };
  try {
    const reply = await answerCommand(deps, command, plan.clauses);
    const carriedAt = stamped.carriedAt ?? at;
    await deps.db.update(registrationRows).set({ carriedAt }).where(row);
    return reply;
  } catch (error) {
    if (error instanceof RefusedProblem) await takeStampBack(deps, stamped);
    throw error;
  }
}

/** The reviewer's stamp: the one already there when a crash came between stamp and command. */
async function stampReview(deps: ApiDeps, actor: ActorSnapshot, at: Instant, row: Stamped) {
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
  const now = await findLastRow(deps, caseId);
  if (now?.reviewerId !== actor.userId || now.reviewerAt === null) {
    throw new ApiProblem('CONFLICT', '这一户正由别人复核');
  }
  return { reviewerId: actor.userId, reviewerName: actor.name, reviewerAt: now.reviewerAt };
}

export const registrationRoutes = [enter, confirm];
