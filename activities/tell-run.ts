import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { and, eq } from 'drizzle-orm';
import type { DbOrTx } from '../db/import/database.ts';
import { rosters } from '../db/schema/record.ts';
import { progressedSignal, type RosterProgress } from '../workflows/contracts/roster.ts';
import { type Engine, startOf, workflowTypeOf } from './drain-roster.ts';

/**
 * How long a run may go without hearing what it need not act upon: acts that follow one another within
 * this are told together. A wake that comes sooner shortens it.
 */
const TOGETHER_MS_MAX = 3000;

/** How long the engine may keep silent; afterwards the sweep finds what the run was not told. */
const TELL_MS_MAX = 10_000;

/** The engine to tell, and the record, which knows whether a list is to be started. */
export interface TellServices extends Engine {
  readonly db: DbOrTx;
}

interface Telling {
  /** The newest that is known, and when it was heard, on performance.now(). */
  newest: { readonly progress: RosterProgress; readonly heardAt: number };
  /** Resolves after the engine was told, or asked in vain. */
  readonly told: Promise<void>;
  /** Tells without waiting for more. */
  readonly now: () => void;
  /** Tells after so long at the latest. */
  readonly within: (ms: number) => void;
}

const tellingsOf = new WeakMap<Client, Map<string, Telling>>();

/**
 * 告知 — tells a list's run where the record now stands, so that it arms its timer, carries what is on its
 * way to the registry, or ends. At once where rows are on their way, before the next wake, otherwise soon
 * and once for many acts. Nothing lawful hangs on it: a wake or a row that the run was not told of is
 * found by the worker's sweep, a run whose list is closed by the reconciler.
 */
export function tellSoon(services: TellServices, progress: RosterProgress): void {
  const tellings = tellingsOf.get(services.client) ?? new Map<string, Telling>();
  tellingsOf.set(services.client, tellings);
  const { rosterId, wakeInMs, effects } = progress;
  const heard = { progress, heardAt: performance.now() };
  const telling = tellings.get(rosterId) ?? startTelling(services, tellings, heard);
  // Two calls may end in another order than they were judged in.
  if (progress.seq >= telling.newest.progress.seq) telling.newest = heard;
  if (effects.length > 0) telling.now();
  else telling.within(Math.min(wakeInMs ?? TOGETHER_MS_MAX, TOGETHER_MS_MAX));
}

/** Resolves when all that waits to be told is told, or the engine was asked in vain: before a process ends. */
export async function tellAllNow({ client }: Engine): Promise<void> {
  const tellings = [...(tellingsOf.get(client)?.values() ?? [])];
  for (const { now } of tellings) now();
  await Promise.all(tellings.map(({ told }) => told));
}

function startTelling(
  services: TellServices,
  tellings: Map<string, Telling>,
  heard: Telling['newest'],
): Telling {
  const { rosterId } = heard.progress;
  let settle = (): void => {};
  const told = new Promise<void>((resolve) => {
    settle = resolve;
  });
  let due = { at: Number.POSITIVE_INFINITY, timer: undefined as NodeJS.Timeout | undefined };
  const now = (): void => {
    if (tellings.get(rosterId) !== telling) return;
    clearTimeout(due.timer);
    tellings.delete(rosterId);
    tell(services, asOfNow(telling.newest)).then(settle, settle);
  };
  const within = (ms: number): void => {
    const at = performance.now() + ms;
    if (at >= due.at) return;
    clearTimeout(due.timer);
    due = { at, timer: setTimeout(now, ms).unref() };
  };
  const telling: Telling = { newest: heard, told, now, within };
  tellings.set(rosterId, telling);
  return telling;
}

/** The wake was so far away when it was heard; part of that is over. */
function asOfNow({ progress, heardAt }: Telling['newest']): RosterProgress {
  const { wakeInMs } = progress;
  if (wakeInMs === null) return progress;
  const over = Math.round(performance.now() - heardAt);
  return { ...progress, wakeInMs: Math.max(0, wakeInMs - over) };
}

/** A list that the engine does not know — its start failed, or the engine lost its data — is started. */
async function tell(services: TellServices, progress: RosterProgress): Promise<void> {
  const { client } = services;
  const { rosterId, procedure } = progress;
  await client.withDeadline(Date.now() + TELL_MS_MAX, async () => {
    try {
      await client.workflow.getHandle(rosterId).signal(progressedSignal, progress);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      if (!(await isOpen(services.db, rosterId))) return;
      await client.workflow.signalWithStart(workflowTypeOf(procedure), {
        ...startOf(services, rosterId),
        signal: progressedSignal,
        signalArgs: [progress],
      });
    }
  });
}

/** A scenario may have put another world in the place of the list's meanwhile. */
async function isOpen(db: DbOrTx, rosterId: string): Promise<boolean> {
  const of = and(eq(rosters.id, rosterId), eq(rosters.open, true));
  return (await db.$count(rosters, of)) > 0;
}
