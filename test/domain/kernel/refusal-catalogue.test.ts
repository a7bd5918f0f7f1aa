/** Codes that no story of the other files comes upon: each is provoked once, whole (see whole-refusal.ts). */
import { describe, expect, test } from 'vitest';
import type { CommandBody } from '../../../domain/kernel/command.ts';
import type { Decision } from '../../../domain/kernel/decide.ts';
import { openRoster } from '../../../domain/kernel/open.ts';
import { plainDate } from '../../../domain/time/instant.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { codesOf } from './list-acts.ts';
import { ListWalk } from './list-walk.ts';
import { lacks } from './whole-refusal.ts';

const EXIT = trainingPlan('zhenxiong-2020', 'household-exit');
const IDENTIFICATION = trainingPlan('zhenxiong-2020', 'identification');
const OLD_TIMES = { ...EXIT, lateEntry: null };

function walkAt(key: string, plan = EXIT): ListWalk {
  const walk = new ListWalk(plan, '2020-09-20 09:00');
  if (plan.steps[0]?.key !== key) walk.walkTo(key);
  return walk;
}

const byClerk = (walk: ListWalk, body: CommandBody): Decision =>
  walk.send(walk.who('village', 'clerk'), body);

/** A meeting with everything that it wants. */
function meetingOf(walk: ListWalk): CommandBody {
  const votes = walk.state.cases.map(({ id }) => ({ caseId: id, for: 20, against: 0, abstain: 0 }));
  const papers = { meeting: walk.meeting(), votes, evidence: walk.papers() };
  return { type: 'hold-assembly', group: null, ...papers };
}

const ADVANCE = { type: 'advance', reason: '先行' } as const;
const LATE = { claimedAt: 0, proofKind: 'dated-photo', proof: 'photo' } as const;
const SCAN = { paperOn: plainDate('2020-09-20'), scan: 'scan' };

const PROVOKED: readonly (readonly [string, () => Decision])[] = [
  ['CLOSED', () => byClerk(walkAt('closed'), ADVANCE)],
  [
    'NOTHING-NAMED',
    () =>
      byClerk(walkAt('verification'), { type: 'verify', entries: [], signers: [], evidence: {} }),
  ],
  [
    'FORM-NOT-CURRENT',
    () => {
      const entries = [{ caseId: 'c1', formHash: 'an older one' }];
      return byClerk(walkAt('collect', IDENTIFICATION), {
        type: 'record-collection',
        entries,
        evidence: {},
      });
    },
  ],
  [
    'STAMP-IN-FUTURE',
    () => {
      const walk = walkAt('registration');
      walk.openWindow();
      return walk.carry(['c1'], { reviewerAt: walk.now + 60_000 });
    },
  ],
  [
    'PARTY-NOT-ASKED',
    () => {
      const walk = walkAt('acceptance');
      const asked = { caseId: 'c1', party: 'helper', accepted: true, signer: '李四' } as const;
      return byClerk(walk, { type: 'record-acceptance', ...asked, evidence: walk.papers() });
    },
  ],
  [
    'NOT-POSTED',
    () => {
      const walk = walkAt('village-notice');
      byClerk(walk, { type: 'draft-notice' });
      const named = { change: 'other', caseIds: ['c1'], words: '村名有误' } as const;
      return byClerk(walk, { type: 'correct-notice', ...named });
    },
  ],
  [
    'NO-CORRECTION',
    () => {
      const walk = walkAt('village-notice');
      walk.postNotice();
      return byClerk(walk, {
        type: 'post-notice',
        place: 'village-board',
        proof: 'photo',
        correction: 3,
      });
    },
  ],
  [
    'NO-OBJECTION',
    () => {
      const disposal = {
        result: 'rejected',
        words: '查无',
        investigators: ['王'],
        evidence: {},
      } as const;
      return byClerk(walkAt('village-notice'), {
        type: 'dispose-objection',
        objectionId: 'none',
        ...disposal,
      });
    },
  ],
  [
    'NO-HIT',
    () =>
      byClerk(walkAt('comparison', IDENTIFICATION), {
        type: 'explain-hit',
        caseId: 'c1',
        department: '公安',
        words: '生产用车',
        evidence: { proof: ['scan'] },
      }),
  ],
  [
    'LATE-ENTRY-NOT-ALLOWED',
    () => byClerk(walkAt('assembly', OLD_TIMES), { ...meetingOf(walkAt('assembly')), late: LATE }),
  ],
  ['LATE-ENTRY-UNKNOWN', () => walkAt('township-review').pass({ acceptLate: [99] })],
  [
    'PROXY-SIGNER-UNKNOWN',
    () => {
      const walk = walkAt('assembly');
      return byClerk(walk, { ...meetingOf(walk), onBehalf: { ...SCAN, userId: 'nobody' } });
    },
  ],
  [
    'PROXY-OF-ONESELF',
    () => {
      const walk = walkAt('assembly');
      const clerk = walk.who('village', 'clerk');
      walk.people = { [clerk.userId]: clerk };
      return byClerk(walk, { ...meetingOf(walk), onBehalf: { ...SCAN, userId: clerk.userId } });
    },
  ],
  [
    'PROXY-PAPER-DATE',
    () => {
      const walk = walkAt('assembly');
      const signer = { ...walk.who('village', 'clerk'), userId: 'signer' };
      walk.people = { signer };
      const paperOn = plainDate('2020-09-21');
      return byClerk(walk, {
        ...meetingOf(walk),
        onBehalf: { ...SCAN, userId: 'signer', paperOn },
      });
    },
  ],
];

describe('every code of the kernel can be met, and is whole when it is', () => {
  test.for(PROVOKED)('%s', ([code, provoke]) => {
    expect(codesOf(provoke())).toContain(code);
  });

  test('LIST-SIZE: a list of none, and one of 501', () => {
    const walk = walkAt('assembly');
    const opened = (count: number) =>
      openRoster({
        rosterId: 'r9',
        plan: EXIT,
        planHash: 'plan-1',
        unitCode: walk.village,
        batch: 1,
        cases: Array.from({ length: count }, (_, at) => {
          return { id: `n${at}`, subjectId: `h${at}`, groupId: null };
        }),
        at: walk.now,
        receivedAt: walk.now,
        actor: walk.who('village', 'clerk'),
        facts: walk.facts(),
      });
    for (const count of [0, 501]) {
      const decision = opened(count);
      expect(codesOf(decision)).toContain('LIST-SIZE');
      if (decision.ok) continue;
      const [size] = decision.refusals.filter(({ code }) => code === 'LIST-SIZE');
      expect(size && lacks(size, EXIT)).toEqual([]);
    }
  });

  test('NOT-APPROVED: a household that a reviewer does not pass, for good', () => {
    const walk = walkAt('township-review');
    walk.pass({ refuse: [{ caseId: 'c1', words: '不符合标准' }] });
    expect(walk.state.cases.find(({ id }) => id === 'c1')).toMatchObject({
      status: 'refused',
      outcome: 'NOT-APPROVED',
    });
  });

  test('a planted refusal without a clause, a person and a cure is found', () => {
    expect(lacks({ code: 'PLANTED', words: 'no' }, EXIT)).toHaveLength(4);
  });
});
