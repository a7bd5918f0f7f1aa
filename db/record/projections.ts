/** 投影 — the columns for lists, written in the deciding transaction from the folded state. */
import { sql } from 'drizzle-orm';
import { invariant } from '../../domain/invariant.ts';
import { isActive, type RosterState } from '../../domain/kernel/state.ts';
import { nextWake } from '../../domain/kernel/wake.ts';
import type { OrgLevel } from '../../domain/organisation/org-code.ts';
import type { Plan, PlanStep } from '../../domain/plan/plan.ts';
import { deskDueAt, firstRungFrom } from '../../domain/reminder/ladder.ts';
import type { DbOrTx } from '../import/database.ts';
import { cases, progress, rosters } from '../schema/record.ts';
import { rowsTogether } from './insert-together.ts';

/** 组织链 as the facts give it. */
export type Chain = Readonly<Partial<Record<OrgLevel, string>>>;

/** The step at which the list stands; a closed list stands at its last one. */
export function currentStep(plan: Plan, state: RosterState): PlanStep {
  const step = plan.steps[Math.min(state.stepIndex, plan.steps.length - 1)];
  invariant(step !== undefined, 'a plan has steps');
  return step;
}

/** Columns of `rosters` that follow from plan and state. */
export function rosterColumns(plan: Plan, state: RosterState, chain: Chain) {
  const step = currentStep(plan, state);
  const holderLevel = step.by[0]?.level ?? plan.listLevel;
  const active = state.cases.filter(isActive);
  return {
    packId: plan.packId,
    planHash: state.planHash,
    state,
    seq: state.seq,
    open: state.closedAt === null,
    stepKey: step.key,
    stepKind: step.kind,
    holderLevel,
    holderCode: chain[holderLevel] ?? state.unitCode,
    enteredAt: state.stepSince,
    closedAt: state.closedAt,
    dueAt: state.dueAt,
    outerDueAt: state.outerDueAt,
    deadlineAt: deskDueAt(state),
    nextWakeAt: state.closedAt === null ? nextWake(state) : null,
    suspendedAt: state.suspension?.since ?? null,
    openCases: active.length,
    blockedCases: active.filter((item) => item.status === 'blocked').length,
    totalCases: state.cases.length,
    pendingEffects: state.effects.filter((effect) => !effect.settled).length,
  };
}

/**
 * When the sweeper has to look at the list. What it has not looked at yet stays: looking too early
 * does no harm, looking too late would lose a rung.
 */
export function reminderColumn(plan: Plan, before: RosterState, after: RosterState) {
  const next = firstRungFrom(plan, after, before.at);
  return sql`least(${rosters.nextReminderAt}, ${next}::bigint)`;
}

/** Columns of `rosters` that never change. */
export function rosterIdentity(plan: Plan, state: RosterState, chain: Chain) {
  return {
    id: state.rosterId,
    procedure: plan.procedure,
    year: plan.year,
    title: plan.title,
    unitCode: state.unitCode,
    townshipCode: chain.township ?? state.unitCode,
    countyCode: chain.county ?? state.unitCode,
    batch: state.batch,
    parentId: state.parentId,
    openedAt: state.openedAt,
  };
}

/**
 * Writes the rows of cases that changed, in one statement with one parameter whatever their number;
 * those split off are written with their new list.
 */
export async function saveCases(
  tx: DbOrTx,
  plan: Plan,
  before: RosterState | null,
  after: RosterState,
): Promise<void> {
  const known = new Map(before?.cases.map((item) => [item.id, item]));
  const changed = after.cases.flatMap((item, index) => {
    const old = known.get(item.id);
    const isSame = old?.status === item.status && old.outcome === item.outcome;
    if (isSame || item.status === 'split-off') return [];
    const live = isActive(item);
    return {
      id: item.id,
      rosterId: after.rosterId,
      ordinal: index + 1,
      subjectId: item.subjectId,
      family: plan.family,
      live,
      status: item.status,
      outcome: item.outcome,
      villageCode: after.unitCode,
      procedure: plan.procedure,
      openedAt: after.openedAt,
      closedAt: live ? null : after.at,
    };
  });
  if (changed.length === 0) return;
  await tx
    .insert(cases)
    .select(rowsTogether(cases, changed))
    .onConflictDoUpdate({
      target: cases.id,
      set: {
        rosterId: sql`excluded.roster_id`,
        ordinal: sql`excluded.ordinal`,
        live: sql`excluded.live`,
        status: sql`excluded.status`,
        outcome: sql`excluded.outcome`,
        closedAt: sql`excluded.closed_at`,
      },
    });
}

/**
 * 办理进度 — where each case is counted: a live one under the key of its step, a finished one under its
 * outcome (or how it ended), one split off nowhere because its new list counts it.
 */
export function progressBuckets(plan: Plan, state: RosterState | null): Map<string, number> {
  const counts = new Map<string, number>();
  if (state === null) return counts;
  const stepKey = currentStep(plan, state).key;
  for (const item of state.cases) {
    if (item.status === 'split-off') continue;
    const bucket = isActive(item) ? stepKey : (item.outcome ?? item.status);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return counts;
}

/** Adds what moved. Rows are taken in one order, so that two lists of a village never lock crosswise. */
export async function saveProgress(
  tx: DbOrTx,
  place: { readonly plan: Plan; readonly chain: Chain; readonly unitCode: string },
  before: Map<string, number>,
  after: Map<string, number>,
): Promise<void> {
  const { plan, chain, unitCode } = place;
  const buckets = [...new Set([...before.keys(), ...after.keys()])].sort();
  const moved = buckets.flatMap((bucket) => {
    const count = (after.get(bucket) ?? 0) - (before.get(bucket) ?? 0);
    return count === 0 ? [] : { bucket, count };
  });
  if (moved.length === 0) return;
  const where = {
    villageCode: unitCode,
    townshipCode: chain.township ?? unitCode,
    countyCode: chain.county ?? unitCode,
    procedure: plan.procedure,
    packId: plan.packId,
  };
  await tx
    .insert(progress)
    .values(moved.map((each) => ({ ...where, ...each })))
    .onConflictDoUpdate({
      target: [progress.villageCode, progress.procedure, progress.packId, progress.bucket],
      set: { count: sql`${progress.count} + excluded.count` },
    });
}
