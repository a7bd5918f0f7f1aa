import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { and, eq } from 'drizzle-orm';
import type { DbOrTx } from '../db/import/database.ts';
import { rosters } from '../db/schema/record.ts';
import { progressedSignal, type RosterProgress } from '../workflows/contracts/roster.ts';
import { type Engine, startOf, workflowTypeOf } from './drain-roster.ts';

/**
 * Acts that follow one another this fast are told together. Short against every period that a run waits
 * for; a run's waking is later than this by itself (jitter).
 */
const TOGETHER_MS = 500;

/** How long the engine may keep silent; afterwards the sweep finds what the run was not told. */
const TELL_MS_MAX = 10_000;

/** The engine to tell, and the record, which knows whether a list is to be started. */
export interface TellServices extends Engine {
  readonly db: DbOrTx;
}

interface Telling {
  /** The newest that is known. */
  progress: RosterProgress;
  /** Resolves after the engine was told, or asked in vain. */
  readonly told: Promise<void>;
  /** Tells without waiting for more. */
  readonly now: () => void;
}

const tellingsOf = new WeakMap<Client, Map<string, Telling>>();

/**
 * 告知 — tells a list's run where the record now stands, so that it arms its timer, carries what is on its
 * way to the registry, or ends. At once where rows are on their way, otherwise soon and once for many
 * acts. Nothing lawful hangs on it: a wake or a row that the run was not told of is found by the
 * worker's sweep, a run whose list is closed by the reconciler.
 */
export function tellSoon(services: TellServices, progress: RosterProgress): void {
  const tellings = tellingsOf.get(services.client) ?? new Map<string, Telling>();
  tellingsOf.set(services.client, tellings);
  const { rosterId } = progress;
  const waiting = tellings.get(rosterId);
  if (waiting === undefined) tellings.set(rosterId, startTelling(services, tellings, progress));
  // Two calls may end in another order than they were judged in.
  else if (progress.seq >= waiting.progress.seq) waiting.progress = progress;
  if (progress.effects.length > 0) tellings.get(rosterId)?.now();
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
  progress: RosterProgress,
): Telling {
  let settle = (): void => {};
  const told = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const now = (): void => {
    if (tellings.get(progress.rosterId) !== telling) return;
    clearTimeout(timer);
    tellings.delete(progress.rosterId);
    tell(services, telling.progress).then(settle, settle);
  };
  const timer = setTimeout(now, TOGETHER_MS).unref();
  const telling: Telling = { progress, told, now };
  return telling;
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
