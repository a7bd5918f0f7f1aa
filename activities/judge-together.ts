import type { Client } from '@temporalio/client';
import type { Clock } from '../db/clock.ts';
import { sharingNext } from '../db/next-call.ts';
import type { Outcomes } from '../db/record/apply-command.ts';
import { judgeWaiting } from './apply-commands.ts';
import { drainRoster, type RosterReference } from './drain-roster.ts';
import { type TellServices, tellSoon } from './tell-run.ts';

/** What judging needs: the record, its clock, and the engine that is told. */
export interface JudgeServices extends TellServices {
  readonly clock: Clock;
}

/** Those who wait for one list, and how many they are. */
interface Judging {
  readonly judge: () => Promise<Outcomes | null>;
  waiting: number;
}

const judgingsOf = new WeakMap<Client, Map<string, Judging>>();

/**
 * 合并办理 — has a list's waiting commands judged by a call that starts after this one was asked for,
 * sharing it with everybody of this process who waits for the same list: under the list's lock they
 * would only queue. The record arbitrates, so it is judged here and the list's run is told what it
 * has to wait for (ADR 0024). Resolves to what that call judged: a command missing there was judged by
 * somebody else. Null when nobody could judge: that says nothing about the commands, whose rows are kept.
 */
export async function judgeTogether(
  services: JudgeServices,
  roster: RosterReference,
  limitMs: number,
): Promise<Outcomes | null> {
  const all = judgingsOf.get(services.client) ?? new Map<string, Judging>();
  judgingsOf.set(services.client, all);
  const { rosterId } = roster;
  const judging = all.get(rosterId) ?? {
    judge: sharingNext(() => judge(services, roster, limitMs).catch(() => null)),
    waiting: 0,
  };
  all.set(rosterId, judging);
  judging.waiting += 1;
  try {
    return await judging.judge();
  } finally {
    judging.waiting -= 1;
    if (judging.waiting === 0) all.delete(rosterId);
  }
}

const NOTHING_JUDGED_HERE: Outcomes = new Map();

/** What fails here is the run's to repeat: it waits out an outage, and a bug stops it where all see it. */
async function judge(
  services: JudgeServices,
  roster: RosterReference,
  limitMs: number,
): Promise<Outcomes> {
  const judged = await judgeWaiting(services, roster).catch(() => null);
  if (judged !== null) {
    tellSoon(services, judged.progress);
    return judged.outcomes;
  }
  await drainRoster(services, roster, limitMs);
  return NOTHING_JUDGED_HERE;
}
