/** 触发提醒 — rungs whose time has come, each claimed by its row and told to people in one transaction. */
import { and, asc, eq, isNotNull, lte, min } from 'drizzle-orm';
import type { RosterState } from '../../domain/kernel/state.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { firstRungFrom, ladderOf, type Rung } from '../../domain/reminder/ladder.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { loadChain } from '../record/load-facts.ts';
import { loadPlan } from '../record/load-plan.ts';
import { clues } from '../schema/effects.ts';
import { rosters } from '../schema/record.ts';
import { reminders } from '../schema/reminders.ts';
import { type DeskPlace, findDesks, type HeldDesk, tellPeople, toldOf } from './tell-people.ts';

/** Lists looked at for one instant before others get their turn. */
const LISTS_MAX = 200;

/** 触发情况: how many rungs fired, and whether more lists wait for the same moment. */
export interface Fired {
  readonly fired: number;
  readonly more: boolean;
}

/**
 * Fires what is due in a county at the earliest instant up to `upTo`, and only that: called again it
 * takes the next, so that rungs fire in the order of their instants. Repeating it changes nothing.
 */
export async function fireEarliest(
  db: DbOrTx,
  { countyCode, upTo, now }: { countyCode: string; upTo: Instant; now: Instant },
): Promise<Fired> {
  const at = await findNextReminder(db, countyCode);
  if (at === null || at > upTo) return { fired: 0, more: false };
  const due = await db
    .select({ rosterId: rosters.id })
    .from(rosters)
    .where(and(eq(rosters.countyCode, countyCode), lte(rosters.nextReminderAt, at)))
    .orderBy(asc(rosters.id))
    .limit(LISTS_MAX);
  const plans = new Map<string, Plan>();
  let fired = 0;
  for (const { rosterId } of due) fired += await fireList(db, plans, { rosterId, at, now });
  return { fired, more: true };
}

/** The instant at which the county's sweeper has next to look; null when nothing is to come. */
export async function findNextReminder(db: DbOrTx, countyCode: string): Promise<Instant | null> {
  const { nextReminderAt } = rosters;
  const [row] = await db
    .select({ at: min(nextReminderAt) })
    .from(rosters)
    .where(and(eq(rosters.countyCode, countyCode), isNotNull(nextReminderAt)));
  return row?.at ?? null;
}

/** The list is locked meanwhile: a command that moves it comes before or after, never between. */
async function fireList(
  db: DbOrTx,
  plans: Map<string, Plan>,
  { rosterId, at, now }: { rosterId: string; at: Instant; now: Instant },
): Promise<number> {
  return db.transaction(async (tx) => {
    const { state, planHash, unitCode, countyCode, nextReminderAt } = rosters;
    const [row] = await tx
      .select({ state, planHash, unitCode, countyCode, nextReminderAt })
      .from(rosters)
      .where(eq(rosters.id, rosterId))
      .for('update');
    // Another sweep has been here.
    if (row === undefined || row.nextReminderAt === null || row.nextReminderAt > at) return 0;
    const plan = plans.get(row.planHash) ?? (await loadPlan(tx, row.planHash));
    plans.set(row.planHash, plan);
    const due = ladderOf(plan, row.state).filter((rung) => rung.firesAt <= at);
    const fired = await fireRungs(tx, plan, row.state, { ...row, rosterId, now, due });
    await tx
      .update(rosters)
      .set({ nextReminderAt: firstRungFrom(plan, row.state, at + 1) })
      .where(eq(rosters.id, rosterId));
    return fired;
  });
}

interface DueRungs {
  readonly rosterId: string;
  readonly unitCode: string;
  readonly countyCode: string;
  readonly now: Instant;
  readonly due: readonly Rung[];
}

async function fireRungs(
  tx: DbOrTx,
  plan: Plan,
  state: RosterState,
  { due, ...list }: DueRungs,
): Promise<number> {
  const closed = await findClosedClues(tx, state);
  const fresh = await withoutFired(tx, list.rosterId, due);
  if (fresh.length === 0) return 0;
  const { chain } = await loadChain(tx, list.unitCode);
  const place: DeskPlace = { chain, superiors: plan.reminders?.superiors ?? {} };
  let fired = 0;
  for (const rung of fresh) {
    if (closed.has(rung.term)) continue;
    const desks = await findDesks(tx, place, rung.to, list.now);
    fired += await claim(tx, list, rung, desks);
  }
  return fired;
}

/** Most looks find nothing new; then nobody needs to be looked up. */
async function withoutFired(
  tx: DbOrTx,
  rosterId: string,
  due: readonly Rung[],
): Promise<readonly Rung[]> {
  if (due.length === 0) return [];
  const { term, pass, rung: key } = reminders;
  const rows = await tx
    .select({ term, pass, key })
    .from(reminders)
    .where(eq(reminders.rosterId, rosterId));
  const fired = new Set(rows.map((row) => `${row.term} ${row.pass} ${row.key}`));
  return due.filter((rung) => !fired.has(`${rung.term} ${rung.pass} ${rung.key}`));
}

async function claim(
  tx: DbOrTx,
  list: Omit<DueRungs, 'due'>,
  rung: Rung,
  desks: readonly HeldDesk[],
): Promise<number> {
  const { rosterId, unitCode, countyCode, now: firedAt } = list;
  const { term, pass, key, kind, dueAt, firesAt, words, receipt } = rung;
  const row = { rosterId, term, pass, rung: key, kind, countyCode, unitCode, dueAt, firesAt };
  const claimed = await tx
    .insert(reminders)
    .values({ ...row, firedAt, told: toldOf(desks), words, receipt })
    .onConflictDoNothing()
    .returning({ rosterId: reminders.rosterId });
  if (claimed.length === 0) return 0;
  const about = `${rosterId}/${term}/${pass}/${key}`;
  await tellPeople(tx, desks, { about, kind, rosterId, unitCode, words, at: firesAt });
  return 1;
}

/** Terms of clues that are settled: the list itself does not know. */
async function findClosedClues(tx: DbOrTx, state: RosterState): Promise<ReadonlySet<string>> {
  const named = state.objections.filter(({ kind }) => kind === 'unlisted').map(({ id }) => id);
  if (named.length === 0) return new Set();
  const rows = await tx
    .select({ id: clues.id })
    .from(clues)
    .where(and(eq(clues.rosterId, state.rosterId), isNotNull(clues.closedAt)));
  return new Set(rows.map(({ id }) => `clue:${id}`));
}
