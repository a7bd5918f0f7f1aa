/** 贫困村退出 (policy.md §7.5): exact rates, whole forms, relocation first. */
import { describe, expect, test } from 'vitest';
import type { VillageForm, VillageSnapshot } from '../../../domain/facts/village-facts.ts';
import { GUARDS } from '../../../domain/guards/index.ts';
import { invariant } from '../../../domain/invariant.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { PaperList } from '../../../policies/paper/paper-list.ts';
import { trainingPlan } from '../../policies/training-plan.ts';

const YUNNAN = trainingPlan('zhenxiong-2020', 'village-exit');
const SHANXI = trainingPlan('shanxi-2017', 'village-exit');

interface Otherwise {
  readonly registry?: Partial<VillageSnapshot>;
  readonly form?: Partial<VillageForm>;
}

/** What a guard says of the paper village with what is otherwise; null where it holds. */
function judged(id: string, plan: Plan, { registry = {}, form = {} }: Otherwise = {}) {
  const list = new PaperList(plan, `${plan.year}-10-09 09:00`, { cases: 1 });
  const facts = list.caseFacts['c1'];
  const [item] = list.state.cases;
  const [step] = plan.steps;
  invariant(facts?.village?.registry != null && facts.village.form !== null, 'a paper village');
  invariant(item !== undefined && step !== undefined, 'one case at the first step');
  const village = {
    registry: { ...facts.village.registry, ...registry },
    form: { ...facts.village.form, ...form },
  };
  const known = { ordinaryPoorOutside: null };
  const given = { plan, step, at: list.now, item, facts: { ...facts, village }, ...known };
  return GUARDS[id]?.(given)?.words ?? null;
}

function rate(plan: Plan, poorPersons: number, persons: number) {
  const definition = plan.standards.village?.denominators[0] ?? '';
  const denominator = { persons, definition, on: '2017-01-01' as VillageForm['filledOn'] };
  return judged('GV1', plan, { registry: { poorPersons }, form: { denominator } });
}

describe('GV1 贫困发生率: whole numbers, nothing is rounded', () => {
  test.for([
    [YUNNAN, 3, 100],
    [YUNNAN, 30, 1001],
    [YUNNAN, 0, 1],
    [SHANXI, 2, 100],
    [SHANXI, 20, 1000],
  ] as const)('$1 of $2 may leave', ([plan, poor, persons]) => {
    expect(rate(plan, poor, persons)).toBeNull();
  });

  test.for([
    // 3.003…% would be 3.0% once rounded.
    [YUNNAN, 30, 999],
    [SHANXI, 3, 100],
    // 2.0004…%
    [SHANXI, 41, 2049],
    [SHANXI, 2_000_000_001, 100_000_000_000],
  ] as const)('$1 of $2 may not', ([plan, poor, persons]) => {
    expect(rate(plan, poor, persons)).toContain('贫困发生率超过');
  });

  test('a denominator below its numerator is a mistake, not a rate', () => {
    expect(rate(YUNNAN, 5, 4)).toContain('请核对');
    expect(rate(YUNNAN, 0, 0)).toContain('请核对');
  });

  test('the words name numerator, denominator, its definition and day', () => {
    expect(rate(YUNNAN, 30, 999)).toBe(
      '凉水村未脱贫30人，本村农业户籍人口999人（2017-01-01），贫困发生率超过3%，不能出列',
    );
  });
});

test('VILLAGE-ITEMS: each indicator that is open or not met is named', () => {
  const indicators = YUNNAN.steps.flatMap((step) =>
    step.kind === 'certification' ? step.indicators : [],
  );
  expect(indicators).toHaveLength(10);
  const answers = indicators.map(({ key }) => ({ key, met: key !== 'road', words: '' }));
  const said = judged('VILLAGE-ITEMS', YUNNAN, { form: { indicators: answers.slice(0, -1) } });
  expect(said).toContain('有村集体经济收入（未填）');
  expect(said).toContain('危险路段有安全防护（未达标）');
  expect(judged('VILLAGE-ITEMS', YUNNAN)).toBeNull();
});

test('GV3 不搬迁不退出', () => {
  const moved = (listed: boolean | null, isMoved: boolean | null) =>
    judged('GV3', SHANXI, { form: { relocation: { listed, moved: isMoved } } });
  expect(moved(true, false)).toContain('不搬迁不退出');
  expect(moved(true, null)).toContain('不搬迁不退出');
  expect(moved(null, null)).toContain('没有填');
  expect(moved(true, true)).toBeNull();
  expect(moved(false, null)).toBeNull();
});

test('GV2 names the indicator and the department that has not certified it', () => {
  expect(judged('GV2', SHANXI)).toContain('5项退出指标没有行业部门认定达标');
});

test('VILLAGE-HOUSEHOLDS: household exits come first', () => {
  expect(judged('VILLAGE-HOUSEHOLDS', SHANXI, { registry: { openExitCases: 2 } })).toContain('2户');
  expect(judged('VILLAGE-HOUSEHOLDS', SHANXI)).toBeNull();
});
