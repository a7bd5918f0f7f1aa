/** What callers of a county's sweeper and its activity agree on. No personal data passes here. */
import { defineUpdate } from '@temporalio/workflow';

/** Workflow type of the sweeper. */
export const SWEEPER_TYPE = 'countySweeper';

/** Id of a county's sweeper: one of its kind, so that starting it twice is starting it once. */
export function sweeperIdOf(countyCode: string): string {
  return `sweeper-${countyCode}`;
}

/** Start argument. */
export interface SweeperArguments {
  readonly countyCode: string;
}

/** Up to which instant of business time to sweep; left out = now. */
export interface SweepArguments {
  readonly upTo?: number;
}

/** 清扫情况. */
export interface SweepAnswer {
  readonly fired: number;
  /** More was due than one call takes: call again at once. */
  readonly more: boolean;
  /** Time until the next rung on the business clock, 0 when it is past; null without one. */
  readonly nextInMs: number | null;
  /** The county has no list at all (any more): its sweeper ends, and the first list starts another. */
  readonly idle: boolean;
}

/** Sweep now, and answer when everything due up to then has fired. */
export const sweepUpdate = defineUpdate<SweepAnswer, [SweepArguments]>('sweep');

/** Activities of the worker, by name. */
export interface SweeperActivities {
  readonly sweepCounty: (given: SweeperArguments & SweepArguments) => Promise<SweepAnswer>;
}
