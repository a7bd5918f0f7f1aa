/**
 * 换场锁 — what runs beside requests (entries to the registry, sweeps) holds the world it works in; the
 * load of a scenario waits until nobody does. One advisory lock of the record, shared or exclusive.
 */
import { once } from 'node:events';
import type { Sql } from 'postgres';

/** Any number; only these functions take it. */
const WORLD_LOCK = 530_627_004;

/** Work that must not outlive the world in which it began. */
export interface WorldHold {
  readonly during: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * One connection for all work of a process, however much of it waits for the registry: it holds the
 * lock from the first piece of work to the end of the last.
 */
export function createWorldHold(sql: Sql): WorldHold {
  let users = 0;
  let held: Promise<() => Promise<void>> | undefined;
  const release = async (): Promise<void> => {
    users -= 1;
    if (users > 0 || held === undefined) return;
    const letGo = held;
    held = undefined;
    await (await letGo)();
  };
  return {
    async during(work) {
      users += 1;
      held ??= lock(sql, 'shared');
      try {
        await held;
      } catch (error) {
        users -= 1;
        held = undefined;
        throw error;
      }
      try {
        return await work();
      } finally {
        await release();
      }
    },
  };
}

/** Runs `work` while nobody holds the world; whoever wants to waits until it is over. */
export async function whileNobodyHolds<T>(sql: Sql, work: () => Promise<T>): Promise<T> {
  const unlock = await lock(sql, 'exclusive');
  try {
    return await work();
  } finally {
    await unlock();
  }
}

/**
 * Takes the lock for as long as a transaction stays open; a lost connection gives it up. Not a reserved
 * connection: where that one breaks while it is opened, the driver never answers.
 */
function lock(sql: Sql, mode: 'shared' | 'exclusive'): Promise<() => Promise<void>> {
  const over = new AbortController();
  return new Promise((resolve, reject) => {
    const held = sql.begin(async (tx) => {
      if (mode === 'shared') await tx`select pg_advisory_xact_lock_shared(${WORLD_LOCK})`;
      else await tx`select pg_advisory_xact_lock(${WORLD_LOCK})`;
      const ended = once(over.signal, 'abort');
      // Only a lost connection fails at the end, and its lock went with it: the work itself is done.
      resolve(() => {
        over.abort();
        return held.then(nothing, nothing);
      });
      await ended;
    });
    held.catch(reject);
  });
}

function nothing(): void {}
