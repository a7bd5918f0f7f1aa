/** 催办 — recorded beside the rungs that fired; the row of the day is the claim. */
import { and, desc, eq, like } from 'drizzle-orm';
import { invariant } from '../../domain/invariant.ts';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { Refusal } from '../../domain/kernel/refusal.ts';
import { deskDueAt } from '../../domain/reminder/ladder.ts';
import { judgeNudge } from '../../domain/reminder/nudge.ts';
import { type Instant, type PlainDate, plainDate, plainDateAt } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { loadChain } from '../record/load-facts.ts';
import { loadPlan } from '../record/load-plan.ts';
import { rosters } from '../schema/record.ts';
import { reminders, type ToldDesk } from '../schema/reminders.ts';
import { findDesks, tellPeople, toldOf } from './tell-people.ts';

const PREFIX = 'nudge:';

/** Whom it reached, or why it was not sent. */
export type NudgeAnswer =
  | { readonly ok: true; readonly people: number }
  | { readonly ok: false; readonly refusal: Refusal };

/** 催办 a list: tells whoever holds its current step, or the desk above where nobody does. */
export async function nudge(
  db: DbOrTx,
  { rosterId, actor, words, at }: NudgeRequest,
): Promise<NudgeAnswer> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(rosters).where(eq(rosters.id, rosterId)).for('update');
    invariant(row !== undefined, 'the list was just read');
    const { state, unitCode, countyCode } = row;
    const plan = await loadPlan(tx, row.planHash);
    const { chain } = await loadChain(tx, unitCode);
    const stepKey = plan.steps[state.stepIndex]?.key ?? '';
    const pass = state.passes[String(state.stepIndex)] ?? 1;
    const place = { rosterId, term: `step:${stepKey}`, pass };
    const last = await findLast(tx, place);
    const lastOn = last === undefined ? null : dayOf(last.rung);
    const judged = judgeNudge({ plan, state, actor, chain, at, lastOn });
    // His own words of today again: the answer to them was lost on its way.
    const isRepeated = last?.nudgedBy === actor.userId && last.words.endsWith(`：${words}`);
    if (!judged.ok && judged.refusal.code === 'NUDGED-TODAY' && isRepeated) {
      return { ok: true, people: peopleOf(last.told) };
    }
    if (!judged.ok) return judged;
    const superiors = plan.reminders?.superiors ?? {};
    const to = judged.step.by.slice(0, 1).map((role) => ({ role, department: null }));
    const desks = await findDesks(tx, { chain, superiors }, to, at);
    const rung = `${PREFIX}${plainDateAt(at)}`;
    const said = `${actor.name}催办“${judged.step.name}”：${words}`;
    const times = { dueAt: deskDueAt(state), firesAt: at, firedAt: at };
    await tx.insert(reminders).values({
      ...place,
      ...times,
      rung,
      kind: 'nudge',
      countyCode,
      unitCode,
      told: toldOf(desks),
      words: said,
      receipt: null,
      nudgedBy: actor.userId,
    });
    const about = `${rosterId}/${place.term}/${pass}/${rung}`;
    await tellPeople(tx, desks, { about, kind: 'nudge', rosterId, unitCode, words: said, at });
    return { ok: true, people: peopleOf(desks) };
  });
}

/** Who pushes which list, and what he says. */
export interface NudgeRequest {
  readonly rosterId: string;
  readonly actor: ActorSnapshot;
  readonly words: string;
  readonly at: Instant;
}

function peopleOf(desks: readonly ToldDesk[]): number {
  return desks.reduce((sum, desk) => sum + desk.people, 0);
}

function dayOf(rung: string): PlainDate {
  return plainDate(rung.slice(PREFIX.length));
}

/** The latest 催办 of a step and pass. */
async function findLast(
  tx: DbOrTx,
  place: { readonly rosterId: string; readonly term: string; readonly pass: number },
) {
  const [row] = await tx
    .select()
    .from(reminders)
    .where(
      and(
        eq(reminders.rosterId, place.rosterId),
        eq(reminders.term, place.term),
        eq(reminders.pass, place.pass),
        like(reminders.rung, `${PREFIX}%`),
      ),
    )
    .orderBy(desc(reminders.rung))
    .limit(1);
  return row;
}
