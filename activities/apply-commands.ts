import type { Clock } from '../db/clock.ts';
import type { DbOrTx } from '../db/import/database.ts';
import { applyCommand, type Outcomes } from '../db/record/apply-command.ts';
import type { CommandOutcome } from '../domain/kernel/command.ts';
import type { RosterProgress } from '../workflows/contracts/roster.ts';

/** Where the list stands after all that waited was judged, and what became of it. */
export interface JudgedList {
  readonly progress: RosterProgress;
  readonly outcomes: Outcomes;
}

/** Judges every waiting command of a roster, a transaction of fifty at a time. Safe to repeat. */
export async function judgeWaiting(
  { db, clock }: { readonly db: DbOrTx; readonly clock: Clock },
  { rosterId }: { readonly rosterId: string },
): Promise<JudgedList> {
  const outcomes = new Map<string, CommandOutcome>();
  for (;;) {
    const applied = await applyCommand(db, { rosterId, now: await clock.now() });
    for (const [id, outcome] of applied.outcomes) outcomes.set(id, outcome);
    if (!applied.more) return { progress: applied.progress, outcomes };
  }
}

/** The same, as the list's run hears it. */
export async function applyCommands(
  services: { readonly db: DbOrTx; readonly clock: Clock },
  given: { readonly rosterId: string },
): Promise<RosterProgress> {
  return (await judgeWaiting(services, given)).progress;
}
