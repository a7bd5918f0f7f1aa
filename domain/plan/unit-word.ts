import type { Plan } from './plan.ts';

/** 户, 村 or 县. */
export type UnitWord = '户' | '村' | '县';

/** What a list of this plan counts. */
export function unitWord({ subject }: Pick<Plan, 'subject'>): UnitWord {
  if (subject === undefined) return '户';
  return subject === 'village' ? '村' : '县';
}
