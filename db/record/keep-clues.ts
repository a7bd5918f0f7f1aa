/** 漏评线索 — an objection that names an unlisted household blocks nobody and opens a clue of its own. */
import type { RosterEvent } from '../../domain/kernel/event.ts';
import type { DbOrTx } from '../import/database.ts';
import { clues } from '../schema/effects.ts';

/** Opens the clues that these events call for; the objection's id is the clue's, so none is doubled. */
export async function openClues(
  tx: DbOrTx,
  place: { readonly rosterId: string; readonly unitCode: string },
  added: readonly RosterEvent[],
): Promise<void> {
  const opened = added.flatMap(({ at, body }) => {
    if (body.type !== 'objection-raised' || body.objection.kind !== 'unlisted') return [];
    const { objection, words, subjectWords } = body;
    return {
      id: objection.id,
      villageCode: place.unitCode,
      rosterId: place.rosterId,
      kind: 'unlisted',
      words: `${subjectWords ?? ''}：${words}`,
      raisedAt: at,
      dueAt: objection.dueAt,
    };
  });
  if (opened.length > 0) await tx.insert(clues).values(opened).onConflictDoNothing();
}
