import type { Clock } from '../db/clock.ts';
import type { DbOrTx } from '../db/import/database.ts';
import { applyCommand } from '../db/record/apply-command.ts';
import type { RosterProgress } from '../workflows/contracts/roster.ts';

/** Judges every waiting command of a roster, a transaction of fifty at a time. Safe to repeat. */
export async function applyCommands(
  { db, clock }: { readonly db: DbOrTx; readonly clock: Clock },
  { rosterId }: { readonly rosterId: string },
): Promise<RosterProgress> {
  for (;;) {
    const { more, ...progress } = await applyCommand(db, { rosterId, now: await clock.now() });
    if (!more) return progress;
  }
}
