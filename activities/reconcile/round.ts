/** 对账一轮 — makes every comparison, writes down what it found, and repairs what is safe to repair. */
import type { Disagreement } from '../../db/reconcile/kinds.ts';
import { noteDisagreements, noteRepair } from '../../db/reconcile/note-disagreements.ts';
import type { Check, ReconcileServices } from './check.ts';
import { unansweredEntries, unfetchedConfirmations, unsettledEffects } from './entries.ts';
import { createLabelCheck } from './labels.ts';
import { runsOfLists, sweepersOfCounties } from './runs.ts';
import { registryThere, workersOfQueue } from './services.ts';
import { createVillageLabelCheck } from './village-labels.ts';
import { missedWakes, unjudgedCommands } from './waiting.ts';

/** Repairs at once: one list that does not answer holds up few others. */
const AT_ONCE = 10;

/** What is looked at in every round; cheap, and delays people when it goes wrong. */
export const QUICK_CHECKS: readonly Check[] = [
  workersOfQueue,
  unjudgedCommands,
  missedWakes,
  unfetchedConfirmations,
];

/** What is looked at now and then. */
export function createSlowChecks(): readonly Check[] {
  const checks = [runsOfLists, sweepersOfCounties, unansweredEntries, unsettledEffects];
  return [...checks, registryThere, createLabelCheck(), createVillageLabelCheck()];
}

/** 一轮结果: what was found, and the comparisons and repairs that could not be made. */
export interface Round {
  readonly found: readonly Disagreement[];
  readonly failures: readonly unknown[];
}

/** Safe to repeat, and to run beside workers and another reconciler. Never throws: failures are told. */
export async function reconcile(
  services: ReconcileServices,
  checks: readonly Check[],
  stopping?: AbortSignal,
): Promise<Round> {
  const found: Disagreement[] = [];
  const failures: unknown[] = [];
  let isEngineAway = false;
  for (const check of checks) {
    if (stopping?.aborted === true) break;
    if (isEngineAway && check.asksEngine === true) continue;
    try {
      const look = await check.look(services);
      await noteDisagreements(services.db, { kinds: check.kinds, ...look });
      found.push(...look.found);
      isEngineAway ||= look.found.some(({ kind }) => kind === 'engine-away');
      // Every repair ends with a call of the engine; each would only wait for its limit.
      if (isEngineAway) continue;
      failures.push(...(await repairAll(services, check, look.found, stopping)));
    } catch (error) {
      // An outage of engine, registry or record: the next round asks again, and what stands stays.
      failures.push(error);
    }
  }
  return { found, failures };
}

async function repairAll(
  services: ReconcileServices,
  { repair }: Check,
  found: readonly Disagreement[],
  stopping: AbortSignal | undefined,
): Promise<readonly unknown[]> {
  if (repair === undefined) return [];
  const failures: unknown[] = [];
  for (let from = 0; from < found.length && stopping?.aborted !== true; from += AT_ONCE) {
    const some = found.slice(from, from + AT_ONCE);
    const repaired = some.map(async (each) => {
      if (await repair(services, each)) await noteRepair(services.db, each);
    });
    for (const answer of await Promise.allSettled(repaired)) {
      if (answer.status === 'rejected') failures.push(answer.reason);
    }
  }
  return failures;
}
