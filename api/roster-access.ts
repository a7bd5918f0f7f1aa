/** 名单 as the API may show it: found, inside the area of the reader, with its plan. */
import { eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { cases, plans, rosters } from '../db/schema/record.ts';
import { invariant } from '../domain/invariant.ts';
import type { ActorSnapshot } from '../domain/kernel/actor.ts';
import type { Plan } from '../domain/plan/plan.ts';
import type { Instant } from '../domain/time/instant.ts';
import { requireReadable } from './area.ts';
import { ApiProblem } from './problem.ts';

/** A roster's row with the plan it is pinned to. */
export interface ReadableRoster {
  readonly roster: typeof rosters.$inferSelect;
  readonly plan: Plan;
}

/** Refuses an unknown roster and one outside the reader's area. */
export async function readableRoster(
  db: PostgresJsDatabase,
  actor: ActorSnapshot,
  at: Instant,
  rosterId: string,
): Promise<ReadableRoster> {
  const [row] = await db
    .select({ roster: rosters, plan: plans.body })
    .from(rosters)
    .innerJoin(plans, eq(plans.hash, rosters.planHash))
    .where(eq(rosters.id, rosterId));
  if (row === undefined) throw new ApiProblem('NOT-FOUND', '没有这个名单');
  await requireReadable(db, actor, at, row.roster.unitCode);
  return row;
}

/** The roster on which a case stands now, under the same rule. */
export async function readableCase(
  db: PostgresJsDatabase,
  actor: ActorSnapshot,
  at: Instant,
  caseId: string,
) {
  const [item] = await db.select().from(cases).where(eq(cases.id, caseId));
  if (item === undefined) throw new ApiProblem('NOT-FOUND', '没有这个办件');
  const { roster, plan } = await readableRoster(db, actor, at, item.rosterId);
  const state = roster.state.cases.find(({ id }) => id === caseId);
  invariant(state !== undefined, 'a case stands on the list that its row names');
  return { item, roster, plan, state };
}
