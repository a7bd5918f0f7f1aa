/** 名单 as the API may show it: found, inside the area of the reader, with its plan. */
import { eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { loadPlan } from '../db/record/load-plan.ts';
import { cases, rosters } from '../db/schema/record.ts';
import { rolesWords } from '../domain/guards/wording.ts';
import { invariant } from '../domain/invariant.ts';
import type { ActorSnapshot } from '../domain/kernel/actor.ts';
import type { Plan } from '../domain/plan/plan.ts';
import type { Instant } from '../domain/time/instant.ts';
import { grantedHouseholds, isReadable, requireReadable } from './area.ts';
import { ApiProblem, clauseWords } from './problem.ts';

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
  const row = await findRoster(db, rosterId);
  if (!carriesGranted(row, actor, at)) await requireReadable(db, actor, at, row.roster.unitCode);
  return row;
}

/** Whether a household stands on the list that the reader was granted by name. */
function carriesGranted({ roster }: ReadableRoster, actor: ActorSnapshot, at: Instant): boolean {
  const granted = grantedHouseholds(actor, at);
  return roster.state.cases.some(({ subjectId }) => granted.includes(subjectId));
}

/** The same for whoever wants to act: one from outside hears whose the step is, and under which clause. */
export async function actionableRoster(
  db: PostgresJsDatabase,
  actor: ActorSnapshot,
  at: Instant,
  rosterId: string,
): Promise<ReadableRoster> {
  const row = await findRoster(db, rosterId);
  const { roster, plan } = row;
  if (carriesGranted(row, actor, at)) return row;
  if (await isReadable(db, actor, at, roster.unitCode)) return row;
  const step = plan.steps[roster.state.stepIndex];
  const who = step === undefined ? undefined : rolesWords(step.by);
  throw new ApiProblem('NOT-YOUR-AREA', '这份名单不在您的管辖范围内，不能办理', {
    clause: clauseWords(plan.clauses, step?.clauseId),
    ...(who !== undefined && { missing: [`当地的${who}办理`], whoClears: `当地的${who}` }),
  });
}

async function findRoster(db: PostgresJsDatabase, rosterId: string): Promise<ReadableRoster> {
  const [roster] = await db.select().from(rosters).where(eq(rosters.id, rosterId));
  if (roster === undefined) throw new ApiProblem('NOT-FOUND', '没有这个名单');
  return { roster, plan: await loadPlan(db, roster.planHash) };
}

/** State and plan of a list that was read before in the same request; a missing one is a bug. */
export async function loadState(db: PostgresJsDatabase, rosterId: string) {
  const { id, state, planHash } = rosters;
  const [row] = await db.select({ state, planHash }).from(rosters).where(eq(id, rosterId));
  invariant(row !== undefined, 'the list was just read');
  return { state: row.state, plan: await loadPlan(db, row.planHash) };
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
  const { roster, plan } = await findRoster(db, item.rosterId);
  // Of a list that is read for one household's sake the others' papers are not.
  const isGranted = grantedHouseholds(actor, at).includes(item.subjectId);
  if (!isGranted) await requireReadable(db, actor, at, roster.unitCode);
  const state = roster.state.cases.find(({ id }) => id === caseId);
  invariant(state !== undefined, 'a case stands on the list that its row names');
  return { item, roster, plan, state };
}
