import { asc, eq } from 'drizzle-orm';
import { evolve } from '../../domain/kernel/evolve.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import type { DbOrTx } from '../import/database.ts';
import { events, rosters } from '../schema/record.ts';
import { CHAIN_START, canonicalText, linkHash } from './hash-chain.ts';

/** What is wrong with a roster's record: at which event, or at its end (`seq` null). */
export interface RecordFault {
  readonly seq: number | null;
  readonly fault: 'gap' | 'broken-link' | 'cut-off' | 'other-state';
}

/**
 * 核对记录 — recomputes the chain of a roster with the key and folds its events again. Null when every
 * link holds, the roster's row names the last one, and its state is what the events give.
 */
export async function findRecordFault(
  db: DbOrTx,
  rosterId: string,
  key: string,
): Promise<RecordFault | null> {
  const [roster] = await db.select().from(rosters).where(eq(rosters.id, rosterId));
  const rows = await db
    .select()
    .from(events)
    .where(eq(events.rosterId, rosterId))
    .orderBy(asc(events.seq));
  let head = CHAIN_START;
  let state: RosterState | null = null;
  for (const [index, row] of rows.entries()) {
    const { seq, body: event, commandId, actor, planHash, factsHash, rulesVersion } = row;
    if (seq !== index + 1 || event.seq !== seq) return { seq, fault: 'gap' };
    const cause = { commandId, actor, planHash, factsHash, rulesVersion };
    head = linkHash(key, head, { ...cause, rosterId, event });
    if (!head.equals(row.hash)) return { seq, fault: 'broken-link' };
    state = evolve(state, event);
  }
  if (roster === undefined || !head.equals(roster.headHash)) return { seq: null, fault: 'cut-off' };
  const isSame = state !== null && canonicalText(state) === canonicalText(roster.state);
  return isSame ? null : { seq: null, fault: 'other-state' };
}
