/** 流转 — how a list goes on, leaves cases behind, is sent back, or ends. */
import { invariant } from '../invariant.ts';
import type { DueRule, Plan, StepKind } from '../plan/plan.ts';
import type { DateReceipt } from '../time/date-receipt.ts';
import { computeDue, parseDeadline } from '../time/deadline.ts';
import type { Instant } from '../time/instant.ts';
import { HIT, NOT_ACCEPTED, REGISTRY_REFUSED } from './block-codes.ts';
import { type Deliberation, stamp } from './deliberation.ts';
import type { Carried } from './event.ts';
import { evolve } from './evolve.ts';
import {
  activeCases,
  type CaseState,
  clearCases,
  isActive,
  type RosterState,
  type SheetState,
  standingDecision,
} from './state.ts';

/** 办理期限 of a step entered at an instant, with its receipt where it was counted. */
export interface Due {
  readonly dueAt: Instant | null;
  readonly dueReceipt: DateReceipt | null;
}

/** Computes a due instant, or names the calendar year that is missing. */
export function dueOf(
  rule: DueRule | null,
  at: Instant,
  plan: Plan,
): Due | { readonly missingYear: number } {
  if (rule === null) return { dueAt: null, dueReceipt: null };
  if (rule.kind === 'date') {
    const deadline = parseDeadline(rule.deadline);
    invariant(deadline !== undefined, `deadline ${rule.deadline} of a plan is readable`);
    return { dueAt: deadline.lastInstant, dueReceipt: null };
  }
  const outcome = computeDue(at, rule.rule, rule.clauseId, plan.calendar);
  if (!outcome.ok) return { missingYear: outcome.missingYear };
  return { dueAt: outcome.deadline.lastInstant, dueReceipt: outcome.receipt };
}

/** Adds the refusal for a calendar year that the plan does not hold. */
export function refuseMissingYear(d: Deliberation, year: number, clauseId: string): void {
  const words = `适用规则中没有${year}年的节假日安排，不能计算期限，请先更新适用规则。`;
  d.refuse({
    code: 'CALENDAR-YEAR-MISSING',
    words,
    clauseId,
    missing: [`${year}年节假日安排`],
    whoClears: '领导小组办公室',
  });
}

function stepDue(d: Deliberation, stepIndex: number): Due {
  const step = d.plan.steps[stepIndex];
  invariant(step !== undefined, 'the step entered exists');
  const due = dueOf(step.due, d.at, d.plan);
  if ('missingYear' in due) {
    refuseMissingYear(d, due.missingYear, step.due?.clauseId ?? step.clauseId);
    return { dueAt: null, dueReceipt: null };
  }
  return due;
}

/**
 * The list goes on to the next step, without `behind`, which form one child list at this step. After an
 * announcement blocked cases go along: an objection to a decided case holds its registration (§3.1).
 */
export function enterNext(d: Deliberation, behind: ReadonlySet<string>): void {
  const announced = d.step.kind === 'announcement';
  const staying = activeCases(d.state).filter(
    (item) => (item.status === 'blocked' && !announced) || behind.has(item.id),
  );
  if (staying.length > 0) splitOff(d, staying, '名单先行，办件未办妥');
  const next = d.state.stepIndex + 1;
  const isOver = activeCases(d.state).length === 0 && !hasInspection(d);
  if (isOver || d.plan.steps[next] === undefined) return closeRoster(d);
  d.emit({ type: 'step-entered', stepIndex: next, ...stepDue(d, next) });
  settleAhead(d);
}

function hasInspection(d: Deliberation): boolean {
  const next = d.plan.steps[d.state.stepIndex + 1];
  const labelled = d.state.cases.some((item) => item.status === 'closed');
  return next?.kind === 'inspection' && labelled;
}

function closeRoster(d: Deliberation): void {
  d.emit({ type: 'roster-closed' });
}

/** A comparison that ran ahead of its step is done for its cases when the list arrives there. */
function settleAhead(d: Deliberation): void {
  if (d.step.kind !== 'comparison') return;
  const done = clearCases(d.state).filter((item) => isCompared(item));
  if (done.length > 0)
    d.emit({ type: 'case-done', caseIds: done.map((item) => item.id), forms: [] });
  afterProgress(d);
}

/** Every department answered and no hit is open. */
export function isCompared(item: CaseState): boolean {
  const marks = item.comparison?.marks ?? [];
  return marks.length > 0 && marks.every((mark) => mark === 'clear' || mark === 'accepted');
}

/** After cases moved: the list goes on by itself when every case it carries is done. */
export function afterProgress(d: Deliberation): void {
  if (d.state.closedAt !== null) return;
  const active = activeCases(d.state);
  if (active.every((item) => item.done && item.status === 'on-list')) enterNext(d, new Set());
}

/**
 * Splits cases off into one child list, born in the same decision: at the step where they stand, or
 * sent back to `backTo`, from which on everything runs again.
 */
export function splitOff(
  d: Deliberation,
  items: readonly CaseState[],
  reason: string,
  backTo: number | null = null,
): void {
  const parent = d.state;
  const stepIndex = backTo ?? parent.stepIndex;
  const childId = `${parent.rosterId}.${parent.childCount + 1}`;
  const caseIds = items.map((item) => item.id);
  const event = d.emit({ type: 'cases-split-off', caseIds, childId, stepIndex, reason });
  const due =
    backTo === null
      ? { dueAt: parent.dueAt, dueReceipt: parent.dueReceipt }
      : stepDue(d, stepIndex);
  const opened = stamp(1, d.standing, {
    type: 'roster-opened',
    rosterId: childId,
    planHash: parent.planHash,
    unitCode: parent.unitCode,
    batch: parent.batch,
    parent: { rosterId: parent.rosterId, seq: event.seq },
    cases: backTo === null ? items : items.map((item) => sentBack(d.plan, item, backTo)),
    stepIndex,
    passes: parent.passes,
    outerSince: parent.outerSince,
    outerDueAt: parent.outerDueAt,
    ...due,
    carried: carriedBy(parent, caseIds, stepIndex, backTo),
  });
  d.children.push({ rosterId: childId, state: evolve(null, opened), events: [opened] });
}

/**
 * A case sent back runs again from that step: acceptance, comparison and registration from there on
 * count no more, nor do the blocks that they raised; an open objection stays.
 */
export function sentBack(plan: Plan, item: CaseState, toStep: number): CaseState {
  const runsAgain = (kind: StepKind): boolean =>
    plan.steps.findLastIndex((step) => step.kind === kind) >= toStep;
  const accepting = runsAgain('acceptance');
  const comparing = runsAgain('comparison');
  const certifying = runsAgain('certification');
  const blocks = item.blocks.filter(
    ({ code }) =>
      code !== REGISTRY_REFUSED &&
      !(accepting && code === NOT_ACCEPTED) &&
      !(comparing && code === HIT),
  );
  return {
    ...item,
    status: blocks.length > 0 ? 'blocked' : 'on-list',
    blocks,
    done: false,
    noticeEndsAt: null,
    registration: null,
    accepted: accepting ? { household: false, helper: false } : item.accepted,
    comparison: comparing ? null : item.comparison,
    ...(certifying && item.certified !== undefined && { certified: {} }),
  };
}

/** What the child list takes over: a case sent back leaves the sheets of its new start and after. */
function carriedBy(
  parent: RosterState,
  caseIds: readonly string[],
  startsAt: number,
  backTo: number | null,
): Carried {
  const named = new Set(caseIds);
  const stands = (sheet: SheetState | null): SheetState | null =>
    sheet !== null && (backTo === null || sheet.stepIndex < backTo) ? sheet : null;
  return {
    notice: stands(parent.notice),
    announcement: stands(parent.announcement),
    decision: standingDecision(parent, startsAt),
    objections: parent.objections.filter((item) => item.caseId === null || named.has(item.caseId)),
    lateEntries: parent.lateEntries.filter((entry) => backTo === null || entry.stepIndex < backTo),
    typists: parent.typists,
    comparisonAsked: parent.comparisonAsked,
    suspendedMs: parent.suspendedMs,
    stepSince: backTo === null ? parent.stepSince : null,
  };
}

/** 退回 of the whole list to an earlier step. */
export function returnRoster(d: Deliberation, toStep: number, reason: string): void {
  const cases = d.state.cases.map((item) =>
    isActive(item) ? sentBack(d.plan, item, toStep) : item,
  );
  d.emit({ type: 'roster-returned', toStep, reason, cases, ...stepDue(d, toStep) });
}
