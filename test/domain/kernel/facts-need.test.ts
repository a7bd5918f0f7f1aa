/** 所需事实 — derived from the plan's guards and the command; every walk of the other tests obeys it. */
import { describe, expect, test } from 'vitest';
import { contentHash } from '../../../db/record/hash-chain.ts';
import type { CommandBody } from '../../../domain/kernel/command.ts';
import { decide } from '../../../domain/kernel/decide.ts';
import { factsNeeded } from '../../../domain/kernel/facts-need.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { onlyNeeded } from './judged-by-need.ts';
import { ListWalk } from './list-walk.ts';

const plan = trainingPlan('zhenxiong-2020', 'household-exit');
const inShanxi = trainingPlan('shanxi-2017', 'household-exit');

/** A list of three at the first step of a kind. */
function atStep(kind: string, rules: Plan = plan): ListWalk {
  const start = rules === inShanxi ? '2017-09-20 09:00' : '2020-09-20 09:00';
  const walk = new ListWalk(rules, start, { cases: 3 });
  walk.walkTo(rules.steps.find((step) => step.kind === kind)?.key ?? '');
  return walk;
}

function needAt({ plan: rules, state }: ListWalk, body: CommandBody | null) {
  const { cases, ...others } = factsNeeded(rules, state, body);
  return { ...others, cases: cases.map(({ id }) => id) };
}

const SUSPEND: CommandBody = { type: 'suspend', reason: '天气', basis: '通知' };
const NOTHING_NAMED = { refuse: [], answers: [], acceptLate: [], evidence: {} } as const;
const REVIEW = { ...NOTHING_NAMED, type: 'review', opinion: '同意' } as const satisfies CommandBody;

describe('households are loaded', () => {
  test('for a command that no guard judges → none, at any step', () => {
    for (const kind of ['assembly', 'verification', 'review', 'decision']) {
      expect(needAt(atStep(kind), SUSPEND).cases).toEqual([]);
    }
  });

  test('where the step has guards → all that the list still carries', () => {
    const walk = atStep('review');
    const guarded = walk.plan.steps[walk.state.stepIndex]?.guards.length ?? 0;
    expect(guarded).toBeGreaterThan(0);
    expect(needAt(walk, REVIEW).cases).toEqual(['c1', 'c2', 'c3']);
  });

  test('where the step has none → none, but for a level that asks the status again', () => {
    const advance: CommandBody = { type: 'advance', reason: '先行' };
    const [acceptance, review] = [atStep('acceptance'), atStep('review')];
    const steps = review.plan.steps.map((step) => ({ ...step, guards: [] }));
    const plan = { ...review.plan, steps };
    expect(factsNeeded(plan, acceptance.state, advance).cases).toEqual([]);
    expect(factsNeeded(plan, review.state, REVIEW).cases).toHaveLength(3);
  });

  test('that a verification names → these alone', () => {
    const entries = [{ caseId: 'c2', formHash: 'form-c2' }];
    const body: CommandBody = { type: 'verify', entries, signers: [], evidence: {} };
    expect(needAt(atStep('verification'), body).cases).toEqual(['c2']);
  });

  test('for an explanation → whatever an action of the step would read', () => {
    expect(needAt(atStep('verification'), null).cases).toEqual(['c1', 'c2', 'c3']);
    expect(needAt(atStep('registration'), null).windows).toBe(true);
  });
});

test('a village’s poor outside the list are counted only where a guard asks for the exit order', () => {
  const meeting: CommandBody = { type: 'advance', reason: '其余户外出务工' };
  expect(needAt(atStep('assembly', inShanxi), meeting).ordinaryPoorOutside).toBe(true);
  expect(needAt(atStep('assembly'), meeting).ordinaryPoorOutside).toBe(false);
});

test('a judged household that was not loaded → no answer at all, never a silent pass', () => {
  const walk = atStep('review');
  const { state, now: receivedAt } = walk;
  const nothing = {
    cases: [],
    groups: false,
    otherLists: false,
    windows: false,
    ordinaryPoorOutside: false,
    monitoringScale: false,
  };
  const command = { id: 'k', actor: walk.who('township', 'reviewer'), receivedAt, body: REVIEW };
  const body = { ...REVIEW, evidence: walk.papers() };
  const facts = onlyNeeded(walk.facts(), nothing);
  const judge = () =>
    decide({ plan, state, command: { ...command, body }, facts, sheetHash: contentHash });
  expect(judge).toThrow('facts of every judged case are loaded');
});
