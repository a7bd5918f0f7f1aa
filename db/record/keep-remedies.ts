/** 补短板事项 — opened in the transaction in which a list sends a household elsewhere. */

import { invariant } from '../../domain/invariant.ts';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import type { DbOrTx } from '../import/database.ts';
import { remedies } from '../schema/effects.ts';

/** Opens the task of each household that these events send elsewhere. */
export async function keepRemedies(
  tx: DbOrTx,
  { rosterId, unitCode, cases }: RosterState,
  added: readonly RosterEvent[],
): Promise<void> {
  const opened = added.flatMap(({ at, body }) => {
    if (body.type !== 'case-diverted') return [];
    const { caseId, code, words, lacking } = body;
    const item = cases.find(({ id }) => id === caseId);
    invariant(item !== undefined, 'who is sent elsewhere was on the list');
    const where = { caseId, rosterId, householdId: item.subjectId, villageCode: unitCode };
    return { ...where, code, words, lacking, openedAt: at };
  });
  if (opened.length > 0) await tx.insert(remedies).values(opened).onConflictDoNothing();
}
