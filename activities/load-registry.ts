/** 演练数据 to the reference registry: training only, never through the port that lists write through. */
import type { TrainingWorld } from '../db/training/training-world.ts';

/** A load of a county takes seconds at most. */
const LOAD_MS_MAX = 30_000;

/** The reference registry did not take the load; it kept what it had. */
export class RegistryLoadFailed extends Error {
  override readonly name = 'RegistryLoadFailed';
}

/** Replaces everything that the reference registry holds, in one transaction of its own. */
export async function loadReferenceRegistry(
  baseUrl: string,
  { villages, households, windows }: TrainingWorld,
): Promise<void> {
  const response = await fetch(new URL('/training/load', baseUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reset: true, villages, households, windows }),
    signal: AbortSignal.timeout(LOAD_MS_MAX),
  }).catch(() => undefined);
  // Without the answer's text: it may quote a household.
  if (response?.ok !== true) throw new RegistryLoadFailed('the reference registry took no load');
}
