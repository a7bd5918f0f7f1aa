/** 管辖范围: the one rule that says what a user may read. */
import { type AnyColumn, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { predecessorsOf, unitsBelow } from '../db/administration/tree.ts';
import { loadChain } from '../db/record/load-facts.ts';
import { cases, rosters } from '../db/schema/record.ts';
import type { ActorSnapshot, Duty, Role } from '../domain/kernel/actor.ts';
import { findAuthority } from '../domain/kernel/authority.ts';
import type { Facts } from '../domain/kernel/facts.ts';
import { ABOVE_COUNTY, levelOf, type OrgLevel, orgCode } from '../domain/organisation/org-code.ts';
import type { Plan, PlanStep } from '../domain/plan/plan.ts';
import type { Instant } from '../domain/time/instant.ts';
import { dutiesAt, grantsAt } from './actor.ts';
import { ApiProblem, RefusedProblem } from './problem.ts';

/**
 * Codes of the organisations whose area a user reads: those of own duties and area grants now. Who only
 * administers has no business with lists and the people on them.
 */
export function readableRoots(actor: ActorSnapshot, at: Instant): readonly string[] {
  const areas = grantsAt(actor, at).filter(({ kind }) => kind !== 'households');
  const held = dutiesAt(actor, at).filter(({ duty }) => duty !== 'administrator');
  return [...new Set([...held, ...areas].map(({ orgCode }) => orgCode))];
}

/** 按户授权: the households that were granted by name, whatever the area. */
export function grantedHouseholds(actor: ActorSnapshot, at: Instant): readonly string[] {
  return grantsAt(actor, at).flatMap(({ households }) => households ?? []);
}

/** Every organisation that the user may read. */
export function readableUnits(
  db: PostgresJsDatabase,
  actor: ActorSnapshot,
  at: Instant,
): Promise<readonly string[]> {
  return unitsBelow(db, readableRoots(actor, at));
}

/** Refuses a unit outside the area with NOT-YOUR-AREA. */
export async function requireReadable(
  db: PostgresJsDatabase,
  actor: ActorSnapshot,
  at: Instant,
  unitCode: string,
): Promise<void> {
  if (await isReadable(db, actor, at, unitCode)) return;
  throw new ApiProblem('NOT-YOUR-AREA', '这里不在您的管辖范围内', {
    missing: ['管辖这里的岗位或授权'],
  });
}

/** Whether the unit lies in the area that the user reads. */
export async function isReadable(
  db: PostgresJsDatabase,
  actor: ActorSnapshot,
  at: Instant,
  unitCode: string,
): Promise<boolean> {
  return (await readableUnits(db, actor, at)).includes(unitCode);
}

/**
 * Codes by which list rows (which carry unit, township and county) are found: the roots themselves,
 * and for roots above the counties the counties below them, with the cities that have lists of their own.
 */
export async function listRoots(
  db: PostgresJsDatabase,
  roots: readonly string[],
): Promise<readonly string[]> {
  const high = roots.filter((root) => ABOVE_COUNTY.includes(levelOf(orgCode(root))));
  const below = await unitsBelow(db, high);
  const listed = below.filter((code) => LISTING_LEVELS.includes(levelOf(orgCode(code))));
  return [...new Set([...roots, ...listed])];
}

/** Those whose codes stand in list rows as the county, or in its place where the list is a city's own. */
const LISTING_LEVELS: readonly OrgLevel[] = ['province', 'city', 'county'];

/** 办件范围 of a reader, for lists. */
export async function ownListRoots(
  db: PostgresJsDatabase,
  actor: ActorSnapshot,
  at: Instant,
): Promise<readonly string[]> {
  const roots = readableRoots(actor, at);
  return listRoots(db, [...roots, ...(await predecessorsOf(db, roots))]);
}

/** Whether one of the columns (unit, township, county) is among the roots. */
export function withinRoots(roots: readonly string[], columns: readonly AnyColumn[]): SQL {
  if (roots.length === 0) return sql`false`;
  return or(...columns.map((column) => inArray(column, [...roots]))) ?? sql`false`;
}

/** Lists of the reader's area, and those on which a household stands that was granted by name. */
export async function withinReach(
  db: PostgresJsDatabase,
  actor: ActorSnapshot,
  at: Instant,
  columns: readonly AnyColumn[],
): Promise<SQL> {
  const area = withinRoots(await ownListRoots(db, actor, at), columns);
  const granted = grantedHouseholds(actor, at);
  return granted.length === 0 ? area : (or(area, carries(granted)) ?? area);
}

/** Lists on which one of the households stands. */
export function carries(households: readonly string[]): SQL {
  return sql`exists (select from ${cases} where ${cases.rosterId} = ${rosters.id}
    and ${inArray(cases.subjectId, [...households])})`;
}

/** The organisation for which a role is held; refuses, in the kernel's words, whoever holds none. */
export async function requireRole(
  db: PostgresJsDatabase,
  { actor, at, roles, unitCode, step, plan, subjects = [] }: RoleRequest,
): Promise<string> {
  const { chain, orgNames } = await loadChain(db, unitCode);
  const facts: Facts = {
    cases: {},
    files: [],
    chain,
    orgNames,
    training: false,
    windows: [],
    people: {},
    groups: [],
    plans: {},
    ordinaryPoorOutside: 0,
  };
  const matter = { clauseId: step?.clauseId, subjects };
  const authority = findAuthority(actor, roles, facts, at, matter);
  if (!authority.ok) throw new RefusedProblem([authority.refusal], plan?.clauses ?? {});
  return authority.orgCode;
}

/** What {@link requireRole} asks: one of the roles, over a unit. */
export interface RoleRequest {
  readonly actor: ActorSnapshot;
  readonly at: Instant;
  readonly roles: readonly Role[];
  readonly unitCode: string;
  /** Households that it is about, for who was granted no more than them. */
  readonly subjects?: readonly string[];
  /** What a refusal cites: the step and its plan. */
  readonly step?: Pick<PlanStep, 'clauseId'>;
  readonly plan?: Pick<Plan, 'clauses'>;
}

/** The held duty of that kind over the unit (at it or above it in the tree), else NOT-YOUR-DUTY. */
export async function requireDutyOver(
  db: PostgresJsDatabase,
  { actor, at, duty, unitCode, words, whoClears = words }: DutyRequest,
): Promise<string> {
  for (const held of dutiesAt(actor, at).filter((candidate) => candidate.duty === duty)) {
    const units = await unitsBelow(db, [held.orgCode]);
    if (units.includes(unitCode)) return held.orgCode;
  }
  throw new ApiProblem('NOT-YOUR-DUTY', words, { missing: [`${whoClears}办理`], whoClears });
}

/** What {@link requireDutyOver} asks. */
export interface DutyRequest {
  readonly actor: ActorSnapshot;
  readonly at: Instant;
  readonly duty: Duty;
  readonly unitCode: string;
  /** Why not, in Chinese. */
  readonly words: string;
  /** Who may do it; the words themselves unless given. */
  readonly whoClears?: string;
}
