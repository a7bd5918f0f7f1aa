/** 名单的一生 — one run of a roster's workflow: what it last heard from the record, and how it asks. */
import * as wf from '@temporalio/workflow';
import type { RegistryWriting, RosterActivities, RosterProgress } from './contracts/roster.ts';

const local = wf.proxyLocalActivities<RosterActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { maximumAttempts: 3, initialInterval: '100 milliseconds' },
});

/** While the database is away the call waits outside the workflow task, however long that lasts. */
const patient = wf.proxyActivities<RosterActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '10 seconds' },
});

/**
 * One household at a time takes its time; an outage of the registry is waited out. A worker that dies
 * in it misses its heartbeats, one every few seconds, and another takes over.
 */
const registry = wf.proxyActivities<RosterActivities>({
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/** Late by up to a second, each list by another: a county's notices do not all end at one instant. */
const JITTER_MS = 1000;

/** What a step's routine sees of the run. */
export interface RosterRun {
  /** As the record last told it. */
  readonly progress: () => RosterProgress;
  /** Takes what the record told somebody else, unless something newer is known. */
  readonly hear: (told: RosterProgress) => void;
  /** Judges the waiting commands; calls at the same time share one transaction. */
  readonly drain: () => Promise<RosterProgress>;
  /** Resolves when something was heard of the record, or at the list's next wake, which is then noted. */
  readonly awaitChange: () => Promise<void>;
  /** Carries the rows on their way to the registry, one after another. */
  readonly writeRegistry: () => Promise<RegistryWriting>;
}

/** Sets the run up; `onProgress` is told whatever is new. */
export function createRun(
  rosterId: string,
  onProgress: (progress: RosterProgress) => void,
  isTired: () => boolean,
): Omit<RosterRun, 'progress'> & { readonly progress: () => RosterProgress | undefined } {
  let progress: RosterProgress | undefined;
  let heard = 0;
  let current: Promise<RosterProgress> | undefined;
  let queued: Promise<RosterProgress> | undefined;

  function hear(told: RosterProgress): void {
    if (progress === undefined || told.seq >= progress.seq) {
      progress = told;
      onProgress(told);
    }
    heard += 1;
  }

  async function ask(): Promise<RosterProgress> {
    const answer = await applyCommands(rosterId);
    hear(answer);
    return answer;
  }

  /** A call that comes while one runs may be too late for it: it shares the next one. */
  function drain(): Promise<RosterProgress> {
    if (current === undefined) {
      current = ask().finally(() => {
        current = undefined;
      });
      return current;
    }
    queued ??= current.then(next, next);
    return queued;
  }

  function next(): Promise<RosterProgress> {
    queued = undefined;
    return drain();
  }

  async function awaitChange(): Promise<void> {
    const seen = heard;
    const wakeInMs = progress?.wakeInMs ?? null;
    const hasChanged = () => heard !== seen || isTired();
    if (wakeInMs === null) await wf.condition(hasChanged);
    else if (!(await wf.condition(hasChanged, wakeInMs + jitterMs(rosterId)))) await drain();
  }

  const writeRegistry = () => registry.writeRegistry({ rosterId });
  return { progress: () => progress, hear, drain, awaitChange, writeRegistry };
}

async function applyCommands(rosterId: string): Promise<RosterProgress> {
  try {
    return await local.applyCommands({ rosterId });
  } catch (error) {
    // A local activity's failure comes bare, without ActivityFailure around it.
    if (wf.isCancellation(error)) throw error;
    return await patient.applyCommands({ rosterId });
  }
}

function jitterMs(rosterId: string): number {
  let hash = 0;
  for (const letter of rosterId) hash = (hash * 31 + letter.charCodeAt(0)) % JITTER_MS;
  return 1 + hash;
}
