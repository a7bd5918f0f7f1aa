import { eq } from 'drizzle-orm';
import type { Instant } from '../domain/time/instant.ts';
import type { DbOrTx } from './import/database.ts';
import { businessClock } from './schema/effects.ts';

/** 业务时钟 — where all instants of the law come from. */
export interface Clock {
  readonly now: () => Promise<Instant>;
}

/** Real time: what production runs on. */
export const realClock: Clock = { now: async () => Date.now() };

/** Real time moved by the offset of the training clock; without that row it is real time. */
export function databaseClock(db: DbOrTx): Clock {
  return {
    async now() {
      const [row] = await db.select().from(businessClock).where(eq(businessClock.id, 1));
      return Date.now() + (row?.offsetMs ?? 0);
    },
  };
}
