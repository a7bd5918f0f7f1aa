/** 影响 — which open lists run under a pack, and what its present text would change for each. */
import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Plan, ProcedureId } from '../../domain/plan/plan.ts';
import { type PlanDifference, planDifferences } from '../../domain/plan/plan-difference.ts';
import { type Instant, plainDateAt } from '../../domain/time/instant.ts';
import { type PackLibrary, packCovers } from '../../policies/load-packs.ts';
import { resolvePlan } from '../../policies/resolve-plan.ts';
import { proceduresOf } from '../../policies/unconfirmed-values.ts';
import { loadPlan } from '../record/load-plan.ts';
import { plans, rosters } from '../schema/record.ts';
import { confirmationsFor } from './pack-confirmations.ts';

/** An open list whose plan comes from a pack or from one below it. */
export interface ListUnderPack {
  readonly rosterId: string;
  readonly unitCode: string;
  readonly title: string;
  readonly procedure: ProcedureId;
  readonly packId: string;
  /** Version under which the list runs. */
  readonly packVersion: number;
  readonly stepName: string;
  readonly openCases: number;
  /** Null: the text gives no plan, for its faults or before the office has confirmed more. */
  readonly differences: readonly PlanDifference[] | null;
}

/** Lists looked at, the longest under way first. */
export const LISTS_MAX = 200;

/** What a pack's text would touch: how many open lists there are under it, and the first of them. */
export interface PackImpact {
  readonly total: number;
  readonly lists: readonly ListUnderPack[];
}

/** Reads only. `library` holds the text that is asked about; null where it is too faulty to compare. */
export async function packImpact(
  db: PostgresJsDatabase,
  library: PackLibrary | null,
  packId: string,
  at: Instant,
): Promise<PackImpact> {
  const isUnder = and(
    eq(rosters.open, true),
    sql`${plans.body} -> 'lineage' @> ${JSON.stringify([packId])}::jsonb`,
  );
  const [counted] = await db
    .select({ total: count() })
    .from(rosters)
    .innerJoin(plans, eq(plans.hash, rosters.planHash))
    .where(isUnder);
  const rows = await db
    .select({
      rosterId: rosters.id,
      planHash: rosters.planHash,
      unitCode: rosters.unitCode,
      title: rosters.title,
      stepKey: rosters.stepKey,
      openCases: rosters.openCases,
    })
    .from(rosters)
    .innerJoin(plans, eq(plans.hash, rosters.planHash))
    .where(isUnder)
    .orderBy(asc(rosters.openedAt), asc(rosters.id))
    .limit(LISTS_MAX);
  const launchedIn = Number(plainDateAt(at).slice(0, 'YYYY'.length));
  const lists: ListUnderPack[] = [];
  for (const { planHash, stepKey, ...row } of rows) {
    const plan = await loadPlan(db, planHash);
    lists.push({
      ...row,
      procedure: plan.procedure,
      packId: plan.packId,
      packVersion: plan.packVersion,
      stepName: plan.steps.find(({ key }) => key === stepKey)?.name ?? stepKey,
      differences: library && (await differencesFor(db, library, plan, row.unitCode, launchedIn)),
    });
  }
  return { total: counted?.total ?? 0, lists };
}

async function differencesFor(
  db: PostgresJsDatabase,
  library: PackLibrary,
  plan: Plan,
  unitCode: string,
  launchedIn: number,
): Promise<readonly PlanDifference[] | null> {
  const { packId, procedure, areaCode } = plan;
  const isThere =
    packCovers(library, packId, areaCode) && proceduresOf(library, packId).includes(procedure);
  if (!isThere) return null;
  const confirmations = await confirmationsFor(db, packId, unitCode);
  const resolved = resolvePlan(library, { packId, procedure, areaCode, launchedIn, confirmations });
  return resolved.ok ? planDifferences(plan, resolved.plan) : null;
}
