/** 待核定 — what the office has still to confirm before lists can start under a pack. */
import { PROCEDURES, type ProcedureId } from '../domain/plan/plan.ts';
import type { UnconfirmedValue, ValueConfirmation } from './confirm-values.ts';
import { lineageOf, type PackLibrary } from './load-packs.ts';
import { mergeLineage } from './merge-lineage.ts';
import { resolvePlan } from './resolve-plan.ts';
import { resolveScreening } from './resolve-screening.ts';

/** Procedures that the lineage gives steps for. */
export function proceduresOf(library: PackLibrary, packId: string): readonly ProcedureId[] {
  const lineage = lineageOf(library, packId);
  return PROCEDURES.filter(
    (procedure) => mergeLineage(lineage, procedure).procedure.steps.length > 0,
  );
}

/** 待核定 of every procedure of a place's pack, given some confirmations. */
export function unconfirmedValues(
  library: PackLibrary,
  packId: string,
  areaCode: string,
  confirmations: readonly ValueConfirmation[],
): readonly UnconfirmedValue[] {
  const found = new Map<string, UnconfirmedValue>();
  for (const procedure of proceduresOf(library, packId)) {
    const outcome = resolvePlan(library, { packId, procedure, areaCode, confirmations });
    if (outcome.ok) continue;
    for (const value of outcome.unconfirmed) found.set(value.path, value);
  }
  const screening = resolveScreening(library, packId, confirmations);
  for (const value of screening?.unconfirmed ?? []) found.set(value.path, value);
  return [...found.values()];
}
