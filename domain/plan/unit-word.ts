import type { Plan } from './plan.ts';

/** 户 or 村: what a list of this plan counts. */
export function unitWord({ subject }: Pick<Plan, 'subject'>): '户' | '村' {
  return subject === undefined ? '户' : '村';
}
