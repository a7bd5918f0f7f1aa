/** 管理 — what holds of organisations, people and their duties whoever writes them down. */
import type { Refusal } from '../kernel/refusal.ts';
import { type PlainDate, startOfDay } from '../time/instant.ts';
import { LEVEL_WORDS, type OrgLevel } from './org-code.ts';

/** Days from the first until before the last; null = no end. */
export interface Term {
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Whether two terms share a day. */
export function overlap(one: Term, other: Term): boolean {
  const startsBefore = one.validTo === null || other.validFrom < one.validTo;
  const endsAfter = other.validTo === null || one.validFrom < other.validTo;
  return startsBefore && endsAfter;
}

const LEVELS = Object.keys(LEVEL_WORDS);

/** 上级 — whether organisations of one level may stand directly below those of the other. */
export function mayStandBelow(level: OrgLevel, parent: OrgLevel): boolean {
  return LEVELS.indexOf(parent) < LEVELS.indexOf(level);
}

/**
 * 生效日期 — a change of the tree is entered on its day or afterwards, never before: lists follow the
 * tree as it stands, and nobody may be judged by a tree of tomorrow. Undefined when `on` will do.
 */
export function refuseFutureChange(on: PlainDate, today: PlainDate): Refusal | undefined {
  if (on <= today) return undefined;
  const words = `变动自${on}起生效，请到那天再登记。`;
  return { code: 'CHANGE-NOT-YET', words, earliestAt: startOfDay(on) };
}

/** 任期 — an end before the beginning, or in the past, would rewrite what somebody was allowed to do. */
export function refuseEnd(term: Term, on: PlainDate, today: PlainDate): Refusal | undefined {
  if (term.validTo !== null && term.validTo <= today) {
    return { code: 'ALREADY-ENDED', words: `已于${term.validTo}终止，不必再办。` };
  }
  if (on >= today) return undefined;
  return { code: 'END-IN-PAST', words: '终止日期不能早于今天：此前已办的事不因此改变。' };
}
