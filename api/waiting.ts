/** 等谁办: which lists wait for which duties. An index for to-do lists; authority is `decide`'s. */
import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { plans, rosters } from '../db/schema/record.ts';
import type { ActorSnapshot, HeldDuty, Role } from '../domain/kernel/actor.ts';
import { levelOf, type OrgLevel, orgCode } from '../domain/organisation/org-code.ts';
import type { PlanStep } from '../domain/plan/plan.ts';
import type { Instant } from '../domain/time/instant.ts';
import { dutiesAt, grantsAt } from './actor.ts';
import { carries } from './area.ts';

/** 环节 of a plan as far as lists of lists need it. */
export interface StepBrief {
  readonly key: string;
  readonly name: string;
  readonly kind: PlanStep['kind'];
  /** Who acts; the first of them is the desk on which a list lies. */
  readonly by: readonly Role[];
  /** Everybody for whom something is to be done at the step. */
  readonly all: readonly Role[];
}

/** Plans kept in memory; a plan never changes under its hash, so nothing here goes stale. */
const BRIEFS_MAX = 20_000;
const briefs = new Map<string, readonly StepBrief[]>();

function briefOf(step: PlanStep): StepBrief {
  const { key, name, kind, by } = step;
  const more =
    step.kind === 'registration'
      ? step.reviewers
      : step.kind === 'notice' || step.kind === 'announcement'
        ? step.posters
        : [];
  return { key, name, kind, by, all: [...by, ...more] };
}

/** Steps by plan hash; only plans not seen before are read. */
export async function stepBriefs(
  db: PostgresJsDatabase,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, readonly StepBrief[]>> {
  const fresh = [...new Set(hashes)].filter((hash) => !briefs.has(hash));
  if (fresh.length > 0) {
    if (briefs.size + fresh.length > BRIEFS_MAX) briefs.clear();
    const steps = sql<readonly PlanStep[]>`${plans.body} -> 'steps'`;
    const rows = await db
      .select({ hash: plans.hash, steps })
      .from(plans)
      .where(inArray(plans.hash, fresh));
    for (const row of rows) briefs.set(row.hash, row.steps.map(briefOf));
  }
  return briefs;
}

/** A step at which lists stand, under one of the plans in use. */
export interface StepInUse {
  readonly planHash: string;
  readonly step: StepBrief;
}

/** The steps at which the lists under a condition stand. */
export async function stepsInUse(
  db: PostgresJsDatabase,
  condition: SQL | undefined,
): Promise<readonly StepInUse[]> {
  const { planHash, stepKey } = rosters;
  const rows = await db.selectDistinct({ planHash, stepKey }).from(rosters).where(condition);
  const known = await stepBriefs(
    db,
    rows.map((row) => row.planHash),
  );
  return rows.flatMap((row) => {
    const step = known.get(row.planHash)?.find(({ key }) => key === row.stepKey);
    return step === undefined ? [] : [{ planHash: row.planHash, step }];
  });
}

/** Lists that stand at one of the steps. */
export function atSteps(steps: readonly StepInUse[]): SQL {
  if (steps.length === 0) return sql`false`;
  const hashes = sql.param(steps.map(({ planHash }) => planHash));
  const keys = sql.param(steps.map(({ step }) => step.key));
  return sql`(${rosters.planHash}, ${rosters.stepKey}) in
    (select * from unnest(${hashes}::text[], ${keys}::text[]))`;
}

const COLUMN_OF: Readonly<Partial<Record<OrgLevel, SQL>>> = {
  village: sql`${rosters.unitCode}`,
  township: sql`${rosters.townshipCode}`,
  county: sql`${rosters.countyCode}`,
};

/** Where a duty holds: at its own organisation, and where an area grant lends it. */
function areasOf(held: HeldDuty, actor: ActorSnapshot, at: Instant): readonly string[] {
  const lent = grantsAt(actor, at).filter(
    ({ kind, duty }) => kind === 'area' && duty === held.duty,
  );
  return [held.orgCode, ...lent.map((grant) => grant.orgCode)];
}

/** Open lists under a condition that wait for somebody with the duties that the actor holds now. */
export async function waitingFor(
  db: PostgresJsDatabase,
  open: SQL | undefined,
  actor: ActorSnapshot,
  at: Instant,
): Promise<SQL> {
  const inUse = await stepsInUse(db, open);
  const parts = dutiesAt(actor, at).flatMap((duty) => {
    const own = inUse.filter(({ step }) =>
      step.all.some((role) => role.level === duty.level && role.duty === duty.duty),
    );
    if (own.length === 0) return [];
    const named = grantsAt(actor, at).flatMap((grant) =>
      grant.duty === duty.duty ? (grant.households ?? []) : [],
    );
    const lent = named.length === 0 ? [] : [and(atSteps(own), carries(named))];
    const areas = areasOf(duty, actor, at).map((code) => {
      // Above the counties no column is kept; the area condition has already chosen there.
      const column = COLUMN_OF[levelOf(orgCode(code))];
      // The holder too: a list of an organisation that ended is held by its successor.
      const held = column && sql`(${column} = ${code} or ${rosters.holderCode} = ${code})`;
      return and(atSteps(own), held);
    });
    return [...areas, ...lent];
  });
  return or(...parts) ?? sql`false`;
}

/** Lists that lie on one desk: the organisation that holds them, and the duty that acts first. */
export async function onDesk(
  db: PostgresJsDatabase,
  open: SQL | undefined,
  desk: { readonly holder: string; readonly duty: string },
): Promise<SQL | undefined> {
  const inUse = await stepsInUse(db, and(open, eq(rosters.holderCode, desk.holder)));
  const own = inUse.filter(({ step }) => step.by[0]?.duty === desk.duty);
  return and(eq(rosters.holderCode, desk.holder), atSteps(own));
}
