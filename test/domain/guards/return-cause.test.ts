/** G-11: 返贫 needs its cause, and in Kunming a grave one (policy.md §5, §14). */
import { describe, expect, test } from 'vitest';
import type { VisitForm } from '../../../domain/facts/household-facts.ts';
import { GUARDS } from '../../../domain/guards/index.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { guardInput } from './facts-builder.ts';

const GRAVE = { holds: true, signer: '卫生院院长', reason: '尿毒症' };

function judged(guard: string, packId: string, form: Partial<VisitForm>): readonly string[] | null {
  const plan = trainingPlan(packId, 'return-to-poverty');
  const finding = GUARDS[guard]?.({ ...guardInput({ form }), plan });
  return finding == null ? null : (finding.missing ?? []);
}

describe.for(['zhenxiong-2020', 'kunming-2017', 'shanxi-2017'])('%s', (packId) => {
  test.for([
    ['no cause → refused', { cause: null, graveCause: GRAVE }, ['返贫原因']],
    ['a blank cause → refused', { cause: ' ', graveCause: GRAVE }, ['返贫原因']],
    [
      'a cause of 致贫 that the form does not give for 返贫 → refused',
      { cause: '自身发展动力不足', graveCause: GRAVE },
      ['所列之一的返贫原因'],
    ],
    ['因病 → held', { cause: '因病', graveCause: GRAVE }, null],
    ['产业项目失败 → held', { cause: '产业项目失败', graveCause: null }, null],
  ] as const)('%s', ([, form, missing]) => {
    expect(judged('G-11', packId, form)).toEqual(missing);
  });
});

describe('Kunming', () => {
  const NOT_JUDGED = ['返贫原因属重病、大病或重大灾害的研判意见'];
  test.for([
    ['因病 that nobody judged → refused, not sent elsewhere', '因病', null, NOT_JUDGED],
    ['a judgement without a signer → refused', '因灾', { ...GRAVE, signer: ' ' }, NOT_JUDGED],
    ['因灾, judged grave → held', '因灾', GRAVE, null],
  ] as const)('G-11: %s', ([, cause, graveCause, missing]) => {
    expect(judged('G-11', 'kunming-2017', { cause, graveCause })).toEqual(missing);
  });

  test.for([
    ['grave 因病 → stays', '因病', GRAVE, true],
    ['grave 因灾 → stays', '因灾', GRAVE, true],
    ['因病 that is not grave → sent elsewhere', '因病', { ...GRAVE, holds: false }, false],
    ['因学 → sent elsewhere', '因学', null, false],
    ['因学, however grave → sent elsewhere', '因学', GRAVE, false],
  ] as const)('G-11-ADMITTED: %s', ([, cause, graveCause, stays]) => {
    const found = judged('G-11-ADMITTED', 'kunming-2017', { cause, graveCause });
    expect(found === null).toBe(stays);
  });

  test('the others do not ask whether a cause is grave', () => {
    for (const packId of ['zhenxiong-2020', 'shanxi-2017']) {
      const { steps } = trainingPlan(packId, 'return-to-poverty');
      const placed = steps.flatMap(({ guards }) => guards.map(({ id }) => id));
      expect(placed).toContain('G-11');
      expect(placed).not.toContain('G-11-ADMITTED');
    }
  });
});
