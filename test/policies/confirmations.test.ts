import { describe, expect, test } from 'vitest';
import type { ProcedureId } from '../../domain/plan/plan.ts';
import {
  trainingConfirmations,
  type UnconfirmedValue,
  type ValueConfirmation,
} from '../../policies/confirm-values.ts';
import { resolvePlan } from '../../policies/resolve-plan.ts';
import { library, trainingPlan } from './training-plan.ts';

const ZHENXIONG = { packId: 'zhenxiong-2020', areaCode: '530627' } as const;

function unconfirmedOf(
  confirmations: readonly ValueConfirmation[],
  procedure: ProcedureId = 'household-exit',
): readonly UnconfirmedValue[] {
  const outcome = resolvePlan(library, { ...ZHENXIONG, procedure, confirmations });
  return outcome.ok ? [] : outcome.unconfirmed;
}

/** The training values with the value of one path changed. */
function withValue(path: string, value: unknown): ValueConfirmation[] {
  return trainingConfirmations(ZHENXIONG.packId).map((each) =>
    each.path === path ? { ...each, value } : each,
  );
}

describe('an unverified value that nobody confirmed → no plan', () => {
  test('every value that an exit in Zhenxiong uses is named, with words and what is suggested', () => {
    const unconfirmed = unconfirmedOf([]);
    expect(unconfirmed.map(({ path }) => path).sort()).toEqual([
      'announcement.minDays',
      'assembly.passing',
      'assembly.quorum',
      'income.line',
      'late.entry',
      'notice.village',
      'objection.days',
      'order.household-exit',
    ]);
    expect(unconfirmed.find(({ path }) => path === 'income.line')?.suggested).toBe(400_000);
    for (const { words } of unconfirmed) expect(words).toMatch(/[\u4e00-\u9fff]/);
  });

  test('an identification also needs departments, validity, visitors and the second notice', () => {
    const paths = unconfirmedOf([], 'identification').map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'comparison.departments',
        'comparison.validity',
        'collect.visitors',
        'notice.township',
        'order.identification',
      ]),
    );
  });

  test.for(unconfirmedOf([]).map(({ path }) => path))('all but %s → that one is named', (path) => {
    const others = trainingConfirmations(ZHENXIONG.packId).filter((each) => each.path !== path);
    expect(unconfirmedOf(others).map((each) => each.path)).toEqual([path]);
  });

  test('verified values need nobody: the income window is used as the notice gives it', () => {
    const paths = unconfirmedOf([]).map(({ path }) => path);
    expect(paths).not.toContain('income.window');
    expect(paths).not.toContain('income.counts');
  });
});

describe('a confirmation that does not hold → not counted', () => {
  test.for([
    ['income.line', 0],
    ['income.line', '4000元'],
    ['notice.village', { amount: 0, unit: 'CALENDAR', countFirstDay: false }],
    ['notice.village', { amount: 7, unit: 'FORTNIGHT', countFirstDay: false }],
    ['late.entry', null],
  ] as const)('%s = %j is no such value', ([path, value]) => {
    expect(unconfirmedOf(withValue(path, value)).map((each) => each.path)).toEqual([path]);
  });

  test('a quorum below two thirds is under the national floor', () => {
    const half = withValue('assembly.quorum', { numerator: 1, denominator: 2 });
    expect(unconfirmedOf(half).map(({ path }) => path)).toEqual(['assembly.quorum']);
  });

  test('an order confirmed for another chain does not cover this one', () => {
    const other = withValue('order.household-exit', ['assembly', 'registration']);
    expect(unconfirmedOf(other).map(({ path }) => path)).toEqual(['order.household-exit']);
  });
});

describe('a confirmed value', () => {
  test('rules, and its clause is the document that confirmed it', () => {
    const plan = trainingPlan('zhenxiong-2020', 'household-exit');
    const notice = plan.steps.find((step) => step.kind === 'notice');
    expect(notice?.period).toMatchObject({ amount: 7, unit: 'CALENDAR', countFirstDay: false });
    expect(plan.clauses[notice?.periodClauseId ?? '']).toMatchObject({
      document: '培训核定〔2020〕1号',
      verified: true,
    });
    expect(plan.lateEntry).toEqual({ days: 15, clauseId: 'confirmed.late.entry' });
  });

  test('is listed once in the plan with number, date and name', () => {
    const { confirmations } = trainingPlan('zhenxiong-2020', 'identification');
    const paths = confirmations.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(confirmations).toContainEqual({
      path: 'income.line',
      documentNo: '培训核定〔2020〕1号',
      documentOn: '2020-09-28',
      by: '培训用核定人',
    });
  });

  test('the last confirmation of a path counts', () => {
    const [first] = trainingConfirmations('zhenxiong-2020');
    const later = { ...first, path: 'income.line', value: 410_000 } as ValueConfirmation;
    const confirmations = [...trainingConfirmations('zhenxiong-2020'), later];
    const outcome = resolvePlan(library, {
      ...ZHENXIONG,
      procedure: 'household-exit',
      confirmations,
    });
    expect(outcome.ok && outcome.plan.standards.incomeLineFen).toBe(410_000);
  });
});

describe('a request that no pack answers is a bug of the caller', () => {
  test.for([
    ['an unknown pack', { packId: 'nowhere', areaCode: '530627' }],
    ['an area outside the pack', { packId: 'zhenxiong-2020', areaCode: '140222' }],
    ['a layer above the place', { packId: 'yunnan', areaCode: '530627' }],
    ['another year', { packId: 'zhenxiong-2020', areaCode: '530627', year: 2021 }],
  ] as const)('%s → throws', ([, request]) => {
    const full = { ...request, procedure: 'household-exit', confirmations: [] } as const;
    expect(() => resolvePlan(library, full)).toThrow(/does not rule over|rules the year 2020 only/);
  });
});
