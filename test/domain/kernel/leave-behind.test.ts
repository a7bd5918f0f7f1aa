import { describe, expect, test } from 'vitest';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ALL_SECURE, validForm } from '../guards/facts-builder.ts';
import { codesOf } from './list-acts.ts';
import { ListWalk } from './list-walk.ts';

describe('“先行” lets nobody past a guard (§14)', () => {
  test('verification with a household below the line → refused, whatever is ticked', () => {
    const plan = trainingPlan('zhenxiong-2020', 'household-exit');
    const walk = new ListWalk(plan, '2020-09-20 09:00');
    walk.walkTo('verification');
    const facts = walk.household('c1');
    const form = { ...(facts.form ?? validForm()), security: { ...ALL_SECURE, water: false } };
    walk.caseFacts['c1'] = { ...facts, form };
    const decision = walk.send(walk.who('village', 'clerk'), {
      type: 'verify',
      entries: [{ caseId: 'c1', formHash: 'form-c1' }],
      signers: [
        { role: '村两委', name: '王' },
        { role: '驻村工作队', name: '赵' },
      ],
      evidence: walk.papers(),
      leaveBehind: true,
    });
    expect(codesOf(decision)).toEqual(['EXIT-SECURITY']);
  });

  test('registration of a household unresolved in the registry → refused, whatever is ticked (G-10)', () => {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-09-20 09:00');
    walk.walkTo('registration');
    walk.openWindow();
    walk.now = Math.max(walk.now, walk.state.announcement?.endsAt ?? 0);
    const facts = walk.household('c1');
    if (facts.registry === null) throw new Error('an exit has a registered household');
    const registry = { ...facts.registry, security: { ...ALL_SECURE, housing: false } };
    walk.caseFacts['c1'] = { ...facts, registry };
    const decision = walk.send(walk.who('county', 'entry-reviewer'), {
      type: 'carry-registrations',
      entries: [walk.entryOf('c1')],
      leaveBehind: true,
    });
    expect(codesOf(decision)).toEqual(['G-10']);
  });

  test('second assembly with a stale comparison → refused, whatever is ticked (G-06)', () => {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'identification'), '2020-09-20 09:00');
    walk.walkTo('village-assembly');
    walk.days(91);
    const votes = ['c1', 'c2'].map((caseId) => ({ caseId, for: 20, against: 0, abstain: 0 }));
    const decision = walk.send(walk.who('village', 'clerk'), {
      type: 'hold-assembly',
      group: null,
      meeting: walk.meeting(),
      votes,
      evidence: walk.papers(),
      leaveBehind: true,
    });
    expect(codesOf(decision)).toEqual(['G-06', 'G-06']);
  });

  test('a review goes on without the household that fails; it stays behind as a list of its own', () => {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'identification'), '2020-09-20 09:00');
    walk.walkTo('county-decision');
    const [first] = walk.state.cases;
    if (first === undefined) throw new Error('the list has cases');
    const stale = {
      marks: first.comparison?.marks ?? [],
      ends: first.comparison?.marks.map(() => 0) ?? [],
    };
    walk.state = {
      ...walk.state,
      cases: walk.state.cases.map((item) =>
        item.id === 'c1' ? { ...item, comparison: stale } : item,
      ),
    };
    expect(codesOf(walk.pass())).toEqual(['G-06']);
    const passed = walk.pass({ leaveBehind: true });
    expect(codesOf(passed)).toEqual([]);
    expect(walk.state.cases.map(({ status }) => status)).toEqual(['split-off', 'on-list']);
    expect(walk.children[0]?.state.stepIndex).toBe(7);
  });
});
