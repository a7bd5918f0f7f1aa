/** 事实 — what a decision may know, read in its own transaction; `decide` never asks anybody. */
import { and, eq, inArray, notInArray, sql } from 'drizzle-orm';
import type { CaseFacts, VisitForm } from '../../domain/facts/household-facts.ts';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { CommandBody } from '../../domain/kernel/command.ts';
import type { Facts } from '../../domain/kernel/facts.ts';
import type { OrgLevel } from '../../domain/organisation/org-code.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { DbOrTx } from '../import/database.ts';
import { businessClock, files, registryWindows } from '../schema/effects.ts';
import { households, registrySnapshots, visitForms } from '../schema/households.ts';
import { villagerGroups } from '../schema/organisation.ts';
import { cases, plans } from '../schema/record.ts';
import { loadActor } from './load-actor.ts';

/** A case whose facts are wanted. */
export interface FactCase {
  readonly id: string;
  readonly subjectId: string;
  readonly formHash: string | null;
}

/** For which decision. */
export interface FactsWish {
  readonly plan: Plan;
  readonly unitCode: string;
  readonly cases: readonly FactCase[];
  /** Null at launch and for a dry run without a command. */
  readonly body: CommandBody | null;
}

/** 事实. One round of queries whatever the number of cases. */
export async function loadFacts(db: DbOrTx, wish: FactsWish): Promise<Facts> {
  const { plan, unitCode, body } = wish;
  const { chain, orgNames } = await loadChain(db, unitCode);
  const [clock] = await db.select().from(businessClock).where(eq(businessClock.id, 1));
  const people = await loadPeople(db, body);
  return {
    cases: await loadCases(db, wish),
    files: await loadFiles(db, body),
    chain,
    orgNames,
    windows: await loadWindows(db, plan, Object.values(chain)),
    people,
    groups: await db
      .select({ id: villagerGroups.id, name: villagerGroups.name })
      .from(villagerGroups)
      .where(eq(villagerGroups.villageCode, unitCode))
      .orderBy(villagerGroups.id),
    plans: await loadPlans(db, body),
    ordinaryPoorOutside: await countOrdinaryPoorOutside(db, wish),
    training: clock?.training ?? false,
  };
}

/**
 * 组织链 — the organisation at each level from `unitCode` upward, by the tree and not by digits; where
 * one has ended, its successor stands in its place.
 */
export async function loadChain(
  db: DbOrTx,
  unitCode: string,
): Promise<Pick<Facts, 'chain' | 'orgNames'>> {
  const rows = await db.execute<{
    code: string;
    level: OrgLevel;
    name: string;
    stands: boolean;
  }>(sql`
    with recursive up as (
      select code, coalesce(successor_code, parent_code) as next, level, name,
          successor_code is null as stands
        from organisations where code = ${unitCode}
      union select o.code, coalesce(o.successor_code, o.parent_code), o.level, o.name,
          o.successor_code is null
        from organisations o join up on o.code = up.next
    ) select code, level, name, stands from up`);
  const chain = [...rows].filter(({ stands }) => stands);
  return {
    chain: Object.fromEntries(chain.map(({ level, code }) => [level, code])),
    orgNames: Object.fromEntries([...rows].map(({ code, name }) => [code, name])),
  };
}

async function loadCases(db: DbOrTx, wish: FactsWish): Promise<Record<string, CaseFacts>> {
  const subjectIds = wish.cases.map((item) => item.subjectId);
  if (subjectIds.length === 0) return {};
  const snapshots = await db
    .select({ subjectId: households.id, body: registrySnapshots.body })
    .from(households)
    .innerJoin(registrySnapshots, eq(registrySnapshots.hash, households.snapshotHash))
    .where(inArray(households.id, subjectIds));
  const bySubject = new Map(snapshots.map(({ subjectId, body }) => [subjectId, body]));
  const forms = await loadForms(db, wish);
  const others = await loadOtherLive(db, wish);
  return Object.fromEntries(
    wish.cases.map(({ id, subjectId }) => [
      id,
      {
        caseId: id,
        subjectId,
        registry: bySubject.get(subjectId) ?? null,
        form: forms.get(id) ?? null,
        otherLiveCase: others.get(subjectId) ?? null,
      },
    ]),
  );
}

/** The form the command names for a case, else the one its last step closed with, else the latest. */
async function loadForms(db: DbOrTx, wish: FactsWish): Promise<Map<string, VisitForm>> {
  const named = new Map(namedForms(wish.body));
  const caseIds = wish.cases.map((item) => item.id);
  const rows = await db
    .select()
    .from(visitForms)
    .where(inArray(visitForms.caseId, caseIds))
    .orderBy(visitForms.caseId, visitForms.version);
  const wanted = new Map(wish.cases.map((item) => [item.id, named.get(item.id) ?? item.formHash]));
  const found = new Map<string, VisitForm>();
  for (const row of rows) {
    const hash = wanted.get(row.caseId) ?? null;
    if (hash === null || hash === row.hash) found.set(row.caseId, row.body);
  }
  return found;
}

function namedForms(body: CommandBody | null): [string, string][] {
  if (body?.type !== 'record-collection' && body?.type !== 'verify') return [];
  return body.entries.map(({ caseId, formHash }) => [caseId, formHash]);
}

async function loadOtherLive(db: DbOrTx, { plan, cases: wanted }: FactsWish) {
  if (plan.family === null) return new Map<string, string>();
  const rows = await db
    .select({ id: cases.id, subjectId: cases.subjectId })
    .from(cases)
    .where(
      and(
        eq(cases.family, plan.family),
        eq(cases.live, true),
        inArray(
          cases.subjectId,
          wanted.map((item) => item.subjectId),
        ),
        notInArray(
          cases.id,
          wanted.map((item) => item.id),
        ),
      ),
    );
  return new Map(rows.map(({ id, subjectId }) => [subjectId, id]));
}

async function loadFiles(db: DbOrTx, body: CommandBody | null): Promise<string[]> {
  const named = [...new Set(hashesIn(body))];
  if (named.length === 0) return [];
  const rows = await db.select({ hash: files.hash }).from(files).where(inArray(files.hash, named));
  return rows.map(({ hash }) => hash).sort();
}

const HASH_SHAPE = /^[0-9a-f]{64}$/;

function hashesIn(value: unknown): string[] {
  if (typeof value === 'string') return HASH_SHAPE.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(hashesIn);
}

async function loadWindows(db: DbOrTx, plan: Plan, codes: string[]): Promise<Facts['windows']> {
  const keys = plan.steps.flatMap((step) =>
    step.kind === 'registration' ? [step.functionKey] : [],
  );
  if (keys.length === 0 || codes.length === 0) return [];
  const { id, functionKey, unitCode, opensAt, closesAt } = registryWindows;
  return db
    .select({ id, functionKey, unitCode, opensAt, closesAt })
    .from(registryWindows)
    .where(and(inArray(functionKey, keys), inArray(unitCode, codes)))
    .orderBy(opensAt, id);
}

/** The signer of a paper typed for him (代录) and the operators whose rows a carry names. */
async function loadPeople(
  db: DbOrTx,
  body: CommandBody | null,
): Promise<Record<string, ActorSnapshot>> {
  const found = await Promise.all(namedPeople(body).map((userId) => loadActor(db, userId)));
  return Object.fromEntries(
    found.flatMap((person) => (person === undefined ? [] : [[person.userId, person]])),
  );
}

/** The signer of a 代录 paper; operator and reviewer of each registry entry. */
function namedPeople(body: CommandBody | null): string[] {
  const signer = body?.onBehalf?.userId;
  const entries = body?.type === 'carry-registrations' ? body.entries : [];
  const stamped = entries.flatMap(({ operatorId, reviewerId }) => [operatorId, reviewerId]);
  return [...new Set(signer === undefined ? stamped : [signer, ...stamped])].sort();
}

async function loadPlans(db: DbOrTx, body: CommandBody | null): Promise<Record<string, Plan>> {
  if (body?.type !== 'adopt-plan') return {};
  const rows = await db.select().from(plans).where(eq(plans.hash, body.planHash));
  return Object.fromEntries(rows.map((row) => [row.hash, row.body]));
}

async function countOrdinaryPoorOutside(db: DbOrTx, wish: FactsWish): Promise<number> {
  const subjectIds = wish.cases.map((item) => item.subjectId);
  const listed = db
    .select({ id: cases.subjectId })
    .from(cases)
    .where(
      and(
        eq(cases.villageCode, wish.unitCode),
        eq(cases.procedure, wish.plan.procedure),
        eq(cases.live, true),
      ),
    );
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(households)
    .where(
      and(
        eq(households.villageCode, wish.unitCode),
        inArray(households.status, ['poor', 'returned']),
        eq(households.attribute, 'ordinary'),
        subjectIds.length === 0 ? undefined : notInArray(households.id, subjectIds),
        notInArray(households.id, listed),
      ),
    );
  return row?.count ?? 0;
}
