/** 内核速度 — the same seven sign-offs in memory, without record and engine. */
import { decide } from '../domain/kernel/decide.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { ListWalk } from '../test/domain/kernel/list-walk.ts';
import { SIGN_OFFS } from './carry-list.ts';

const SIZE = 100;
const MEASURED_MS = 1_000;

/** Household-steps per second of `decide` over lists of a hundred. */
export function measureKernel(plan: Plan): number {
  walkOnce(plan);
  let households = 0;
  let spentMs = 0;
  while (spentMs < MEASURED_MS) {
    spentMs += walkOnce(plan);
    households += SIZE;
  }
  return (households * SIGN_OFFS * 1000) / spentMs;
}

function walkOnce(plan: Plan): number {
  const walk = new ListWalk(plan, '2026-11-02 09:00', { cases: SIZE });
  walk.judge = decide;
  const from = performance.now();
  walk.walkTo('registration');
  return performance.now() - from;
}
