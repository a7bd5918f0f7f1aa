/** 比对批次: which cases a county asks its departments about, and who the persons are. */
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { comparisonBatches, comparisonSubjects } from '../db/schema/effects.ts';
import { members, visitForms } from '../db/schema/households.ts';
import { plans, rosters } from '../db/schema/record.ts';
import { isVillageForm } from '../domain/facts/village-facts.ts';
import type { ActorSnapshot } from '../domain/kernel/actor.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import { type CaseState, isActive } from '../domain/kernel/state.ts';
import type { ComparisonStep, Plan, ProcedureId } from '../domain/plan/plan.ts';
import type { Instant } from '../domain/time/instant.ts';
import { comparableCases } from './comparable-cases.ts';
import type { SentCommand } from './deps.ts';
import { ApiProblem, refusalJson } from './problem.ts';

type Roster = typeof rosters.$inferSelect;

/** A list with the cases of it that a batch asks about. */
export interface BatchPart {
  readonly roster: Pick<Roster, 'id' | 'unitCode'>;
  readonly caseIds: readonly string[];
}

/** A list with cases that wait for a comparison. */
export interface WaitingRoster extends BatchPart {
  readonly roster: Roster;
  readonly step: ComparisonStep;
  readonly plan: Plan;
  /** Why cases of it may not be asked about, though they wait. */
  readonly held: readonly Refusal[];
}

/** A case waits when no department has been asked, or a result has run out. */
function waits(item: CaseState, at: Instant, asked: ReadonlySet<string>): boolean {
  if (!isActive(item)) return false;
  if (item.comparison === null) return !asked.has(item.id);
  return item.comparison.ends.some((end) => end !== null && end <= at);
}

/** Cases of lists that took a request: they are with the departments. */
async function askedCases(
  db: PostgresJsDatabase,
  lists: readonly Roster[],
): Promise<ReadonlySet<string>> {
  const took = lists.filter(({ state }) => state.comparisonAsked !== null);
  const caseIds = took.flatMap(({ state }) => state.cases.map(({ id }) => id));
  const rows = await db
    .selectDistinct({ caseId: comparisonSubjects.caseId })
    .from(comparisonSubjects)
    .where(inArray(comparisonSubjects.caseId, caseIds));
  return new Set(rows.map(({ caseId }) => caseId));
}

/** Open lists of a county's procedure at their comparison, or before it where it may run ahead. */
export async function waitingRosters(
  db: PostgresJsDatabase,
  wish: { readonly countyCode: string; readonly procedure: ProcedureId; readonly at: Instant },
): Promise<readonly WaitingRoster[]> {
  const rows = await db
    .select({ roster: rosters, plan: plans.body })
    .from(rosters)
    .innerJoin(plans, eq(plans.hash, rosters.planHash))
    .where(
      and(
        eq(rosters.countyCode, wish.countyCode),
        eq(rosters.procedure, wish.procedure),
        eq(rosters.open, true),
      ),
    )
    .orderBy(rosters.id);
  const lists = rows.map(({ roster }) => roster);
  const asked = await askedCases(db, lists);
  const waiting: WaitingRoster[] = [];
  for (const { roster, plan } of rows) {
    const index = plan.steps.findIndex(({ kind }) => kind === 'comparison');
    const step = plan.steps[index];
    if (step?.kind !== 'comparison') continue;
    const { stepIndex, cases } = roster.state;
    const isHere = stepIndex === index || (step.ahead && stepIndex > 0 && stepIndex < index);
    const items = cases.filter((item) => waits(item, wish.at, asked));
    if (!isHere || items.length === 0) continue;
    const list = { roster, plan, step };
    waiting.push({ ...list, ...(await comparableCases(db, list, items, wish.at)) });
  }
  return waiting;
}

/** The lists of a batch that exists, with the cases it asks about: what a repetition tells them again. */
export async function findBatchParts(
  db: PostgresJsDatabase,
  batchId: string,
): Promise<readonly BatchPart[]> {
  const { id, unitCode } = rosters;
  const rows = await db
    .selectDistinct({ id, unitCode, caseId: comparisonSubjects.caseId })
    .from(comparisonSubjects)
    .innerJoin(rosters, eq(id, comparisonSubjects.rosterId))
    .where(eq(comparisonSubjects.batchId, batchId))
    .orderBy(id, comparisonSubjects.caseId);
  const parts = new Map<string, { roster: BatchPart['roster']; caseIds: string[] }>();
  for (const { caseId, ...roster } of rows) {
    const part = parts.get(roster.id) ?? { roster, caseIds: [] };
    part.caseIds.push(caseId);
    parts.set(roster.id, part);
  }
  return [...parts.values()];
}

/** Writes batch and persons in one transaction; nothing is asked of the lists yet. */
export async function createBatch(
  db: PostgresJsDatabase,
  waiting: readonly WaitingRoster[],
  batch: {
    readonly id: string;
    readonly countyCode: string;
    readonly procedure: ProcedureId;
    readonly title: string;
    readonly actor: ActorSnapshot;
    readonly at: Instant;
  },
): Promise<void> {
  const departments = [...new Set(waiting.flatMap(({ step }) => step.departments))];
  const persons = await personsOf(db, waiting);
  if (persons.length === 0) throw new ApiProblem('WRONG-STATE', '名单中没有可比对的人员');
  await db.transaction(async (tx) => {
    const { id, countyCode, procedure, title, actor, at } = batch;
    const createdBy = actor.userId;
    const row = { id, countyCode, procedure, title, departments, createdBy, createdAt: at };
    await tx.insert(comparisonBatches).values(row);
    await tx
      .insert(comparisonSubjects)
      .values(persons.map((person) => ({ ...person, batchId: id })));
  });
}

/** Members by the newest form of each case, else by the household as imported. */
async function personsOf(db: PostgresJsDatabase, waiting: readonly WaitingRoster[]) {
  const wanted = waiting.flatMap(({ roster, caseIds }) =>
    roster.state.cases
      .filter(({ id }) => caseIds.includes(id))
      .map(({ id, subjectId }) => ({ caseId: id, subjectId, rosterId: roster.id })),
  );
  const caseIds = wanted.map(({ caseId }) => caseId);
  const subjectIds = wanted.map(({ subjectId }) => subjectId);
  if (wanted.length === 0) return [];
  const [forms, known] = await Promise.all([
    db
      .selectDistinctOn([visitForms.caseId], { caseId: visitForms.caseId, body: visitForms.body })
      .from(visitForms)
      .where(inArray(visitForms.caseId, caseIds))
      .orderBy(visitForms.caseId, desc(visitForms.version)),
    db.select().from(members).where(inArray(members.householdId, subjectIds)),
  ]);
  const formOf = new Map(
    forms.flatMap(({ caseId, body }) => (isVillageForm(body) ? [] : [[caseId, body] as const])),
  );
  return wanted.flatMap(({ caseId, subjectId, rosterId }) => {
    const listed = formOf.get(caseId)?.members ?? [];
    const imported = known.filter(({ householdId }) => householdId === subjectId);
    const people = listed.length > 0 ? listed : imported;
    const byNumber = new Map(
      people.map((person) => [person.idNumber.trim().toUpperCase(), person]),
    );
    return [...byNumber].map(([idNumber, { name, relation }]) => {
      return { caseId, rosterId, idNumber, name, relation };
    });
  });
}

/** How one list took its part of a batch. */
export function partAnswer({ roster }: Pick<BatchPart, 'roster'>, sent: SentCommand) {
  const { id, unitCode } = roster;
  const refusals = sent.kind === 'refused' ? sent.outcome.refusals : [];
  return {
    rosterId: id,
    unitCode,
    kind: sent.kind,
    refusals: refusals.map((refusal) => refusalJson(refusal, {})),
  };
}

/** The cases of a list that were left out of a batch, and by which rule. */
export function heldAnswer({ roster, held, plan }: WaitingRoster) {
  const { id: rosterId, unitCode } = roster;
  const refusals = held.map((refusal) => refusalJson(refusal, plan.clauses));
  return { rosterId, unitCode, kind: 'held', refusals };
}
