import { expect, test } from 'vitest';
import { progressWords } from '../../web/features/roster/case-words.ts';
import { validCase } from '../domain/guards/facts-builder.ts';
import { trainingPlan } from '../policies/training-plan.ts';

test('departments of a comparison are named together by what they found', () => {
  const plan = trainingPlan('zhenxiong-2020', 'identification');
  const step = plan.steps.find(({ kind }) => kind === 'comparison') ?? null;
  const marks = ['hit', 'clear', 'clear', 'hit', 'clear', 'clear', 'clear', 'waiting'] as const;
  const item = validCase({
    accepted: { household: false, helper: false },
    comparison: { marks: [...marks], ends: marks.map(() => null) },
  });
  expect(progressWords(item, step)).toBe(
    '公安、民政有疑点；发改、住建、卫计、人社、教育无异常；工商待比对',
  );
});
