import { eq } from 'drizzle-orm';
import type { Clock } from '../db/clock.ts';
import type { DbOrTx } from '../db/import/database.ts';
import { alarmScreenings, findNextAlarm } from '../db/reminders/alarm-screenings.ts';
import { noteVacancies } from '../db/reminders/find-vacancies.ts';
import { findNextReminder, fireEarliest } from '../db/reminders/fire-rungs.ts';
import { rosters } from '../db/schema/record.ts';
import type {
  SweepAnswer,
  SweepArguments,
  SweeperArguments,
} from '../workflows/contracts/sweeper.ts';

/** Instants taken in one call: the workflow calls again, so that no call lasts long. */
const ROUNDS_MAX = 20;

/**
 * 清扫一县 — fires the rungs that are due on the business clock (at most up to `upTo`), in the order of
 * their instants, and looks for desks that nobody holds. Safe to repeat, also at the same moment.
 */
export async function sweepCounty(
  { db, clock }: { readonly db: DbOrTx; readonly clock: Clock },
  { countyCode, upTo }: SweeperArguments & SweepArguments,
): Promise<SweepAnswer> {
  const now = await clock.now();
  const limit = Math.min(now, upTo ?? now);
  let fired = 0;
  let more = true;
  for (let round = 0; more && round < ROUNDS_MAX; round += 1) {
    const answer = await fireEarliest(db, { countyCode, upTo: limit, now });
    fired += answer.fired;
    more = answer.more;
  }
  if (more) return { fired, more, nextInMs: 0, idle: false };
  const alarmed = await alarmScreenings(db, { countyCode, upTo: limit });
  fired += alarmed;
  if (alarmed > 0) return { fired, more: true, nextInMs: 0, idle: false };
  await noteVacancies(db, { countyCode, now });
  const nextAt = earliest(
    await findNextReminder(db, countyCode),
    await findNextAlarm(db, countyCode),
  );
  const nextInMs = nextAt === null ? null : Math.max(0, nextAt - now);
  const idle = nextAt === null && !(await hasLists(db, countyCode));
  return { fired, more, nextInMs, idle };
}

function earliest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

async function hasLists(db: DbOrTx, countyCode: string): Promise<boolean> {
  const rows = await db
    .select({ id: rosters.id })
    .from(rosters)
    .where(eq(rosters.countyCode, countyCode))
    .limit(1);
  return rows.length > 0;
}
