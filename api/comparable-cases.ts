/** 可以比对的户 — departments are shown nobody whom a rule of the comparison step holds back (G-28). */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { loadFacts } from '../db/record/load-facts.ts';
import type { rosters } from '../db/schema/record.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import { guardRefusals } from '../domain/kernel/requirements.ts';
import type { CaseState } from '../domain/kernel/state.ts';
import type { ComparisonStep, Plan } from '../domain/plan/plan.ts';
import type { Instant } from '../domain/time/instant.ts';

type Roster = typeof rosters.$inferSelect;

/** Who may be asked about, and why the others may not. */
export interface ComparableCases {
  readonly caseIds: readonly string[];
  readonly held: readonly Refusal[];
}

/**
 * Asks the step's own guards before any person stands in a batch: the list's command comes after the
 * batch, and what a department has seen cannot be taken back.
 */
export async function comparableCases(
  db: PostgresJsDatabase,
  given: { readonly roster: Roster; readonly plan: Plan; readonly step: ComparisonStep },
  items: readonly CaseState[],
  at: Instant,
): Promise<ComparableCases> {
  const { roster, plan, step } = given;
  if (step.guards.length === 0 || items.length === 0) {
    return { caseIds: items.map(({ id }) => id), held: [] };
  }
  const facts = await loadFacts(db, {
    plan,
    unitCode: roster.unitCode,
    cases: items,
    body: null,
    groups: false,
    windows: false,
    otherLists: false,
    ordinaryPoorOutside: false,
    monitoringScale: false,
  });
  const held = guardRefusals({ plan, at, facts }, step, items);
  const stopped = new Set(held.flatMap(({ cases = [] }) => cases));
  return { caseIds: items.map(({ id }) => id).filter((id) => !stopped.has(id)), held };
}
