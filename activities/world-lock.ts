/**
 * 换场锁 — what runs beside requests (entries to the registry, sweeps) holds the world it works in; the
 * load of a scenario waits until nobody does. One advisory lock of the record, shared or exclusive.
 */
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

async function lock(sql: Sql, mode: 'shared' | 'exclusive'): Promise<() => Promise<void>> {
  const connection = await sql.reserve();
  try {
    if (mode === 'shared') await connection`select pg_advisory_lock_shared(${WORLD_LOCK})`;
    else await connection`select pg_advisory_lock(${WORLD_LOCK})`;
  } catch (error) {
    connection.release();
    throw error;
  }
  return async () => {
    try {
      if (mode === 'shared') await connection`select pg_advisory_unlock_shared(${WORLD_LOCK})`;
      else await connection`select pg_advisory_unlock(${WORLD_LOCK})`;
    } catch {
      // Only a lost connection fails here, and its lock went with it: the work itself is done.
    } finally {
      connection.release();
    }
  };
}
