import { invariant } from '../../domain/invariant.ts';
import type { Plan, ProcedureId } from '../../domain/plan/plan.ts';
import { trainingConfirmations } from '../../policies/confirm-values.ts';
import { loadPacks, type PackLibrary } from '../../policies/load-packs.ts';
import { resolvePlan } from '../../policies/resolve-plan.ts';

/** The shipped packs, read once a file. */
export const library: PackLibrary = loadPacks();

/** A county of each shipped place. */
export const PLACES: Readonly<Record<string, string>> = {
  'zhenxiong-2020': '530627',
  'kunming-2017': '530129',
  'shanxi-2017': '140222',
  'xinwan-2022': '430981',
  'hunan-2018': '430981',
};

/** The plan of a shipped pack with its values confirmed for training. */
export function trainingPlan(
  packId: string,
  procedure: ProcedureId,
  packs: PackLibrary = library,
): Plan {
  const areaCode = PLACES[packId];
  invariant(areaCode !== undefined, `no place for ${packId}`);
  const confirmations = trainingConfirmations(packId);
  const outcome = resolvePlan(packs, { packId, procedure, areaCode, confirmations });
  invariant(outcome.ok, `training values of ${packId} are complete`);
  return outcome.plan;
}
