/**
 * 漏评线索 — an objection that names an unlisted household blocks nobody and opens a clue of its own; the
 * clue is closed by the same objection's disposal.
 */
import { eq } from 'drizzle-orm';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import type { DbOrTx } from '../import/database.ts';
import { clues } from '../schema/effects.ts';

const OUTCOME_WORDS = { upheld: '属实', rejected: '不属实' } as const;

/** Opens and closes the clues that these events call for; the objection's id is the clue's. */
export async function keepClues(
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
  for (const { at, body } of added) {
    if (body.type !== 'objection-disposed') continue;
    const outcome = `${OUTCOME_WORDS[body.result]}：${body.words}`;
    await tx.update(clues).set({ closedAt: at, outcome }).where(eq(clues.id, body.objectionId));
  }
}
