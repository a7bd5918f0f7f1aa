/** 事实 — what a decision may know, read in its own transaction; `decide` never asks anybody. */
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { CaseFacts, RegistrySnapshot, VisitForm } from '../../domain/facts/household-facts.ts';
import { isVillageForm, type VillageForm } from '../../domain/facts/village-facts.ts';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { CommandBody } from '../../domain/kernel/command.ts';
import type { ActFact, Facts } from '../../domain/kernel/facts.ts';
import type { FactsNeed } from '../../domain/kernel/facts-need.ts';
import type { OrgLevel } from '../../domain/organisation/org-code.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { DbOrTx } from '../import/database.ts';
import { acts, actTargets, businessClock, files, registryWindows } from '../schema/effects.ts';
import { households, registrySnapshots, visitForms } from '../schema/households.ts';
import { villagerGroups } from '../schema/organisation.ts';
import { cases, plans, rosters } from '../schema/record.ts';
import { isAnyOf } from './any-of.ts';
import { countMonitored, countOrdinaryPoorOutside } from './count-households.ts';
import { KeptPapers } from './kept-papers.ts';
import { loadActors } from './load-actor.ts';
import { loadCounties } from './load-counties.ts';
import { loadOpenSheets, loadVillages } from './load-villages.ts';

/** A case whose facts are wanted. */
export interface FactCase {
  readonly id: string;
  readonly subjectId: string;
  readonly formHash: string | null;
}

/** For which decision; what is to be loaded is the kernel's to say (`factsNeeded`). */
export interface FactsWish extends Omit<FactsNeed, 'cases'> {
  readonly plan: Plan;
  readonly unitCode: string;
  readonly cases: readonly FactCase[];
  /** Null at launch and for a dry run without a command. */
  readonly body: CommandBody | null;
  /** Files named at a launch, which is no command. */
  readonly proofs?: readonly string[];
  /** 组织链 where the caller has read it already. */
  readonly place?: Place;
  /** 演练, likewise. */
  readonly training?: boolean;
}

/** 组织链 with the names of its organisations. */
export type Place = Pick<Facts, 'chain' | 'orgNames'>;

/** 事实. The queries go out together, whatever the number of cases. */
export async function loadFacts(db: DbOrTx, wish: FactsWish): Promise<Facts> {
  const { plan, unitCode, body } = wish;
  const place = wish.place ?? (await loadChain(db, unitCode));
  const [cases, files, windows, people, groups, plansNamed, ordinaryPoorOutside, training] =
    await Promise.all([
      loadCases(db, wish),
      loadFiles(db, [body, wish.proofs ?? []]),
      wish.windows ? loadWindows(db, plan, windowUnits(wish, place)) : [],
      loadPeople(db, body),
      wish.groups ? loadGroups(db, unitCode) : [],
      loadPlans(db, body),
      wish.ordinaryPoorOutside ? countOrdinaryPoorOutside(db, wish) : null,
      wish.training ?? isTraining(db),
    ]);
  const monitoringScale = wish.monitoringScale ? await countMonitored(db, wish, place) : null;
  const act = await loadAct(db, unitCode, body);
  return {
    ...(act !== undefined && { act }),
    cases,
    files,
    ...place,
    windows,
    people,
    groups,
    plans: plansNamed,
    ordinaryPoorOutside,
    ...(monitoringScale !== null && { monitoringScale }),
    training,
  };
}

function loadGroups(db: DbOrTx, unitCode: string): Promise<Facts['groups'][number][]> {
  return db
    .select({ id: villagerGroups.id, name: villagerGroups.name })
    .from(villagerGroups)
    .where(eq(villagerGroups.villageCode, unitCode))
    .orderBy(villagerGroups.id);
}

/** 演练 — whether this is a training instance, as a column of any statement. */
export const TRAINING = sql<boolean>`coalesce((select ${businessClock.training} from ${businessClock}
  where ${businessClock.id} = 1), false)`;

async function isTraining(db: DbOrTx): Promise<boolean> {
  const [row] = await db.execute<{ training: boolean }>(sql`select ${TRAINING} as training`);
  return row?.training === true;
}

/**
 * 组织链 — the organisation at each level from `unitCode` upward, by the tree and not by digits; where
 * one has ended, its successor stands in its place.
 */
export async function loadChain(db: DbOrTx, unitCode: string): Promise<Place> {
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

/** The guard that reads 村表 of other villages. */
const SHEETS = 'GV6';

function placesGuard({ steps }: Plan, guardId: string): boolean {
  return steps.some(({ guards }) => guards.some(({ id }) => id === guardId));
}

async function loadCases(db: DbOrTx, wish: FactsWish): Promise<Record<string, CaseFacts>> {
  if (wish.cases.length === 0) return {};
  const { plan } = wish;
  const isOfVillages = plan.subject === 'village';
  const isOfCounties = plan.subject === 'county';
  const [snapshots, villages, counties, openSheets, forms, others] = await Promise.all([
    plan.subject === undefined ? loadSnapshots(db, wish) : new Map<string, RegistrySnapshot>(),
    isOfVillages ? loadVillages(db, subjectsOf(wish.cases)) : null,
    isOfCounties ? loadCounties(db, plan, subjectsOf(wish.cases)) : null,
    placesGuard(plan, SHEETS) ? loadOpenSheets(db, wish.unitCode) : null,
    loadForms(db, wish),
    wish.otherLists ? loadOtherLive(db, wish) : new Map<string, string>(),
  ]);
  return Object.fromEntries(
    wish.cases.map(({ id, subjectId }) => [
      id,
      {
        caseId: id,
        subjectId,
        registry: snapshots.get(subjectId) ?? null,
        form: visitFormOf(forms.get(id)),
        otherLiveCase: others.get(subjectId) ?? null,
        ...(counties !== null && { county: { registry: counties.get(subjectId) ?? null } }),
        ...(villages !== null && {
          village: {
            registry: villages.get(subjectId) ?? null,
            form: villageFormOf(forms.get(id)),
            ...(openSheets !== null && { openSheets }),
          },
        }),
      },
    ]),
  );
}

const keptSnapshots = new KeptPapers<RegistrySnapshot>();
const keptForms = new KeptPapers<VisitForm | VillageForm>();

function visitFormOf(form: VisitForm | VillageForm | undefined): VisitForm | null {
  return form === undefined || isVillageForm(form) ? null : form;
}

function villageFormOf(form: VisitForm | VillageForm | undefined): VillageForm | null {
  return form !== undefined && isVillageForm(form) ? form : null;
}

/** The latest of each household. Its hash leaves out when it was read, so that stands in the key too. */
async function loadSnapshots(
  db: DbOrTx,
  { cases: wanted }: FactsWish,
): Promise<Map<string, RegistrySnapshot>> {
  const { hash, asOf, body } = registrySnapshots;
  const key = sql<string>`${hash} || '@' || ${asOf}::text`;
  const rows = await db
    .select({ subjectId: households.id, key })
    .from(households)
    .innerJoin(registrySnapshots, eq(hash, households.snapshotHash))
    .where(isAnyOf(households.id, subjectsOf(wanted)));
  const papers = await keptSnapshots.of(
    rows.map((row) => row.key),
    async (missing) => {
      const hashes = missing.map((each) => each.slice(0, each.indexOf('@')));
      const read = db.select({ key, body }).from(registrySnapshots).where(isAnyOf(hash, hashes));
      return (await read).map((row) => [row.key, row.body]);
    },
  );
  return new Map(rows.flatMap((row) => entryOf(row.subjectId, papers.get(row.key))));
}

/**
 * The form a case's last step closed with, else the latest. Of a case that the command hands a form in for,
 * the latest: whether it is the one that was named is the kernel's to say.
 */
async function loadForms(
  db: DbOrTx,
  wish: FactsWish,
): Promise<Map<string, VisitForm | VillageForm>> {
  const handedIn = new Set(casesHandedIn(wish.body));
  const ids = wish.cases.map(({ id }) => id);
  const hashes = wish.cases.map(({ id, formHash }) => (handedIn.has(id) ? null : formHash));
  const { caseId, hash, version, body } = visitForms;
  const wanted = sql`unnest(${sql.param(ids)}::text[], ${sql.param(hashes)}::text[]) as wanted(id, hash)`;
  const rows = await db
    .selectDistinctOn([caseId], { caseId, hash, version })
    .from(visitForms)
    .innerJoin(
      wanted,
      sql`wanted.id = ${caseId} and (wanted.hash is null or wanted.hash = ${hash})`,
    )
    .orderBy(caseId, desc(version));
  const keyOf = (row: { hash: string; version: number }) => `${row.hash}@${row.version}`;
  const papers = await keptForms.of(rows.map(keyOf), async (missing) => {
    const wantedHashes = missing.map((each) => each.slice(0, each.indexOf('@')));
    const read = db
      .select({ hash, version, body })
      .from(visitForms)
      .where(isAnyOf(hash, wantedHashes));
    return (await read).map((row) => [keyOf(row), row.body]);
  });
  return new Map(rows.flatMap((row) => entryOf(row.caseId, papers.get(keyOf(row)))));
}

function entryOf<Paper>(id: string, paper: Paper | undefined): [string, Paper][] {
  return paper === undefined ? [] : [[id, paper]];
}

function casesHandedIn(body: CommandBody | null): string[] {
  if (body?.type !== 'record-collection' && body?.type !== 'verify') return [];
  return body.entries.map(({ caseId }) => caseId);
}

async function loadOtherLive(db: DbOrTx, { plan, cases: wanted }: FactsWish) {
  if (plan.family === null) return new Map<string, string>();
  const { id, subjectId, family, live } = cases;
  const own = sql`unnest(${sql.param(wanted.map((item) => item.id))}::text[]) as own(id)`;
  const rows = await db
    .select({ id, subjectId })
    .from(cases)
    .where(
      and(
        eq(family, plan.family),
        eq(live, true),
        isAnyOf(subjectId, subjectsOf(wanted)),
        sql`not exists (select from ${own} where own.id = ${id})`,
      ),
    );
  return new Map(rows.map((row) => [row.subjectId, row.id]));
}

function subjectsOf(wanted: readonly FactCase[]): string[] {
  return wanted.map(({ subjectId }) => subjectId);
}

async function loadFiles(db: DbOrTx, naming: unknown): Promise<string[]> {
  const named = [...new Set(hashesIn(naming))];
  if (named.length === 0) return [];
  const rows = await db.select({ hash: files.hash }).from(files).where(isAnyOf(files.hash, named));
  return rows.map(({ hash }) => hash).sort();
}

const HASH_SHAPE = /^[0-9a-f]{64}$/;

function hashesIn(value: unknown): string[] {
  if (typeof value === 'string') return HASH_SHAPE.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(hashesIn);
}

/** Whose windows matter: those above a list that enters, those of the counties that apply. */
function windowUnits({ plan, cases }: FactsWish, { chain }: Place): string[] {
  return plan.subject === 'county' ? subjectsOf(cases) : Object.values(chain);
}

async function loadWindows(db: DbOrTx, plan: Plan, codes: string[]): Promise<Facts['windows']> {
  const keys = plan.steps.flatMap((step) =>
    step.kind === 'registration'
      ? [step.functionKey]
      : step.kind === 'opening'
        ? step.functions.map(({ key }) => key)
        : [],
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
  const found = await loadActors(db, namedPeople(body));
  return Object.fromEntries(found.map((person) => [person.userId, person]));
}

/** The signer of a 代录 paper; operator and reviewer of each registry entry. */
function namedPeople(body: CommandBody | null): string[] {
  const signer = body?.onBehalf?.userId;
  const entries = body?.type === 'carry-registrations' ? body.entries : [];
  const stamped = entries.flatMap(({ operatorId, reviewerId }) => [operatorId, reviewerId]);
  return [...new Set(signer === undefined ? stamped : [signer, ...stamped])].sort();
}

/** 文书 named by the command, with the lists of this unit that it covers; undefined when none was signed. */
async function loadAct(
  db: DbOrTx,
  unitCode: string,
  body: CommandBody | null,
): Promise<ActFact | undefined> {
  if (body?.act === undefined) return undefined;
  const { id, kind, issuerCode, documentNo, documentOn, signedBy } = acts;
  const [act] = await db
    .select({ id, kind, issuerCode, documentNo, documentOn, signedBy })
    .from(acts)
    .where(eq(id, body.act.actId));
  if (act === undefined) return undefined;
  const covered = await db
    .select({ rosterId: actTargets.rosterId })
    .from(actTargets)
    .innerJoin(rosters, eq(rosters.id, actTargets.rosterId))
    .where(and(eq(actTargets.actId, act.id), eq(rosters.unitCode, unitCode)))
    .orderBy(actTargets.rosterId);
  return { ...act, lists: covered.map(({ rosterId }) => rosterId) };
}

async function loadPlans(db: DbOrTx, body: CommandBody | null): Promise<Record<string, Plan>> {
  if (body?.type !== 'adopt-plan') return {};
  const rows = await db.select().from(plans).where(eq(plans.hash, body.planHash));
  return Object.fromEntries(rows.map((row) => [row.hash, row.body]));
}
