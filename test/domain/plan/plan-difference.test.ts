import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../domain/plan/plan.ts';
import { planDifferences } from '../../../domain/plan/plan-difference.ts';
import { trainingPlan } from '../../policies/training-plan.ts';

const PLAN = trainingPlan('zhenxiong-2020', 'identification');

function lines(next: Plan): readonly string[] {
  return planDifferences(PLAN, next).map(
    ({ where, what, before, after }) => `${where} ${what}：${before} → ${after}`,
  );
}

describe('规则比较: what a person would notice, line by line', () => {
  test('a plan does not differ from itself', () => {
    expect(lines(PLAN)).toEqual([]);
  });

  test('another income line, in yuan', () => {
    const standards = { ...PLAN.standards, incomeLineFen: 385_050 };
    expect(lines({ ...PLAN, standards })).toEqual([
      '标准 收入线：每人每年4000元 → 每人每年3850.50元',
    ]);
  });

  test('a step left out is named in the order, and each of its lines is gone', () => {
    const steps = PLAN.steps.filter(({ key }) => key !== 'township-notice');
    const [order, ...gone] = lines({ ...PLAN, steps });
    expect(order).toMatch(/^全程 环节顺序：.*乡镇审核→乡镇公示→县级审定.* → .*乡镇审核→县级审定/);
    expect(gone.every((line) => line.startsWith('乡镇公示 ') && line.endsWith('→ null'))).toBe(
      true,
    );
    expect(gone.join()).toContain('乡镇公示 公示期：7个自然日，起始当日不计入 → null');
  });

  test('departments, due dates and quorum are told at their step', () => {
    const steps = PLAN.steps.map((step) => {
      if (step.kind === 'comparison') return { ...step, departments: ['公安', '住建'], due: null };
      if (step.kind !== 'assembly') return step;
      return { ...step, quorum: { ...step.quorum, numerator: 4, denominator: 5 } };
    });
    const found = lines({ ...PLAN, steps }).join('\n');
    expect(found).toContain(
      '部门比对 参加部门：公安、发改、住建、民政、卫计、人社、教育、工商 → 公安、住建',
    );
    expect(found).toMatch(/部门比对 时限：2020-10-15.*前 → 没有时限/);
    expect(found).toContain('村民代表评议 到会比例：三分之二（村民代表） → 五分之四（村民代表）');
  });
});
