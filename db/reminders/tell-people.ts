/** 通知到人 — who holds a desk on a day, and the rows that tell them. */
import { and, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { Duty, Role } from '../../domain/kernel/actor.ts';
import type { OrgLevel } from '../../domain/organisation/org-code.ts';
import type { ReminderLadder } from '../../domain/plan/plan.ts';
import { type Addressee, superiorOf } from '../../domain/reminder/ladder.ts';
import { type Instant, type PlainDate, plainDateAt } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { duties, users } from '../schema/organisation.ts';
import { notifications, type ToldDesk } from '../schema/reminders.ts';

/** Where a desk is looked for: the organisations above a list and the superiors of its plan. */
export interface DeskPlace {
  readonly chain: Readonly<Partial<Record<OrgLevel, string>>>;
  readonly superiors: ReminderLadder['superiors'];
}

/** 受通知人 of one desk. */
export interface HeldDesk extends ToldDesk {
  readonly userIds: readonly string[];
}

/** What people are told, whatever desk they hold. */
export interface Message {
  readonly about: string;
  readonly kind: 'reminder' | 'escalation' | 'nudge' | 'vacancy';
  readonly rosterId: string | null;
  readonly unitCode: string;
  readonly words: string;
  readonly at: Instant;
}

/**
 * The desks to be told: those addressed, and for each that nobody holds (空岗) the next one above that
 * somebody does, so that no reminder goes nowhere while anybody is there to hear it.
 */
export async function findDesks(
  db: DbOrTx,
  place: DeskPlace,
  to: readonly Addressee[],
  at: Instant,
): Promise<readonly HeldDesk[]> {
  const day = plainDateAt(at);
  const found: HeldDesk[] = [];
  for (const addressee of to) {
    const tried = new Set<string>();
    let next: Addressee | undefined = addressee;
    while (next !== undefined && !tried.has(deskKey(next.role))) {
      tried.add(deskKey(next.role));
      const desk: HeldDesk | undefined = await findDesk(db, place, next, day);
      if (desk !== undefined) found.push(desk);
      if (desk !== undefined && desk.people > 0) break;
      const above: Role | undefined = superiorOf(place, next.role);
      next = above === undefined ? undefined : { role: above, department: null };
    }
  }
  return found;
}

function deskKey({ level, duty }: Role): string {
  return `${level}/${duty}`;
}

/** Undefined where the tree has no organisation of that level over the list. */
async function findDesk(
  db: DbOrTx,
  { chain }: DeskPlace,
  { role, department }: Addressee,
  day: PlainDate,
): Promise<HeldDesk | undefined> {
  const orgCode = chain[role.level];
  if (orgCode === undefined) return undefined;
  const userIds = await findHolders(db, { orgCode, duty: role.duty, department, day });
  return { orgCode, duty: role.duty, department, people: userIds.length, userIds };
}

/** 在岗人员 of a desk on a day; a disabled user holds nothing. */
async function findHolders(
  db: DbOrTx,
  desk: {
    readonly orgCode: string;
    readonly duty: Duty;
    readonly department: string | null;
    readonly day: PlainDate;
  },
): Promise<readonly string[]> {
  const rows = await db
    .selectDistinct({ userId: duties.userId })
    .from(duties)
    .innerJoin(users, eq(users.id, duties.userId))
    .where(
      and(
        eq(duties.orgCode, desk.orgCode),
        eq(duties.duty, desk.duty),
        desk.department === null ? undefined : eq(duties.department, desk.department),
        heldOn(desk.day),
      ),
    )
    .orderBy(duties.userId);
  return rows.map(({ userId }) => userId);
}

/** Condition on `duties` joined with `users`: held on that day by somebody who may sign in. */
export function heldOn(day: PlainDate) {
  const notOver = or(isNull(duties.validTo), gt(duties.validTo, day));
  return and(lte(duties.validFrom, day), notOver, isNull(users.disabledAt)) ?? sql`false`;
}

/** What is kept of the desks with the reminder: how many people, not who. */
export function toldOf(desks: readonly HeldDesk[]): readonly ToldDesk[] {
  return desks.map(({ orgCode, duty, department, people }) => ({
    orgCode,
    duty,
    department,
    people,
  }));
}

/** Writes what everybody at the desks is told; a person of two desks is told once. */
export async function tellPeople(
  db: DbOrTx,
  desks: readonly HeldDesk[],
  message: Message,
): Promise<void> {
  const rows = desks.flatMap(({ userIds, orgCode, duty }) =>
    userIds.map((userId) => ({ ...message, userId, orgCode, duty })),
  );
  if (rows.length === 0) return;
  await db.insert(notifications).values(rows).onConflictDoNothing();
}
