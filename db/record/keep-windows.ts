/** 功能窗口 of an application — they stand from the transaction in which the level above opened them. */
import { invariant } from '../../domain/invariant.ts';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import type { DbOrTx } from '../import/database.ts';
import { registryWindows } from '../schema/effects.ts';

/** Keeps the windows that these events open. The registry hears of one before the first entry under it. */
export async function keepWindows(
  tx: DbOrTx,
  { rosterId }: RosterState,
  added: readonly RosterEvent[],
): Promise<void> {
  const opened = added.flatMap(({ body, actorId }) => {
    if (body.type !== 'functions-opened') return [];
    invariant(actorId !== null, 'functions are opened by somebody');
    const { documentNo } = body;
    return body.windows.map((window) => ({ ...window, openedBy: actorId, documentNo, rosterId }));
  });
  if (opened.length > 0) await tx.insert(registryWindows).values(opened);
}
