/** 补短板事项 — opened in the transaction in which a list sends a household elsewhere or ends with it. */

import { invariant } from '../../domain/invariant.ts';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { computeDue } from '../../domain/time/deadline.ts';
import { type Instant, parsePlainDate, startOfDay } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { remedies } from '../schema/effects.ts';

type Opened = typeof remedies.$inferInsert;

/** Opens the task of each household that these events send elsewhere, or that is monitored from now on. */
export async function keepRemedies(
  tx: DbOrTx,
  plan: Plan,
  state: RosterState,
  added: readonly RosterEvent[],
): Promise<void> {
  const opened = added.flatMap(({ at, body }): Opened[] => {
    if (body.type === 'case-diverted') {
      const { caseId, code, words, lacking } = body;
      return [{ ...placeOf(state, caseId), code, words, lacking, openedAt: at }];
    }
    if (body.type !== 'registration-answered') return [];
    return body.answers
      .filter(({ result }) => result === 'accepted')
      .flatMap(({ caseId }) => measuresOf(plan, state, caseId, at));
  });
  if (opened.length > 0) await tx.insert(remedies).values(opened).onConflictDoNothing();
}

function placeOf({ rosterId, unitCode, cases }: RosterState, caseId: string) {
  const item = cases.find(({ id }) => id === caseId);
  invariant(item !== undefined, 'whom an event names was on the list');
  return { caseId, rosterId, householdId: item.subjectId, villageCode: unitCode };
}

/** 帮扶措施 of a household that is monitored from now on: due so long after the county determined it. */
function measuresOf(plan: Plan, state: RosterState, caseId: string, at: Instant): Opened[] {
  const measures = plan.standards.monitoring?.measures;
  if (measures === undefined) return [];
  const since = parsePlainDate(state.decision?.documentOn ?? '');
  const from = since === undefined ? at : startOfDay(since);
  const due = computeDue(from, measures.rule, measures.clauseId, plan.calendar);
  return [
    {
      ...placeOf(state, caseId),
      code: 'measures',
      words: '已列入监测，须在期限内落实帮扶措施',
      lacking: ['帮扶措施'],
      openedAt: at,
      // A year without a calendar gives no date, and no date is better than a wrong one.
      dueAt: due.ok ? due.deadline.lastInstant : null,
    },
  ];
}
