import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import {
  progressedSignal,
  ROSTER_TASK_QUEUE,
  type RosterProgress,
} from '../workflows/contracts/roster.ts';
import { type Engine, workflowTypeOf } from './drain-roster.ts';

/**
 * Acts that follow one another this fast are told together. Short against every period that a run waits
 * for; a run's waking is later than this by itself (jitter).
 */
const TOGETHER_MS = 500;

/** How long the engine may keep silent; afterwards the sweep finds what the run was not told. */
const TELL_MS_MAX = 10_000;

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
export function tellSoon(engine: Engine, progress: RosterProgress): void {
  const tellings = tellingsOf.get(engine.client) ?? new Map<string, Telling>();
  tellingsOf.set(engine.client, tellings);
  const { rosterId } = progress;
  const waiting = tellings.get(rosterId);
  if (waiting === undefined) tellings.set(rosterId, startTelling(engine, tellings, progress));
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
  engine: Engine,
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
    tell(engine, telling.progress).then(settle, settle);
  };
  const timer = setTimeout(now, TOGETHER_MS).unref();
  const telling: Telling = { progress, told, now };
  return telling;
}

/** An engine that does not know the run of an open list has lost its data: the run is started. */
async function tell(engine: Engine, progress: RosterProgress): Promise<void> {
  const { client, taskQueue = ROSTER_TASK_QUEUE } = engine;
  const { rosterId, procedure, open } = progress;
  await client.withDeadline(Date.now() + TELL_MS_MAX, async () => {
    try {
      await client.workflow.getHandle(rosterId).signal(progressedSignal, progress);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError) || !open) throw error;
      await client.workflow.signalWithStart(workflowTypeOf(procedure), {
        workflowId: rosterId,
        taskQueue,
        args: [{ rosterId }],
        signal: progressedSignal,
        signalArgs: [progress],
      });
    }
  });
}
