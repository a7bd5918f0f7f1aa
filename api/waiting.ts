/** 等谁办: which lists wait for which duties. An index for to-do lists; authority is `decide`'s. */
import { eq, type SQL } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { plans, rosters } from '../db/schema/record.ts';
import type { HeldDuty, HeldGrant, Role } from '../domain/kernel/actor.ts';
import type { OrgLevel } from '../domain/organisation/org-code.ts';

/** Levels whose codes a list's row carries; above them the area condition has already chosen. */
const LISTED_LEVELS: readonly OrgLevel[] = ['village', 'township', 'county'];

/** An open list with those who act at its current step. */
export interface RosterAtStep {
  readonly rosterId: string;
  readonly holderCode: string;
  readonly codes: readonly string[];
  readonly by: readonly Role[];
}

/** The lists under a condition; each plan is read once. */
export async function rostersAtStep(
  db: PostgresJsDatabase,
  condition: SQL | undefined,
): Promise<readonly RosterAtStep[]> {
  const { id, planHash, stepKey, holderCode, unitCode, townshipCode, countyCode } = rosters;
  const [rows, used] = await Promise.all([
    db
      .select({ id, planHash, stepKey, holderCode, unitCode, townshipCode, countyCode })
      .from(rosters)
      .where(condition),
    db
      .selectDistinctOn([plans.hash], { hash: plans.hash, body: plans.body })
      .from(plans)
      .innerJoin(rosters, eq(rosters.planHash, plans.hash))
      .where(condition),
  ]);
  const planOf = new Map(used.map(({ hash, body }) => [hash, body]));
  return rows.flatMap((row) => {
    const step = planOf.get(row.planHash)?.steps.find(({ key }) => key === row.stepKey);
    if (step === undefined) return [];
    const extra =
      step.kind === 'registration'
        ? step.reviewers
        : step.kind === 'notice' || step.kind === 'announcement'
          ? step.posters
          : [];
    // The holder too: a list of an organisation that ended is held by its successor.
    const codes = [row.unitCode, row.townshipCode, row.countyCode, row.holderCode];
    return [{ rosterId: row.id, holderCode: row.holderCode, codes, by: [...step.by, ...extra] }];
  });
}

/** Whether one of the duties or grants held now is one that the list waits for. */
export function waitsFor(
  step: RosterAtStep,
  held: { readonly duties: readonly HeldDuty[]; readonly grants: readonly HeldGrant[] },
): boolean {
  return step.by.some(
    (role) =>
      held.duties.some(
        ({ duty, level, orgCode }) =>
          duty === role.duty &&
          level === role.level &&
          (step.codes.includes(orgCode) || !LISTED_LEVELS.includes(level)),
      ) || held.grants.some(({ kind, duty }) => kind === 'area' && duty === role.duty),
  );
}
