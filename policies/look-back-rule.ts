import { invariant } from '../domain/invariant.ts';
import type { LookBackRule } from '../domain/village/look-back.ts';
import { lineageOf, type PackLibrary, packCovers } from './load-packs.ts';
import { mergeLineage } from './merge-lineage.ts';
import { VALUE_SHAPES } from './pack-values.ts';

/**
 * 回头看 as the pack of an area and year asks for it; null where none does. Values that nobody verified
 * open nothing: a look-back is the text's own demand, not a suggestion.
 */
export function lookBackRule(
  library: PackLibrary,
  areaCode: string,
  year: number,
): LookBackRule | null {
  for (const [packId, { pack }] of library.packs) {
    if (pack.year !== year || !packCovers(library, packId, areaCode)) continue;
    const { values, clauses } = mergeLineage(lineageOf(library, packId), 'village-exit');
    const asked = values['village.lookBackYears'];
    const limit = values['village.rateLimit'];
    if (asked?.verified !== true || limit?.verified !== true) continue;
    const clause = clauses[asked.clause];
    invariant(clause !== undefined, `no clause ${asked.clause}`);
    return {
      packId,
      years: VALUE_SHAPES['village.lookBackYears'].parse(asked.value),
      limit: VALUE_SHAPES['village.rateLimit'].parse(limit.value),
      clause,
    };
  }
  return null;
}
