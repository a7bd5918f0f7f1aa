/** 贫困村退出申报表 of a village that may leave, as a township sends it. */
import type { Plan } from '../../domain/plan/plan.ts';

/** Every indicator of the plan met; a thousand people by the plan's first definition. */
export function villageFormOf(plan: Plan, on: string, scan: string) {
  const indicators = plan.steps.flatMap((step) =>
    step.kind === 'certification' ? step.indicators : [],
  );
  return {
    subject: 'village',
    filledOn: on,
    denominator: { persons: 1000, definition: plan.standards.village?.denominators[0] ?? '', on },
    indicators: indicators.map(({ key }) => ({ key, met: true, words: '已达标' })),
    relocation: { listed: false, moved: null },
    signatures: [
      { name: '王主任', role: '村两委', on, scan },
      { name: '赵队员', role: '驻村工作队', on, scan },
    ],
  };
}
