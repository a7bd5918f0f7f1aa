import { describe, expect, test } from 'vitest';
import { trainingPlan } from '../../policies/training-plan.ts';
import { codesOf, dispose, follow, object, sendBack } from './list-acts.ts';
import { ListWalk } from './list-walk.ts';

function exitAt(step: string): ListWalk {
  const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-09-20 09:00');
  walk.walkTo(step);
  return walk;
}

describe('退回 runs the steps after it again (§3.3 退回重新核定)', () => {
  test('one household returned to the notice → the old notice does not count, a new one is posted', () => {
    const walk = exitAt('township-review');
    expect(sendBack(walk, 'village-notice', ['c1']).ok).toBe(true);
    follow(walk);
    expect(walk.state.notice).toBeNull();
    expect(codesOf(walk.closeNotice())).toEqual(['NOTICE-NOT-DRAFTED']);
  });

  test('the whole list returned to the notice → the old notice does not count', () => {
    const walk = exitAt('township-review');
    expect(sendBack(walk, 'village-notice').ok).toBe(true);
    expect(codesOf(walk.closeNotice())).toEqual(['NOTICE-NOT-DRAFTED']);
  });

  test('returned to before acceptance → the household is asked again', () => {
    const walk = exitAt('township-review');
    expect(sendBack(walk, 'verification', ['c1']).ok).toBe(true);
    follow(walk);
    expect(walk.state.cases[0]?.accepted).toEqual({ household: false, helper: false });
    walk.walkTo('township-review');
    expect(walk.pass().ok).toBe(true);
  });

  test('returned to after acceptance → the acceptance stands', () => {
    const walk = exitAt('township-review');
    sendBack(walk, 'village-notice', ['c1']);
    follow(walk);
    expect(walk.state.cases[0]?.accepted.household).toBe(true);
  });

  test.for([
    ['zhenxiong-2020', 'township-review', 'group-assembly', true],
    ['zhenxiong-2020', 'township-review', 'village-assembly', false],
    ['shanxi-2017', 'county-decision', 'village-notice', true],
  ] as const)(
    '%s: returned from %s to %s → the comparison runs again: %s (G-06)',
    ([packId, from, to, again]) => {
      const walk = new ListWalk(
        trainingPlan(packId, 'identification'),
        packId === 'shanxi-2017' ? '2017-10-25 09:00' : '2020-09-20 09:00',
      );
      walk.walkTo(from);
      expect(sendBack(walk, to).ok).toBe(true);
      expect(walk.state.cases.every(({ comparison }) => (comparison === null) === again)).toBe(
        true,
      );
    },
  );

  test('a household refused by the registry and returned → it can be verified again', () => {
    const walk = exitAt('registration');
    walk.openWindow();
    walk.now = Math.max(walk.now, walk.state.announcement?.endsAt ?? 0);
    walk.carry(['c1', 'c2']);
    const refused = { result: 'refused', code: 'X', words: '饮水未解决' } as const;
    walk.must(
      { userId: 'system', name: '系统', duties: [], grants: [] },
      {
        type: 'report-registrations',
        effectId: walk.state.effects.at(-1)?.id ?? '',
        answers: [
          { caseId: 'c1', ...refused },
          { caseId: 'c2', result: 'accepted', registryNo: '1' },
        ],
      },
    );
    expect(sendBack(walk, 'verification').ok).toBe(true);
    expect(walk.state.cases[0]).toMatchObject({
      status: 'on-list',
      blocks: [],
      registration: null,
    });
    walk.walkTo('closed');
    expect(walk.state.cases.map(({ outcome }) => outcome)).toEqual(['exited', 'exited']);
  });

  test('不认可 and returned to the assembly → the block goes with the step that raised it', () => {
    const walk = exitAt('acceptance');
    walk.must(walk.who('village', 'clerk'), {
      type: 'record-acceptance',
      caseId: 'c1',
      party: 'household',
      accepted: false,
      signer: '户主',
      evidence: walk.papers(),
    });
    expect(sendBack(walk, 'assembly').ok).toBe(true);
    expect(walk.state.cases[0]?.status).toBe('on-list');
  });

  test('an open objection stays with the returned household', () => {
    const walk = exitAt('village-notice');
    walk.postNotice();
    object(walk, 'c1');
    expect(sendBack(walk, 'verification', ['c1']).ok).toBe(true);
    follow(walk);
    expect(walk.state.cases[0]?.blocks.map(({ code }) => code)).toEqual(['G-04']);
  });

  test('late entries of the steps that run again need no acceptance', () => {
    const walk = exitAt('assembly');
    const claimedAt = walk.now + 60_000;
    walk.days(1);
    const votes = ['c1', 'c2'].map((caseId) => ({ caseId, for: 20, against: 0, abstain: 0 }));
    walk.must(walk.who('village', 'clerk'), {
      type: 'hold-assembly',
      group: null,
      meeting: walk.meeting({ heldAt: claimedAt }),
      votes,
      evidence: walk.papers(),
      late: { claimedAt, proofKind: 'dated-photo', proof: 'photo' },
    });
    walk.walkTo('township-review');
    expect(codesOf(walk.pass())).toEqual(['LATE-ENTRY-UNACCEPTED']);
    expect(sendBack(walk, 'assembly').ok).toBe(true);
    walk.walkTo('township-review');
    expect(walk.pass().ok).toBe(true);
  });
});

describe('异议成立并退回 (§3.3)', () => {
  test('back to the notice where the list stands → that household is posted again from the beginning', () => {
    const walk = exitAt('village-notice');
    walk.postNotice();
    object(walk, 'c1');
    expect(dispose(walk, 'upheld', 'village-notice').ok).toBe(true);
    follow(walk);
    expect(walk.state.notice).toBeNull();
  });

  test('to a step that is no remedy → refused', () => {
    const walk = exitAt('registration');
    object(walk, 'c1');
    expect(codesOf(dispose(walk, 'upheld', 'registration', 'county'))).toContain('RETURN-TARGET');
  });

  test.for(['case', 'list'] as const)(
    'while a household is on its way to the registry → the %s waits for the answer',
    (kind) => {
      const walk = exitAt('registration');
      walk.openWindow();
      walk.now = Math.max(walk.now, walk.state.announcement?.endsAt ?? 0);
      expect(walk.carry(['c1']).ok).toBe(true);
      object(walk, kind === 'case' ? 'c1' : undefined);
      const decision = dispose(walk, 'upheld', 'assembly', 'county');
      expect(codesOf(decision)).toContain('REGISTRATION-UNDER-WAY');
    },
  );
});

test('a department answers its comparison; it neither returns nor splits the list (G-01)', () => {
  const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'identification'), '2020-09-20 09:00');
  walk.walkTo('comparison');
  const police = walk.who('county', 'department', '公安');
  const reason = '越权';
  const back = { type: 'return-cases', caseIds: null, toStep: 'collect', reason } as const;
  const split = { type: 'split', caseIds: ['c1'], reason } as const;
  for (const body of [back, split])
    expect(codesOf(walk.send(police, body))).toContain('NOT-YOUR-DUTY');
});
