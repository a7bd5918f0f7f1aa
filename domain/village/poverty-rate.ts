/** 贫困发生率 of a village against a limit (policy.md §7.2). */

/** A limit as the pack writes it. */
export interface RateLimit {
  readonly numerator: number;
  readonly denominator: number;
}

/** Whole numbers crosswise: nothing is rounded, and 以下 includes the figure itself. */
export function isWithinLimit(poorPersons: number, persons: number, limit: RateLimit): boolean {
  return (
    BigInt(poorPersons) * BigInt(limit.denominator) <= BigInt(limit.numerator) * BigInt(persons)
  );
}
