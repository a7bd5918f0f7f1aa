/** 更换适用规则 — an open list takes a corrected plan only by an act of the office, with its reason. */
import type { Plan } from '../../plan/plan.ts';
import { computePeriod } from '../../time/date-receipt.ts';
import type { CommandRequest } from '../command.ts';
import type { Deliberation } from '../deliberation.ts';
import { dueOf, refuseMissingYear } from '../moves.ts';
import { requireReason, requireRole } from '../requirements.ts';

type AdoptPlan = Extract<CommandRequest, { type: 'adopt-plan' }>;

/**
 * Adopts a corrected plan of the same pack, place, year and procedure. The steps already passed must be
 * the same in both, or the list would have skipped one; a notice that is up runs on under the longer rule.
 */
export function adoptPlan(d: Deliberation, body: AdoptPlan): void {
  requireRole(d, [{ level: 'county', duty: 'office' }]);
  requireReason(d, body.reason);
  const next = d.facts.plans[body.planHash];
  if (next === undefined || !isSameRule(d.plan, next)) {
    return d.refuse({
      code: 'UNKNOWN-PLAN',
      words: '找不到要更换的适用规则，或它不是本规则包、本地、本年度、本程序的规则。',
      missing: ['本规则包更正后的适用规则'],
    });
  }
  checkPassedSteps(d, next);
  checkDepartments(d, next);
  const due = nextDue(d, next);
  if (d.refused || due === undefined) return;
  const { planHash, reason } = body;
  d.emit({ type: 'plan-adopted', planHash, reason, stepIndex: d.state.stepIndex, due });
  extendNotice(d, next);
}

/** 期限 of the step and of the whole under the new plan, counted from where they began. */
function nextDue(d: Deliberation, next: Plan) {
  const { stepIndex, stepSince, outerSince } = d.state;
  const step = next.steps[stepIndex];
  const due = dueOf(step?.due ?? null, stepSince, next);
  const outer = dueOf(next.outerDue, outerSince, next);
  for (const each of [due, outer]) {
    if ('missingYear' in each) refuseMissingYear(d, each.missingYear, d.step.clauseId);
  }
  if ('missingYear' in due || 'missingYear' in outer) return undefined;
  return { ...due, outerDueAt: outer.dueAt };
}

function isSameRule(plan: Plan, next: Plan): boolean {
  return (
    next.packId === plan.packId &&
    next.areaCode === plan.areaCode &&
    next.year === plan.year &&
    next.procedure === plan.procedure
  );
}

function checkPassedSteps(d: Deliberation, next: Plan): void {
  const until = d.state.stepIndex + 1;
  const passed = d.plan.steps.slice(0, until);
  const same = passed.every(
    ({ key, kind }, index) => next.steps[index]?.key === key && next.steps[index]?.kind === kind,
  );
  if (same) return;
  d.refuse({
    code: 'PLAN-CHAIN-DIFFERS',
    words:
      '新规则中已办过的环节与本名单不同，直接更换会漏办或错办环节；请按原规则办完，或撤回后重新建立名单。',
    missing: ['已办环节相同的规则'],
  });
}

/** Results are kept in the order of the departments: other departments need other results. */
function checkDepartments(d: Deliberation, next: Plan): void {
  const departments = (plan: Plan): string =>
    plan.steps.flatMap((step) => (step.kind === 'comparison' ? step.departments : [])).join('、');
  const isAnswered = d.state.cases.some((item) => item.comparison !== null);
  if (!isAnswered || departments(d.plan) === departments(next)) return;
  d.refuse({
    code: 'PLAN-CHAIN-DIFFERS',
    words: '新规则的比对部门不同，已有比对结果不能沿用；请先退回到比对之前的环节。',
    missing: ['退回到比对之前的环节'],
  });
}

/** The period under way is never shortened; where the new rule asks for more, it runs on. */
function extendNotice(d: Deliberation, next: Plan): void {
  const { notice, stepIndex } = d.state;
  const step = next.steps[stepIndex];
  if (step?.kind !== 'notice' || notice?.stepIndex !== stepIndex) return;
  const { startsAt, endsAt } = notice;
  if (startsAt === null || endsAt === null) return;
  const period = computePeriod(startsAt, step.period, step.periodClauseId, next.calendar);
  if (!period.ok) return refuseMissingYear(d, period.missingYear, step.periodClauseId);
  if (period.receipt.endsAt <= endsAt) return;
  d.emit({ type: 'notice-period-started', receipt: period.receipt, correction: null });
}
