/** 排查与立案 — a sheet that asks for a case stays open until a list carries the household (G-29). */
import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { screenings } from '../schema/screenings.ts';

/** A list of the procedure that was asked for carries these households from now on. */
export async function answerScreenings(
  tx: DbOrTx,
  list: {
    readonly rosterId: string;
    readonly procedure: string;
    readonly subjectIds: readonly string[];
    readonly at: Instant;
  },
): Promise<void> {
  const { rosterId, procedure, subjectIds, at } = list;
  const { householdId, followUp } = screenings;
  await tx
    .update(screenings)
    .set({ rosterId, answeredAt: at })
    .where(
      and(
        inArray(householdId, [...subjectIds]),
        eq(followUp, procedure),
        isNull(screenings.rosterId),
      ),
    );
}

/** Whose case is withdrawn stands without one again: a list that is opened and emptied answers nothing. */
export async function reopenScreenings(
  tx: DbOrTx,
  { procedure }: Plan,
  { cases }: RosterState,
  added: readonly RosterEvent[],
): Promise<void> {
  const withdrawn = added.flatMap(({ body }) =>
    body.type === 'case-withdrawn' ? body.caseIds : [],
  );
  if (withdrawn.length === 0) return;
  const subjects = cases.filter(({ id }) => withdrawn.includes(id)).map((item) => item.subjectId);
  const { householdId, followUp, rosterId } = screenings;
  // By household and procedure: a case that was split off stands on another list by now.
  await tx
    .update(screenings)
    .set({ rosterId: null, answeredAt: null, alarmedAt: null })
    .where(and(inArray(householdId, subjects), eq(followUp, procedure), isNotNull(rosterId)));
}
