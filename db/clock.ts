import { eq } from 'drizzle-orm';
import type { Instant } from '../domain/time/instant.ts';
import type { DbOrTx } from './import/database.ts';
import { sharingNext } from './next-call.ts';
import { businessClock } from './schema/effects.ts';

/** 业务时钟 — where all instants of the law come from. */
export interface Clock {
  readonly now: () => Promise<Instant>;
}

/** Real time: what production runs on. */
export const realClock: Clock = { now: async () => Date.now() };

/**
 * Real time moved by the offset of the training clock; without that row it is real time. Whoever asks
 * while the record is being asked shares the next asking, so that a move made before is always seen.
 */
export function databaseClock(db: DbOrTx): Clock {
  const offset = sharingNext(async () => {
    const { id, offsetMs } = businessClock;
    const [row] = await db.select({ offsetMs }).from(businessClock).where(eq(id, 1));
    return row?.offsetMs ?? 0;
  });
  return {
    async now() {
      const offsetMs = await offset();
      return Date.now() + offsetMs;
    },
  };
}
