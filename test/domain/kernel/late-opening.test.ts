/** 整份名单的补登, and what a child list or a corrected plan takes over. */
import { describe, expect, test } from 'vitest';
import type { CommandBody, LateEntry } from '../../../domain/kernel/command.ts';
import { openRoster } from '../../../domain/kernel/open.ts';
import type { PlainDate } from '../../../domain/time/instant.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { codesOf, follow } from './list-acts.ts';
import { ListWalk } from './list-walk.ts';
import { at } from './paper-people.ts';

const PLAN = trainingPlan('zhenxiong-2020', 'household-exit');

function late(claimed: string): LateEntry {
  return { claimedAt: at(claimed), proofKind: 'stamped-original', proof: 'photo' };
}

/** A list opened on paper at `opened`, entered now. */
function openLate(walk: ListWalk, opened: string, over: Partial<LateEntry> = {}) {
  return openRoster({
    rosterId: 'r-late',
    plan: walk.plan,
    planHash: 'plan-1',
    unitCode: walk.village,
    batch: 1,
    cases: ['c1', 'c2'].map((id) => ({ id, subjectId: `h-${id}`, groupId: 'g1' })),
    at: at(opened),
    receivedAt: walk.now,
    actor: walk.who('village', 'clerk'),
    facts: walk.facts(),
    late: { ...late(opened), ...over },
  });
}

describe('a whole offline history is entered in one sitting (§5)', () => {
  test('opened, met, verified, accepted and posted on paper: all count at their times, the township accepts each', () => {
    const walk = new ListWalk(PLAN, '2020-09-20 09:00');
    const opened = openLate(walk, '2020-09-10 09:00');
    if (!opened.ok) throw new Error(JSON.stringify(opened));
    walk.state = opened.state;
    const clerk = walk.who('village', 'clerk');
    const enter = (claimed: string, body: CommandBody) =>
      walk.must(clerk, { ...body, late: late(claimed) });
    const votes = ['c1', 'c2'].map((caseId) => ({ caseId, for: 20, against: 0, abstain: 0 }));
    const meeting = { ...walk.meeting(), heldAt: at('2020-09-10 10:00') };
    const assembly = { type: 'hold-assembly', group: null, meeting, votes } as const;
    enter('2020-09-10 11:00', { ...assembly, evidence: walk.papers() });
    const entries = ['c1', 'c2'].map((caseId) => ({ caseId, formHash: `form-${caseId}` }));
    const signers = ['村两委', '驻村工作队'].map((role) => ({ role, name: '签字人' }));
    enter('2020-09-11 09:00', { type: 'verify', entries, signers, evidence: {} });
    for (const caseId of ['c1', 'c2']) {
      const evidence = walk.papers();
      const accepted = { party: 'household', accepted: true, signer: '户主' } as const;
      enter('2020-09-11 10:00', { type: 'record-acceptance', caseId, ...accepted, evidence });
    }
    enter('2020-09-11 11:00', { type: 'draft-notice' });
    const place = { place: 'village-board', proof: 'photo' };
    enter('2020-09-11 12:00', { type: 'post-notice', ...place });
    expect(walk.state.notice?.endsAt).toBe(at('2020-09-19 00:00'));
    walk.must(clerk, { type: 'close-notice', evidence: walk.papers() });
    expect(walk.step).toBe('township-review');

    expect(codesOf(walk.pass())).toEqual(['LATE-ENTRY-UNACCEPTED']);
    const acceptLate = walk.state.lateEntries.map(({ seq }) => seq);
    expect(acceptLate[0]).toBe(1);
    expect(codesOf(walk.pass({ acceptLate: acceptLate.slice(1) }))).toEqual([
      'LATE-ENTRY-UNACCEPTED',
    ]);
    expect(walk.pass({ acceptLate }).ok).toBe(true);
  });

  test.for([
    ['2020-09-04 09:00', {}, 'LATE-ENTRY-TOO-LATE'],
    ['2020-09-21 09:00', {}, 'LATE-ENTRY-IN-FUTURE'],
    ['2020-09-10 09:00', { proof: 'lost' }, 'EVIDENCE-MISSING'],
  ] as const)('opened %s %j → %s', ([opened, over, code]) => {
    const walk = new ListWalk(PLAN, '2020-09-20 09:00');
    expect(codesOf(openLate(walk, opened, over))).toEqual([code]);
  });
});

test('a late entry in a child list takes no number of those that came along: each is accepted by its own', () => {
  const walk = new ListWalk(PLAN, '2020-09-20 09:00', { cases: 3 });
  walk.walkTo('village-notice');
  walk.now = at('2020-10-01 08:00');
  const clerk = walk.who('village', 'clerk');
  walk.must(clerk, { type: 'draft-notice', late: late('2020-09-29 09:00') });
  walk.must(clerk, { type: 'split', caseIds: ['c1'], reason: '另办' });
  follow(walk);
  for (let more = 0; more < 30; more += 1) {
    walk.must(clerk, { type: 'draft-notice', late: late('2020-10-01 08:00') });
  }
  const seqs = walk.state.lateEntries.map(({ seq }) => seq);
  expect(new Set(seqs).size).toBe(seqs.length);
});

test('a corrected plan brings its due dates along, counted from where the step began', () => {
  const walk = new ListWalk(PLAN, '2020-09-20 09:00');
  walk.walkTo('verification');
  const due = { kind: 'date', deadline: '2020-10-20', clauseId: 's0-time' } as const;
  const steps = PLAN.steps.map((step) => ({ ...step, due }));
  walk.plans = { 'plan-2': { ...PLAN, steps, outerDue: due } };
  walk.must(walk.who('county', 'office'), {
    type: 'adopt-plan',
    planHash: 'plan-2',
    reason: '节点更正',
  });
  const end = at('2020-10-21 00:00') - 1;
  expect(walk.state).toMatchObject({ dueAt: end, outerDueAt: end, planHash: 'plan-2' });
});

describe('代录 is for the own organisation or one below (§5)', () => {
  test.for([
    ['township', []],
    ['county', ['PROXY-NOT-BELOW']],
  ] as const)('a typist of the %s for a village’s paper → %j', ([level, codes]) => {
    const walk = new ListWalk(PLAN, '2020-09-20 09:00');
    const signer = walk.who('village', 'clerk');
    walk.people = { [signer.userId]: signer };
    const term = { validFrom: '2000-01-01', validTo: null };
    const grant = {
      kind: 'proxy-entry' as const,
      orgCode: walk.village,
      duty: null,
      households: null,
    };
    const typist = { ...walk.who(level, 'clerk'), grants: [{ ...grant, ...term } as const] };
    const votes = ['c1', 'c2'].map((caseId) => ({ caseId, for: 20, against: 0, abstain: 0 }));
    const papers = { meeting: walk.meeting(), votes, evidence: walk.papers() };
    const onBehalf = { userId: signer.userId, paperOn: '2020-09-20' as PlainDate, scan: 'scan' };
    const decision = walk.send(typist, { type: 'hold-assembly', group: null, ...papers, onBehalf });
    expect(codesOf(decision)).toEqual(codes);
  });
});
