import type { Client } from '@temporalio/client';
import { drainRoster, type Engine, type RosterReference } from './drain-roster.ts';

/** The call that runs, and the one that will start when it ends; both resolve to whether it answered. */
interface Drains {
  current: Promise<boolean>;
  queued: Promise<boolean> | undefined;
}

const drainsOf = new WeakMap<Client, Map<string, Drains>>();

/**
 * 合并催办 — has a list drained by a call that starts after this one was asked for, sharing it with
 * everybody of this process who waits for the same list: the engine takes few Updates at a time.
 * False when the engine did not answer. Whatever it says — not reached, too many at once, no worker —
 * is about itself: the record alone knows an outcome, and the rows are kept.
 */
export function drainTogether(
  engine: Engine,
  roster: RosterReference,
  limitMs: number,
): Promise<boolean> {
  const all = drainsOf.get(engine.client) ?? new Map<string, Drains>();
  drainsOf.set(engine.client, all);
  const { rosterId } = roster;
  const start = (): Promise<boolean> => {
    const current = drainRoster(engine, roster, limitMs).then(
      () => true,
      () => false,
    );
    const drains: Drains = { current, queued: undefined };
    all.set(rosterId, drains);
    void current.then(() => {
      if (drains.queued === undefined) all.delete(rosterId);
    });
    return current;
  };
  const running = all.get(rosterId);
  if (running === undefined) return start();
  running.queued ??= running.current.then(start);
  return running.queued;
}
