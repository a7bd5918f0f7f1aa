/** 中位数与离散 — how repeated measurements are told. */
import { invariant } from '../domain/invariant.ts';

/** Median with the lowest and the highest run. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** The value below which `percent` of the values lie (nearest rank). */
export function percentileOf(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
  invariant(found !== undefined, 'something was measured');
  return found;
}

/** The middle value, the lower one of two. */
export function medianOf(values: readonly number[]): number {
  return percentileOf(values, 50);
}

/** Median, lowest and highest. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: medianOf(values), low: Math.min(...values), high: Math.max(...values) };
}
