import { expect, test } from 'vitest';
import { PROCEDURES } from '../../domain/plan/plan.ts';
import { WORKFLOW_TYPES } from '../../workflows/contracts/roster.ts';
import * as workflows from '../../workflows/index.ts';

test('every procedure has a workflow type, and the worker runs it', () => {
  expect(Object.keys(WORKFLOW_TYPES).sort()).toEqual([...PROCEDURES].sort());
  for (const type of Object.values(WORKFLOW_TYPES)) expect(workflows).toHaveProperty(type);
});
