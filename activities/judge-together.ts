import type { Client } from '@temporalio/client';
import type { Clock } from '../db/clock.ts';
import { applyCommands } from './apply-commands.ts';
import { drainRoster, type RosterReference } from './drain-roster.ts';
import { type TellServices, tellSoon } from './tell-run.ts';

/** What judging needs: the record, its clock, and the engine that is told. */
export interface JudgeServices extends TellServices {
  readonly clock: Clock;
}

/** The call that runs, and the one that will start when it ends; both resolve to whether it answered. */
interface Calls {
  current: Promise<boolean>;
  queued: Promise<boolean> | undefined;
}

const callsOf = new WeakMap<Client, Map<string, Calls>>();

/**
 * 合并办理 — has a list's waiting commands judged by a call that starts after this one was asked for,
 * sharing it with everybody of this process who waits for the same list: under the list's lock they
 * would only queue. The record arbitrates, so it is judged here and the list's run is told what it
 * has to wait for (ADR 0024). False when nobody could judge: that says nothing about the commands,
 * whose rows are kept.
 */
export function judgeTogether(
  services: JudgeServices,
  roster: RosterReference,
  limitMs: number,
): Promise<boolean> {
  const all = callsOf.get(services.client) ?? new Map<string, Calls>();
  callsOf.set(services.client, all);
  const { rosterId } = roster;
  const start = (): Promise<boolean> => {
    const current = judge(services, roster, limitMs).then(
      () => true,
      () => false,
    );
    const calls: Calls = { current, queued: undefined };
    all.set(rosterId, calls);
    void current.then(() => {
      if (calls.queued === undefined) all.delete(rosterId);
    });
    return current;
  };
  const running = all.get(rosterId);
  if (running === undefined) return start();
  running.queued ??= running.current.then(start);
  return running.queued;
}

/** What fails here is the run's to repeat: it waits out an outage, and a bug stops it where all see it. */
async function judge(
  services: JudgeServices,
  roster: RosterReference,
  limitMs: number,
): Promise<void> {
  const progress = await applyCommands(services, roster).catch(() => null);
  if (progress === null) await drainRoster(services, roster, limitMs);
  else tellSoon(services, progress);
}
