/** 应纳未纳报警 (G-29) — a finding for which no case was opened in time is told to the levels above the village. */
import { and, asc, eq, isNotNull, isNull, lt, min } from 'drizzle-orm';
import type { Role } from '../../domain/kernel/actor.ts';
import { FINDING_WORDS, type ScreeningFinding } from '../../domain/screening/screening.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { loadChain } from '../record/load-facts.ts';
import { households } from '../schema/households.ts';
import { screenings } from '../schema/screenings.ts';
import { findDesks, tellPeople } from './tell-people.ts';

/** Sheets looked at in one transaction. */
const SHEETS_MAX = 200;

/** 倒查 begins above those who found it: who is told, the village itself last. */
const TOLD: readonly Role[] = [
  { level: 'township', duty: 'reviewer' },
  { level: 'county', duty: 'office' },
  { level: 'village', duty: 'clerk' },
];

/** Where nobody of a level is there to hear it. */
const SUPERIORS = {
  village: { level: 'township', duty: 'reviewer' },
  township: { level: 'county', duty: 'office' },
  county: { level: 'county', duty: 'leader' },
} as const;

function unanswered() {
  const { followUp, rosterId, alarmedAt, dueAt } = screenings;
  return and(isNotNull(followUp), isNull(rosterId), isNull(alarmedAt), isNotNull(dueAt));
}

/** Alarms for everything of a county that was due by `upTo`; repeating it changes nothing. How many. */
export async function alarmScreenings(
  db: DbOrTx,
  { countyCode, upTo }: { readonly countyCode: string; readonly upTo: Instant },
): Promise<number> {
  return db.transaction(async (tx) => {
    const due = await tx
      .select({ screening: screenings, headName: households.headName })
      .from(screenings)
      .innerJoin(households, eq(households.id, screenings.householdId))
      .where(and(unanswered(), eq(screenings.countyCode, countyCode), lt(screenings.dueAt, upTo)))
      .orderBy(asc(screenings.dueAt), asc(screenings.id))
      .limit(SHEETS_MAX)
      .for('update', { of: screenings, skipLocked: true });
    for (const { screening, headName } of due) await alarm(tx, screening, headName, upTo);
    return due.length;
  });
}

async function alarm(
  tx: DbOrTx,
  { id, villageCode, finding, dueAt }: typeof screenings.$inferSelect,
  headName: string,
  upTo: Instant,
): Promise<void> {
  const at = dueAt ?? upTo;
  const { chain } = await loadChain(tx, villageCode);
  const to = TOLD.map((role) => ({ role, department: null }));
  const desks = await findDesks(tx, { chain, superiors: SUPERIORS }, to, at);
  const words = alarmWords(headName, finding);
  const about = `screening/${id}/${at}`;
  const message = { about, kind: 'escalation', rosterId: null, unitCode: villageCode } as const;
  await tellPeople(tx, desks, { ...message, words, at });
  await tx.update(screenings).set({ alarmedAt: at }).where(eq(screenings.id, id));
}

function alarmWords(headName: string, finding: ScreeningFinding): string {
  return `排查发现${headName}户${FINDING_WORDS[finding]}，期限内没有立案，严禁应纳未纳、体外循环，请倒查`;
}

/** When the county has next to alarm, the instant after the due date; null when nothing is open. */
export async function findNextAlarm(db: DbOrTx, countyCode: string): Promise<Instant | null> {
  const [row] = await db
    .select({ dueAt: min(screenings.dueAt) })
    .from(screenings)
    .where(and(unanswered(), eq(screenings.countyCode, countyCode)));
  return row?.dueAt == null ? null : row.dueAt + 1;
}

/** The county that has to alarm first of all that are due by `now`. */
export async function findEarliestAlarm(
  db: DbOrTx,
  now: Instant,
): Promise<{ readonly countyCode: string; readonly at: Instant } | undefined> {
  const { countyCode, dueAt } = screenings;
  const [row] = await db
    .select({ countyCode, dueAt })
    .from(screenings)
    .where(and(unanswered(), lt(dueAt, now)))
    .orderBy(asc(dueAt), asc(countyCode))
    .limit(1);
  return row && { countyCode: row.countyCode, at: (row.dueAt ?? now) + 1 };
}
