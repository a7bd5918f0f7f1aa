import { eq } from 'drizzle-orm';
import type { RecordDatabase } from '../db/client.ts';
import { rosters } from '../db/schema/record.ts';
import { invariant } from '../domain/invariant.ts';

const CLOSED_MS_MAX = 300_000;

/** 等名单办结 — told by the record's own notice of change, so that waiting costs the machine nothing. */
export interface ClosedLists {
  /** Resolves when the list is closed. To be called before what closes it is sent. */
  readonly wait: (rosterId: string) => Promise<void>;
}

/** Listens for as long as the pool is open. */
export async function listenForClosed({ db, sql }: RecordDatabase): Promise<ClosedLists> {
  const waiting = new Map<string, () => void>();
  await sql.listen('roster_changed', (payload) => {
    const [rosterId = ''] = payload.split(':');
    const resolve = waiting.get(rosterId);
    if (resolve !== undefined) void look(rosterId, resolve);
  });
  async function look(rosterId: string, resolve: () => void): Promise<void> {
    const { id, open } = rosters;
    const [row] = await db.select({ open }).from(rosters).where(eq(id, rosterId));
    if (row?.open === false) resolve();
  }
  return {
    async wait(rosterId) {
      let limit: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((resolve) => {
        limit = setTimeout(() => resolve('late'), CLOSED_MS_MAX);
      });
      const closed = new Promise<'closed'>((resolve) => {
        waiting.set(rosterId, () => resolve('closed'));
      });
      const ended = await Promise.race([closed, late]);
      clearTimeout(limit);
      waiting.delete(rosterId);
      invariant(ended === 'closed', `${rosterId} closes in time`);
    },
  };
}
