import { describe, expect, test } from 'vitest';
import type { CommandBody } from '../../../domain/kernel/command.ts';
import type { Decision } from '../../../domain/kernel/decide.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { codesOf } from './list-acts.ts';
import { ListWalk } from './list-walk.ts';

const YES = ['c1', 'c2'].map((caseId) => ({ caseId, for: 20, against: 0, abstain: 0 }));

function exit(packId = 'zhenxiong-2020', start = '2020-09-20 09:00'): ListWalk {
  return new ListWalk(trainingPlan(packId, 'household-exit'), start);
}

function hold(
  walk: ListWalk,
  over: Record<string, unknown> = {},
  votes = YES,
  group: string | null = null,
): Decision {
  const evidence = walk.papers();
  const body: CommandBody = {
    type: 'hold-assembly',
    group,
    meeting: walk.meeting(over),
    votes,
    evidence,
  };
  return walk.send(walk.who('village', 'clerk'), body);
}

const proxy = (absent: string, by: string, paper = 'scan') => ({ for: absent, by, paper });

describe('书面委托 count once each (G-02, §3.4)', () => {
  test.for([
    [
      'two absent persons, two papers → 18 + 2 = two thirds of 30',
      [proxy('甲', '乙'), proxy('丙', '乙')],
      [],
    ],
    ['the same absent person twice', [proxy('甲', '乙'), proxy('甲', '丁')], ['G-02']],
    ['carried by somebody who is absent too', [proxy('甲', '丙'), proxy('丙', '乙')], ['G-02']],
    ['for nobody', [proxy('', '乙'), proxy('丙', '乙')], ['G-02']],
    ['by nobody', [proxy('甲', ' '), proxy('丙', '乙')], ['G-02']],
    ['without its paper', [proxy('甲', '乙', 'lost'), proxy('丙', '乙')], ['EVIDENCE-MISSING']],
    ['too few with one', [proxy('甲', '乙')], ['G-02', 'VOTES-DO-NOT-ADD-UP']],
  ] as const)('%s', ([, proxies, codes]) => {
    expect(codesOf(hold(exit(), { present: 18, proxies }))).toEqual(codes);
  });
});

describe('应到、实到、票数 (G-02)', () => {
  test.for([
    [{ entitled: 0, present: 0 }, 'nobody entitled'],
    [{ entitled: 19, present: 20 }, 'more present than entitled'],
    [{ entitled: 30.5, present: 25 }, 'half a person'],
    [{ entitled: 30, present: Number.NaN }, 'no number'],
    [{ basis: 'everybody' }, 'a body that the rule does not name'],
  ] as const)('%j → refused (%s)', ([over]) => {
    expect(codesOf(hold(exit(), over))).toContain('G-02');
  });

  test.for([
    [{ for: 15, against: 3, abstain: 3 }, 'VOTES-DO-NOT-ADD-UP', '21 votes of 20 present'],
    [{ for: -1, against: 3, abstain: 3 }, 'VOTES-DO-NOT-ADD-UP', 'a negative count'],
    [{ for: 10.5, against: 0, abstain: 0 }, 'VOTES-DO-NOT-ADD-UP', 'half a vote'],
  ] as const)('%j → %s (%s)', ([counts, code]) => {
    const votes = YES.map(({ caseId }) => ({ caseId, ...counts }));
    expect(codesOf(hold(exit(), {}, votes))).toContain(code);
  });

  test('half of those present is no majority, though fewer voted at all', () => {
    const walk = exit();
    const votes = YES.map(({ caseId }) => ({ caseId, for: 10, against: 0, abstain: 0 }));
    expect(hold(walk, {}, votes).ok).toBe(true);
    expect(walk.state.cases.map(({ outcome }) => outcome)).toEqual(['VOTED-DOWN', 'VOTED-DOWN']);
    expect(walk.step).toBe('closed');
  });

  test('a household without votes, one voted twice, one of no list → refused', () => {
    const [first, second] = YES;
    if (first === undefined || second === undefined) throw new Error('two households');
    expect(codesOf(hold(exit(), {}, [first]))).toEqual(['VOTES-INCOMPLETE']);
    expect(codesOf(hold(exit(), {}, [first, second, second]))).toEqual(['UNKNOWN-CASE']);
    const foreign = { ...first, caseId: 'c9' };
    expect(codesOf(hold(exit(), {}, [first, second, foreign]))).toEqual(['UNKNOWN-CASE']);
  });
});

describe('when the meeting was (§3.4)', () => {
  test.for([
    [-60_000, ['MEETING-BEFORE-STEP'], 'a minute before the list was opened'],
    [0, [], 'as the list was opened'],
    [3_600_001, ['MEETING-IN-FUTURE'], 'a millisecond from now'],
  ] as const)('%i ms after opening, entered an hour after it → %j (%s)', ([shift, codes]) => {
    const walk = exit();
    const heldAt = walk.now + shift;
    walk.minutes(60);
    expect(codesOf(hold(walk, { heldAt }))).toEqual(codes);
  });
});

describe('村民小组评议 (评议一)', () => {
  const group = (): ListWalk => {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'identification'), '2020-09-20 09:00');
    walk.walkTo('group-assembly');
    return walk;
  };
  const own = (caseId: string) => [{ caseId, for: 20, against: 0, abstain: 0 }];

  test('a void meeting holds its own group only; the other goes on', () => {
    const walk = group();
    const clerk = walk.who('village', 'clerk');
    const meeting = walk.meeting({ present: 19 });
    const evidence = walk.papers();
    walk.must(clerk, { type: 'record-void-assembly', group: 'g1', meeting, evidence });
    expect(hold(walk, {}, own('c2'), 'g2').ok).toBe(true);
    expect(walk.step).toBe('group-assembly');
    expect(walk.state.cases.map(({ done }) => done)).toEqual([false, true]);
    expect(hold(walk, {}, own('c1'), 'g1').ok).toBe(true);
    expect(walk.step).toBe('comparison');
  });

  test('with its quorum a meeting is no 流会', () => {
    const walk = group();
    const body = { group: 'g1', meeting: walk.meeting(), evidence: walk.papers() };
    const decision = walk.send(walk.who('village', 'clerk'), {
      type: 'record-void-assembly',
      ...body,
    });
    expect(codesOf(decision)).toEqual(['QUORUM-MET']);
  });

  test('a group without households, and one that has met → nothing to vote on', () => {
    const walk = group();
    expect(codesOf(hold(walk, {}, [], 'g9'))).toEqual(['ALREADY-DONE']);
    hold(walk, {}, own('c1'), 'g1');
    expect(codesOf(hold(walk, {}, own('c1'), 'g1'))).toEqual(['ALREADY-DONE']);
  });

  test('a village meeting where groups meet, a group where the village meets → refused', () => {
    expect(codesOf(hold(group(), {}, YES, null))).toEqual(['WRONG-BODY']);
    expect(codesOf(hold(exit(), {}, YES, 'g1'))).toEqual(['WRONG-BODY']);
  });
});

describe('提示', () => {
  function warnings(decision: Decision): readonly string[] {
    return decision.ok ? decision.warnings.map(({ code }) => code) : ['refused'];
  }

  test.for([
    ['zhenxiong-2020', '2020-09-20 09:00', ['G-30']],
    ['kunming-2017', '2017-11-01 09:00', ['G-30']],
    ['shanxi-2017', '2017-10-25 09:00', []],
  ] as const)(
    '%s: no work team at the meeting → %j (G-30: Yunnan only, a warning)',
    ([packId, start, codes]) => {
      expect(warnings(hold(exit(packId, start), { workTeamPresent: [] }))).toEqual(codes);
    },
  );

  test('a relative at the meeting → taken with a warning (§3.4 recusal)', () => {
    const kinship = [{ caseId: 'c1', attendee: '王某', relation: '表兄' }];
    expect(warnings(hold(exit(), { kinship }))).toEqual(['KINSHIP']);
  });
});
