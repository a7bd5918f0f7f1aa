/** 空岗 — desks of a county at which lists wait and that nobody holds: the parent organisation is told. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { DUTY_WORDS, type Role } from '../../domain/kernel/actor.ts';
import type { OrgLevel } from '../../domain/organisation/org-code.ts';
import type { Plan, PlanStep, ReminderLadder } from '../../domain/plan/plan.ts';
import { type Addressee, superiorOf } from '../../domain/reminder/ladder.ts';
import { type Instant, type PlainDate, plainDateAt } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { loadChain } from '../record/load-facts.ts';
import { duties, users } from '../schema/organisation.ts';
import { plans, rosters } from '../schema/record.ts';
import { vacancies } from '../schema/reminders.ts';
import { findDesks, heldOn, tellPeople } from './tell-people.ts';

/** A desk: one of these has to be held at its organisation, or nobody can act. */
export type Desk = readonly Addressee[];

/** 环节所需岗位 — every desk without which the step cannot be done. */
export function desksOf(step: PlanStep): readonly Desk[] {
  const any = (roles: readonly Role[]): Desk => roles.map((role) => ({ role, department: null }));
  switch (step.kind) {
    case 'comparison': {
      const asked = step.by.filter(({ duty }) => duty !== 'department');
      const answering = step.by.find(({ duty }) => duty === 'department');
      const departments = answering === undefined ? [] : step.departments;
      const desks = departments.map((department) =>
        answering === undefined ? [] : [{ role: answering, department }],
      );
      return [any(asked), ...desks];
    }
    case 'notice':
    case 'announcement':
      return [any(step.by), any(step.posters)];
    case 'registration':
      return [any(step.by), any(step.reviewers)];
    default:
      return [any(step.by)];
  }
}

/** `level/duty`, with `:department` where one is meant, joined by |. */
export function deskName(desk: Desk): string {
  return desk
    .map(({ role, department }) => {
      const named = department === null ? '' : `:${department}`;
      return `${role.level}/${role.duty}${named}`;
    })
    .join('|');
}

type Place = Awaited<ReturnType<typeof loadChain>>;

interface Vacant {
  readonly orgCode: string;
  readonly desk: string;
  readonly words: string;
  readonly role: Role;
  readonly chain: Readonly<Partial<Record<OrgLevel, string>>>;
  readonly superiors: ReminderLadder['superiors'];
}

/**
 * Notes every desk that is empty now, tells the parent organisation of those newly found, and ends the
 * vacancies that are filled or at which nothing waits any more. Returns how many are open.
 */
export async function noteVacancies(
  db: DbOrTx,
  { countyCode, now }: { readonly countyCode: string; readonly now: Instant },
): Promise<number> {
  const found = await findVacant(db, countyCode, plainDateAt(now));
  await endVacancies(db, countyCode, found, now);
  for (const vacant of found.values()) await openVacancy(db, countyCode, vacant, now);
  return found.size;
}

/** Open lists by unit, plan and step: few, however many lists there are. */
async function findVacant(db: DbOrTx, countyCode: string, day: PlainDate) {
  const { unitCode, planHash, stepKey, open } = rosters;
  const waiting = await db
    .selectDistinct({ unitCode, planHash, stepKey })
    .from(rosters)
    .where(and(eq(rosters.countyCode, countyCode), eq(open, true)));
  const found = new Map<string, Vacant>();
  const used = await loadPlans(db, [...new Set(waiting.map((each) => each.planHash))]);
  const places = new Map<string, Place>();
  for (const code of new Set(waiting.map((each) => each.unitCode))) {
    places.set(code, await loadChain(db, code));
  }
  const held = await heldDesks(db, [...places.values()], day);
  for (const each of waiting) {
    const plan = used.get(each.planHash);
    const place = places.get(each.unitCode);
    const step = plan?.steps.find(({ key }) => key === each.stepKey);
    if (plan === undefined || place === undefined || step === undefined) continue;
    for (const desk of desksOf(step)) {
      const vacant = vacantAt(plan, place, desk, held);
      if (vacant !== undefined) found.set(`${vacant.orgCode} ${vacant.desk}`, vacant);
    }
  }
  return found;
}

async function loadPlans(db: DbOrTx, hashes: string[]): Promise<ReadonlyMap<string, Plan>> {
  if (hashes.length === 0) return new Map();
  const rows = await db.select().from(plans).where(inArray(plans.hash, hashes));
  return new Map(rows.map(({ hash, body }) => [hash, body]));
}

/** `org duty` and `org duty:department` of everything held there on a day. */
async function heldDesks(
  db: DbOrTx,
  places: readonly Place[],
  day: PlainDate,
): Promise<ReadonlySet<string>> {
  const codes = [...new Set(places.flatMap(({ chain }) => Object.values(chain)))];
  if (codes.length === 0) return new Set();
  const { orgCode, duty, department } = duties;
  const rows = await db
    .selectDistinct({ orgCode, duty, department })
    .from(duties)
    .innerJoin(users, eq(users.id, duties.userId))
    .where(and(inArray(orgCode, codes), heldOn(day)));
  return new Set(
    rows.flatMap((row) => [
      `${row.orgCode} ${row.duty}`,
      `${row.orgCode} ${row.duty}:${row.department ?? ''}`,
    ]),
  );
}

function vacantAt(
  plan: Plan,
  { chain, orgNames }: Place,
  desk: Desk,
  held: ReadonlySet<string>,
): Vacant | undefined {
  const [first] = desk;
  const orgCode = first === undefined ? undefined : chain[first.role.level];
  if (first === undefined || orgCode === undefined) return undefined;
  const isHeld = desk.some(({ role, department }) => {
    const at = `${chain[role.level] ?? ''} ${role.duty}`;
    return held.has(department === null ? at : `${at}:${department}`);
  });
  if (isHeld) return undefined;
  const names = desk.map(({ role, department }) => {
    const name = orgNames[chain[role.level] ?? ''] ?? '';
    return `${name}${department ?? DUTY_WORDS[role.duty]}`;
  });
  const words = `${names.join('、')}空岗，有名单等待办理，请尽快安排人员`;
  const superiors = plan.reminders?.superiors ?? {};
  return { orgCode, desk: deskName(desk), words, role: first.role, chain, superiors };
}

async function endVacancies(
  db: DbOrTx,
  countyCode: string,
  found: ReadonlyMap<string, Vacant>,
  now: Instant,
): Promise<void> {
  const open = await db
    .select()
    .from(vacancies)
    .where(and(eq(vacancies.countyCode, countyCode), isNull(vacancies.endedAt)));
  const over = open.filter(({ orgCode, desk }) => !found.has(`${orgCode} ${desk}`));
  if (over.length === 0) return;
  await db
    .update(vacancies)
    .set({ endedAt: now })
    .where(
      inArray(
        vacancies.id,
        over.map(({ id }) => id),
      ),
    );
}

async function openVacancy(
  db: DbOrTx,
  countyCode: string,
  vacant: Vacant,
  now: Instant,
): Promise<void> {
  const { orgCode, desk, words, role } = vacant;
  await db.transaction(async (tx) => {
    const opened = await tx
      .insert(vacancies)
      .values({ countyCode, orgCode, desk, words, foundAt: now })
      .onConflictDoNothing({
        target: [vacancies.orgCode, vacancies.desk],
        where: sql`${vacancies.endedAt} is null`,
      })
      .returning({ id: vacancies.id });
    const [row] = opened;
    const above = superiorOf(vacant, role);
    if (row === undefined || above === undefined) return;
    const desks = await findDesks(tx, vacant, [{ role: above, department: null }], now);
    const about = `vacancy:${row.id}`;
    const message = { about, rosterId: null, unitCode: orgCode, words, at: now };
    await tellPeople(tx, desks, { ...message, kind: 'vacancy' });
    const told = desks.find(({ people }) => people > 0)?.orgCode ?? null;
    await tx.update(vacancies).set({ toldOrg: told }).where(eq(vacancies.id, row.id));
  });
}
