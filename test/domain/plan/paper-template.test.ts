/** 文书模板: the application of Shanxi 2017 in the words of its annex (附件1). */
import { expect, test } from 'vitest';
import { paperOf } from '../../../domain/plan/paper-template.ts';
import { trainingPlan } from '../../policies/training-plan.ts';

test('the application names its city, and says nothing that the annex does not say', () => {
  const plan = trainingPlan('shanxi-2017', 'function-opening');
  const step = plan.steps.find(({ key }) => key === 'application');
  if (step?.kind !== 'decision' || step.template === undefined) throw new Error('a template');
  const { title, to, body, from } = paperOf(step.template, '吕梁市');
  expect([title, to, from]).toEqual([
    '吕梁市关于开通扶贫信息系统功能的申请',
    '省脱贫攻坚领导小组办公室',
    '吕梁市脱贫攻坚领导小组办公室（盖章）',
  ]);
  expect(body).toBe(`${plan.clauses['s4-application']?.quote}请予支持。`);
});

test('no text prescribes words → no paper', () => {
  const plan = trainingPlan('zhenxiong-2020', 'function-opening');
  expect(plan.steps.some((step) => step.kind === 'decision' && step.template)).toBe(false);
});
