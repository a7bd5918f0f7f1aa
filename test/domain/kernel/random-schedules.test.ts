import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CommandBody } from '../../../domain/kernel/command.ts';
import type { RosterEvent } from '../../../domain/kernel/event.ts';
import { evolve } from '../../../domain/kernel/evolve.ts';
import { activeCases } from '../../../domain/kernel/state.ts';
import { dueWakes } from '../../../domain/kernel/wake.ts';
import { plainDateAt } from '../../../domain/time/instant.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from './list-walk.ts';

const PLAN = trainingPlan('zhenxiong-2020', 'household-exit');
/** 400 runs take 5 s alone, several times as long on a busy machine. */
const RUNS_LIMIT_MS = 90_000;
/** 'posted' = a notice is up: the place where a wrong rule would do most harm. */
const STARTS = ['posted', 'posted', 'assembly', 'township-review', 'announcement', 'registration'];

/** One random act of anybody, sensible or not, after some hours. */
const KINDS = [
  'assemble',
  'draft',
  'post',
  'remove',
  'close',
  'object',
  'list-object',
  'reject',
  'uphold',
  'review',
  'decide',
  'draft-announcement',
  'announce',
  'carry',
  'return',
  'withdraw',
  'suspend',
  'resume',
  'advance',
  'correct',
] as const;

const act = fc.record({
  /** Around a week of notice as often as anywhere else, so that its edges are tried. */
  hours: fc.oneof(fc.constantFrom(0, 1, 24, 144, 168, 200), fc.integer({ min: 0, max: 120 })),
  wake: fc.boolean(),
  /** Acts that carry a notice forward come more often: else few runs get past one. */
  kind: fc.oneof(fc.constantFrom('draft', 'post', 'close', 'review'), fc.constantFrom(...KINDS)),
  caseId: fc.constantFrom('c1', 'c2', 'c3'),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function tryAct(walk: ListWalk, { kind, caseId }: Act): readonly RosterEvent[] {
  const evidence = { ...walk.papers(), investigation: ['scan'], withdrawal: ['scan'] };
  const clerk = walk.who('village', 'clerk');
  const place = 'village-board';
  const dispose = (result: 'upheld' | 'rejected'): CommandBody => ({
    type: 'dispose-objection',
    objectionId: walk.state.objections.at(-1)?.id ?? 'none',
    result,
    words: '已查',
    investigators: ['王'],
    evidence,
    ...(result === 'upheld' && walk.state.objections.at(-1)?.kind === 'list'
      ? { returnTo: 'assembly' }
      : {}),
  });
  const bodies: Record<Act['kind'], CommandBody | undefined> = {
    assemble: meeting(walk),
    draft: { type: 'draft-notice' },
    post: { type: 'post-notice', place, proof: 'photo' },
    remove: { type: 'remove-notice', place, proof: 'photo' },
    close: { type: 'close-notice', evidence },
    object: { type: 'raise-objection', kind: 'case', caseId, words: '异议', channel: '电话' },
    'list-object': { type: 'raise-objection', kind: 'list', words: '异议', channel: '电话' },
    reject: dispose('rejected'),
    uphold: dispose('upheld'),
    review: {
      type: 'review',
      opinion: '',
      refuse: [],
      answers: answers(walk),
      acceptLate: [],
      evidence,
    },
    decide: {
      type: 'decide',
      opinion: '',
      documentNo: '1号',
      documentOn: plainDateAt(walk.now),
      refuse: [],
      answers: answers(walk),
      acceptLate: [],
      evidence,
    },
    'draft-announcement': { type: 'draft-announcement' },
    announce: { type: 'post-announcement', place, proof: 'photo' },
    carry: { type: 'carry-registrations', entries: [walk.entryOf(caseId)] },
    return: { type: 'return-cases', caseIds: null, toStep: 'assembly', reason: '不符' },
    withdraw: { type: 'withdraw-case', caseId, reason: '自愿', evidence },
    suspend: { type: 'suspend', reason: '核查', basis: '县办' },
    resume: { type: 'resume', reason: '核查完' },
    advance: { type: 'advance', reason: '先行' },
    correct: {
      type: 'correct-notice',
      change: 'identity',
      caseIds: [caseId],
      words: '姓名',
    },
  };
  const body = bodies[kind];
  if (body === undefined || walk.step === 'closed') return [];
  const actors = [
    clerk,
    walk.reviewer(),
    walk.who('county', 'office'),
    walk.who('county', 'entry-reviewer'),
  ];
  for (const actor of actors) {
    const decision = walk.send(actor, body);
    if (decision.ok) return decision.events;
  }
  return [];
}

function answers(walk: ListWalk) {
  return walk.state.objections.map((item) => ({ objectionId: item.id, words: '已复' }));
}

function meeting(walk: ListWalk): CommandBody | undefined {
  if (PLAN.steps[walk.state.stepIndex]?.kind !== 'assembly') return undefined;
  const votes = activeCases(walk.state).map((item) => ({
    caseId: item.id,
    for: 20,
    against: 0,
    abstain: 0,
  }));
  return {
    type: 'hold-assembly',
    group: null,
    meeting: walk.meeting(),
    votes,
    evidence: walk.papers(),
  };
}

function fresh(start: string): ListWalk {
  const walk = new ListWalk(PLAN, '2020-09-20 09:00', { cases: 3 });
  walk.walkTo(start === 'posted' ? 'village-notice' : start);
  if (start === 'posted') walk.postNotice();
  walk.openWindow();
  return walk;
}

test(
  'whatever anybody sends in whatever order: no step skipped, no notice closed early, no second label',
  () => {
    fc.assert(
      fc.property(fc.constantFrom(...STARTS), fc.array(act, { maxLength: 40 }), (start, acts) => {
        const walk = fresh(start);
        for (const each of acts) {
          walk.now += each.hours * 3_600_000;
          const before = walk.state;
          expect(tryAct(walk, each).flatMap((event) => faultsOf(before, event))).toEqual([]);
          const accepted = walk.state.cases.filter((item) => item.registration !== null);
          expect(new Set(accepted.map((item) => item.id)).size).toBe(accepted.length);
        }
      }),
      { numRuns: 400 },
    );
  },
  RUNS_LIMIT_MS,
);

/** What an event breaks, in words; empty when it breaks nothing. */
function faultsOf(before: ListWalk['state'], { at, body }: RosterEvent): readonly string[] {
  const faults: string[] = [];
  const hold = (rule: string, holds: boolean): void => {
    if (!holds) faults.push(rule);
  };
  hold('time goes on', at >= before.at);
  if (body.type === 'step-entered') hold('next step', body.stepIndex === before.stepIndex + 1);
  if (body.type === 'roster-returned') hold('back', body.toStep <= before.stepIndex);
  if (body.type === 'notice-closed') {
    hold('whole period', at >= (before.notice?.endsAt ?? Number.POSITIVE_INFINITY));
    const open = before.objections.filter(
      (item) => item.kind === 'list' && !item.late && item.disposal === null,
    );
    hold('no objection to the list', open.length === 0);
  }
  if (body.type === 'registration-sent') {
    hold('announced long enough', at >= (before.announcement?.endsAt ?? 0));
    for (const { caseId } of body.entries) {
      const item = before.cases.find((each) => each.id === caseId);
      hold('no objection', item?.blocks.every((block) => block.code !== 'G-04') === true);
      hold('one label', (item?.registration?.state ?? 'refused') === 'refused');
    }
  }
  return faults;
}

test(
  'timers off, in time or doubled → the same list, but for the numbering of the wakes',
  () => {
    fc.assert(
      fc.property(fc.constantFrom(...STARTS), fc.array(act, { maxLength: 30 }), (start, acts) => {
        const quiet = fresh(start);
        const woken = fresh(start);
        for (const each of acts) {
          for (const walk of [quiet, woken]) walk.now += each.hours * 3_600_000;
          if (each.wake) wakeTwice(woken);
          tryAct(quiet, each);
          tryAct(woken, each);
        }
        wakeTwice(quiet);
        wakeTwice(woken);
        expect(woken.state).toEqual(quiet.state);
      }),
      { numRuns: 400 },
    );
  },
  RUNS_LIMIT_MS,
);

function wakeTwice(walk: ListWalk): void {
  for (let time = 0; time < 2; time += 1) {
    for (const event of dueWakes(walk.state, walk.now)) walk.state = evolve(walk.state, event);
  }
}
