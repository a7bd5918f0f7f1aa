import { describe, expect, test } from 'vitest';
import { trainingPlan } from '../../policies/training-plan.ts';
import { codesOf, dispose, object } from './list-acts.ts';
import { ListWalk } from './list-walk.ts';
import { at } from './paper-people.ts';

function posted(): ListWalk {
  const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-09-20 09:00');
  walk.walkTo('village-notice');
  walk.now = at('2020-10-01 09:00');
  walk.postNotice();
  return walk;
}

function late(walk: ListWalk): boolean | undefined {
  return walk.state.objections.at(-1)?.late;
}

function correct(walk: ListWalk, caseId: string): void {
  walk.must(walk.who('village', 'clerk'), {
    type: 'correct-notice',
    change: 'identity',
    caseIds: [caseId],
    words: '户主姓名有误',
  });
}

function postCorrection(walk: ListWalk, correction = 1): void {
  const place = walk.plan.steps.find((step) => step.kind === 'notice')?.places[0]?.key ?? '';
  walk.must(walk.who('village', 'clerk'), {
    type: 'post-notice',
    place,
    proof: 'photo',
    correction,
  });
}

describe('in the period or after it (§3.3)', () => {
  test.for([
    ['2020-10-08 23:59', false],
    ['2020-10-09 00:00', true],
  ] as const)('raised at %s of a period to 10-09 00:00 → late: %s', ([when, isLate]) => {
    const walk = posted();
    walk.now = at(when);
    object(walk, 'c1');
    expect(late(walk)).toBe(isLate);
    expect(walk.state.cases[0]?.status).toBe(isLate ? 'on-list' : 'blocked');
  });

  test('at the notice before it hangs → in time: nobody could object earlier', () => {
    const walk = posted();
    walk.must(walk.who('village', 'clerk'), {
      type: 'remove-notice',
      place: 'village-board',
      proof: 'photo',
    });
    walk.days(30);
    object(walk, 'c1');
    expect(late(walk)).toBe(false);
  });

  test('a corrected household: in time until its own end, though the list’s has passed', () => {
    const walk = posted();
    walk.now = at('2020-10-05 09:00');
    correct(walk, 'c1');
    postCorrection(walk);
    walk.now = at('2020-10-12 23:59');
    object(walk, 'c1');
    expect(late(walk)).toBe(false);
    object(walk, 'c2');
    expect(late(walk)).toBe(true);
  });

  test('a correction that does not hang yet → its household may still be objected to', () => {
    const walk = posted();
    walk.now = at('2020-10-08 09:00');
    correct(walk, 'c1');
    walk.now = at('2020-10-20 09:00');
    object(walk, 'c1');
    expect(late(walk)).toBe(false);
  });

  test('corrected, then the sheet taken down and posted again → in time until the new end', () => {
    const walk = posted();
    walk.now = at('2020-10-03 09:00');
    correct(walk, 'c1');
    postCorrection(walk);
    const place = 'village-board';
    walk.now = at('2020-10-08 09:00');
    walk.must(walk.who('village', 'clerk'), { type: 'remove-notice', place, proof: 'photo' });
    walk.must(walk.who('village', 'clerk'), { type: 'post-notice', place, proof: 'photo' });
    walk.now = at('2020-10-15 23:59');
    object(walk, 'c1');
    expect(late(walk)).toBe(false);
  });

  test('a household corrected in the first notice may be objected to in the second', () => {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'identification'), '2020-09-20 09:00');
    walk.walkTo('village-notice');
    walk.postNotice();
    correct(walk, 'c1');
    postCorrection(walk);
    walk.days(9);
    expect(walk.closeNotice().ok).toBe(true);
    walk.walkTo('township-notice');
    walk.postNotice();
    walk.days(3);
    object(walk, 'c1');
    expect(late(walk)).toBe(false);
  });
});

describe('between decision and label (§3.1: 公示公告无异议后)', () => {
  test('after the decision, before the announcement hangs → it blocks the registration', () => {
    const walk = posted();
    walk.now = at('2020-10-09 00:00');
    expect(walk.closeNotice().ok).toBe(true);
    walk.walkTo('announcement');
    object(walk, 'c1');
    expect(late(walk)).toBe(false);
    walk.announce();
    expect(walk.step).toBe('registration');
    expect(walk.children).toEqual([]);
    walk.openWindow();
    walk.now = Math.max(walk.now, walk.state.announcement?.endsAt ?? 0);
    expect(codesOf(walk.carry(['c1']))).toEqual(['G-04']);
    expect(walk.carry(['c2']).ok).toBe(true);
    expect(dispose(walk, 'rejected', undefined, 'county').ok).toBe(true);
    expect(walk.carry(['c1']).ok).toBe(true);
  });

  test('in the announcement → blocks that household’s registration, upheld → it is off the list', () => {
    const walk = posted();
    walk.now = at('2020-10-09 00:00');
    expect(walk.closeNotice().ok).toBe(true);
    walk.walkTo('registration');
    object(walk, 'c1');
    expect(dispose(walk, 'upheld', undefined, 'county').ok).toBe(true);
    expect(walk.state.cases[0]).toMatchObject({ status: 'refused', outcome: 'OBJECTION-UPHELD' });
  });
});

describe('who must answer (§5)', () => {
  test('late, and the village has looked into it → the next reviewer still answers by name', () => {
    const walk = posted();
    walk.now = at('2020-10-09 08:00');
    object(walk, 'c1');
    expect(dispose(walk, 'rejected').ok).toBe(true);
    expect(walk.closeNotice().ok).toBe(true);
    expect(codesOf(walk.pass())).toEqual(['OBJECTION-UNANSWERED']);
    expect(walk.pass({ answers: [{ objectionId: 'list-1-o1', words: '属实' }] }).ok).toBe(true);
  });

  test('漏评 in the period → a clue with its own clock; it blocks nobody and no review', () => {
    const walk = posted();
    walk.must(walk.who('village', 'clerk'), {
      type: 'raise-objection',
      kind: 'unlisted',
      subjectWords: '三组李某某',
      words: '应评未评',
      channel: '来访',
    });
    expect(walk.state.objections.at(-1)?.dueAt).not.toBeNull();
    expect(walk.state.cases.map(({ status }) => status)).toEqual(['on-list', 'on-list']);
    walk.now = at('2020-10-09 00:00');
    expect(walk.closeNotice().ok).toBe(true);
    expect(walk.pass().ok).toBe(true);
  });

  test('anonymous → taken; without words → refused', () => {
    const walk = posted();
    const clerk = walk.who('village', 'clerk');
    const body = { type: 'raise-objection', kind: 'case', caseId: 'c1', channel: '信箱' } as const;
    expect(codesOf(walk.send(clerk, { ...body, words: ' ' }))).toEqual(['WORDS-MISSING']);
    expect(walk.send(clerk, { ...body, words: '有车' }).ok).toBe(true);
  });

  test.for([
    ['no investigator', { investigators: [' '] }, 'SIGNATURE-MISSING'],
    ['no record', { evidence: {} }, 'EVIDENCE-MISSING'],
    ['no conclusion', { words: '' }, 'WORDS-MISSING'],
  ] as const)('disposed with %s → refused', ([, over, code]) => {
    const walk = posted();
    object(walk, 'c1');
    const decision = walk.send(walk.who('village', 'clerk'), {
      type: 'dispose-objection',
      objectionId: 'list-1-o1',
      result: 'rejected',
      words: '已调查',
      investigators: ['钱支书'],
      evidence: { investigation: ['scan'] },
      ...over,
    });
    expect(codesOf(decision)).toEqual([code]);
  });
});

test('taken down after the list’s period but within a corrected household’s → the period starts anew', () => {
  const walk = posted();
  walk.now = at('2020-10-05 09:00');
  correct(walk, 'c1');
  postCorrection(walk);
  walk.now = at('2020-10-10 09:00');
  const removal = { type: 'remove-notice', place: 'village-board', proof: 'photo' } as const;
  walk.must(walk.who('village', 'clerk'), removal);
  walk.now = at('2020-10-13 00:00');
  expect(codesOf(walk.closeNotice())).toEqual(['G-03']);
});
