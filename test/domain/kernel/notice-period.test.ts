import { describe, expect, test } from 'vitest';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from './list-walk.ts';
import { at } from './paper-people.ts';

describe('公示期 (G-03)', () => {
  function onNotice(posted: string): ListWalk {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-09-20 09:00');
    walk.walkTo('village-notice');
    walk.now = at(posted);
    walk.postNotice();
    return walk;
  }

  test.for([
    [
      '2020-10-01 09:00',
      '2020-10-08 23:59',
      '2020-10-09 00:00',
      'over the National Day holiday, unshortened',
    ],
    [
      '2020-10-03 00:00',
      '2020-10-10 23:59',
      '2020-10-11 00:00',
      'posted on a Saturday, ends on a make-up workday',
    ],
    [
      '2020-10-02 23:59',
      '2020-10-09 23:59',
      '2020-10-10 00:00',
      'posted in the last minute of a day',
    ],
    ['2020-12-28 09:00', '2021-01-04 23:59', '2021-01-05 00:00', 'over the end of the year'],
  ] as const)('posted %s → refused at %s, taken at %s (%s)', ([posted, last, after]) => {
    const walk = onNotice(posted);
    walk.now = at(last);
    const early = walk.closeNotice();
    expect(early).toMatchObject({ ok: false, refusals: [{ code: 'G-03', earliestAt: at(after) }] });
    walk.now = at(after);
    expect(walk.closeNotice().ok).toBe(true);
  });

  test('early and without its paper: the day is said first, then what is missing', () => {
    const walk = onNotice('2020-10-01 09:00');
    const clerk = walk.who('village', 'clerk');
    expect(walk.send(clerk, { type: 'close-notice', evidence: {} })).toMatchObject({
      ok: false,
      refusals: [
        { code: 'G-03', earliestAt: at('2020-10-09 00:00') },
        { code: 'EVIDENCE-MISSING', missing: ['公示情况说明'] },
      ],
    });
  });

  test('not posted at every place → the period has not begun (G-03)', () => {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-09-20 09:00');
    walk.walkTo('village-notice');
    walk.must(walk.who('village', 'clerk'), { type: 'draft-notice' });
    walk.days(60);
    expect(walk.closeNotice()).toMatchObject({ ok: false, refusals: [{ code: 'G-03' }] });
  });

  test('taken down before the end → posted again, the whole period runs again', () => {
    const walk = onNotice('2020-10-01 09:00');
    const clerk = walk.who('village', 'clerk');
    const place = walk.state.notice?.postings[0]?.place ?? '';
    walk.days(5);
    walk.must(clerk, { type: 'remove-notice', place, proof: 'photo' });
    expect(walk.state.notice?.endsAt).toBeNull();
    walk.must(clerk, { type: 'post-notice', place, proof: 'photo' });
    expect(walk.state.notice?.endsAt).toBe(at('2020-10-14 00:00'));
  });

  test('an objection in the period blocks its household only; the others go on, it forms a child list (G-04)', () => {
    const walk = onNotice('2020-10-01 09:00');
    const clerk = walk.who('village', 'clerk');
    walk.days(1);
    walk.must(clerk, {
      type: 'raise-objection',
      kind: 'case',
      caseId: 'c1',
      words: '有楼房',
      channel: '电话',
    });
    walk.now = at('2020-10-09 00:00');
    expect(walk.closeNotice().ok).toBe(true);
    expect(walk.step).toBe('township-review');
    expect(walk.state.cases.map((item) => item.status)).toEqual(['split-off', 'on-list']);
    const [child] = walk.children;
    expect(child?.state).toMatchObject({ parentId: 'list-1', stepIndex: walk.state.stepIndex - 1 });
    expect(child?.state.cases[0]).toMatchObject({ id: 'c1', status: 'blocked' });
    expect(child?.state.notice?.endsAt).toBe(at('2020-10-09 00:00'));
  });

  test('an objection to the meeting or notice itself holds up the whole list (G-04)', () => {
    const walk = onNotice('2020-10-01 09:00');
    walk.must(walk.who('village', 'clerk'), {
      type: 'raise-objection',
      kind: 'list',
      words: '没有开会',
      channel: '来信',
    });
    walk.now = at('2020-10-20 09:00');
    expect(walk.closeNotice()).toMatchObject({ ok: false, refusals: [{ code: 'G-04' }] });
  });

  test('an objection after the period is no bar, but the next reviewer must answer it', () => {
    const walk = onNotice('2020-10-01 09:00');
    walk.now = at('2020-10-09 08:00');
    walk.must(walk.who('village', 'clerk'), {
      type: 'raise-objection',
      kind: 'case',
      caseId: 'c1',
      words: '迟到的异议',
      channel: '电话',
    });
    expect(walk.closeNotice().ok).toBe(true);
    expect(walk.state.cases.map((item) => item.status)).toEqual(['on-list', 'on-list']);
    expect(walk.pass()).toMatchObject({ ok: false, refusals: [{ code: 'OBJECTION-UNANSWERED' }] });
    expect(walk.pass({ answers: [{ objectionId: 'list-1-o1', words: '经查不实' }] }).ok).toBe(true);
  });

  test('a corrected identity restarts that household only; another mistake restarts nobody', () => {
    const walk = onNotice('2020-10-01 09:00');
    const clerk = walk.who('village', 'clerk');
    const place = walk.state.notice?.postings[0]?.place ?? '';
    walk.now = at('2020-10-05 09:00');
    walk.must(clerk, {
      type: 'correct-notice',
      change: 'identity',
      caseIds: ['c1'],
      words: '户主姓名有误',
    });
    walk.must(clerk, { type: 'post-notice', place, proof: 'photo', correction: 1 });
    walk.must(clerk, {
      type: 'correct-notice',
      change: 'other',
      caseIds: ['c2'],
      words: '组别有误',
    });
    walk.must(clerk, { type: 'post-notice', place, proof: 'photo', correction: 2 });
    walk.now = at('2020-10-09 00:00');
    expect(walk.closeNotice().ok).toBe(true);
    expect(walk.state.cases.map((item) => item.status)).toEqual(['split-off', 'on-list']);
    expect(walk.children[0]?.state.cases[0]?.noticeEndsAt).toBe(at('2020-10-13 00:00'));
  });
});
