import { describe, expect, test } from 'vitest';
import { firstRungFrom, ladderOf } from '../../../domain/reminder/ladder.ts';
import { formatInstant } from '../../../domain/time/instant.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from '../kernel/list-walk.ts';
import { at } from '../kernel/paper-people.ts';

const PLAN = trainingPlan('zhenxiong-2020', 'household-exit');
const IDENTIFICATION = trainingPlan('zhenxiong-2020', 'identification');

/** Term, pass, key, instant and first addressee of every rung. */
function told(walk: ListWalk): string[] {
  return ladderOf(walk.plan, walk.state).map(
    ({ term, pass, key, firesAt, to }) =>
      `${term}/${pass}/${key} ${formatInstant(firesAt)} ${to
        .map(({ role, department }) => `${role.level}/${role.duty}${department ?? ''}`)
        .join('+')}`,
  );
}

describe('the ladder of a step with a due date', () => {
  test('holder two workdays before and on the day, superior on the first workday after', () => {
    const walk = new ListWalk(PLAN, '2020-09-20 09:00');
    expect(told(walk)).toEqual([
      'step:assembly/1/before-due 2020-10-13 00:00 village/clerk',
      'step:assembly/1/on-due 2020-10-15 00:00 village/clerk',
      'step:assembly/1/after-due 2020-10-16 00:00 township/reviewer',
    ]);
    const [first] = ladderOf(walk.plan, walk.state);
    expect(first?.words).toBe('民主评议应于2020-10-15前办结，请抓紧办理');
    expect(first?.receipt.words).toContain('2020-10-15前2个工作日');
  });

  test('a step without a date of its own is measured by that of the whole list', () => {
    const walk = new ListWalk(PLAN, '2020-09-20 09:00');
    walk.walkTo('registration');
    expect(walk.state.dueAt).toBeNull();
    expect(told(walk)[0]).toMatch(/^step:registration\/1\/before-due 2020-10-13/);
  });

  test('entered late → only the rung where the date stands, at once', () => {
    const walk = new ListWalk(PLAN, '2020-10-14 09:00');
    expect(told(walk)).toEqual([
      'step:assembly/1/before-due 2020-10-14 09:00 village/clerk',
      'step:assembly/1/on-due 2020-10-15 00:00 village/clerk',
      'step:assembly/1/after-due 2020-10-16 00:00 township/reviewer',
    ]);
    expect(told(new ListWalk(PLAN, '2020-10-20 09:00'))).toEqual([
      'step:assembly/1/after-due 2020-10-20 09:00 township/reviewer',
    ]);
  });

  test('after a return the pass is new, and with it every rung', () => {
    const walk = new ListWalk(PLAN, '2020-09-20 09:00');
    walk.walkTo('township-review');
    const toStep = 'assembly';
    walk.must(walk.reviewer(), { type: 'return-cases', caseIds: null, toStep, reason: '不符' });
    expect(told(walk).map((line) => line.split(' ')[0])).toEqual([
      'step:assembly/2/before-due',
      'step:assembly/2/on-due',
      'step:assembly/2/after-due',
    ]);
  });

  test('a suspended list has none; resumed, the same as before', () => {
    const walk = new ListWalk(PLAN, '2020-09-20 09:00');
    const before = told(walk);
    const office = walk.who('county', 'office');
    walk.must(office, { type: 'suspend', reason: '核查', basis: '县办' });
    expect(told(walk)).toEqual([]);
    walk.days(3);
    walk.must(office, { type: 'resume', reason: '核查完' });
    expect(told(walk)).toEqual(before);
  });

  test('at the top, where nobody stands above, the holder hears of it himself', () => {
    const walk = new ListWalk(PLAN, '2020-09-20 09:00');
    const { reminders } = PLAN;
    const alone = { ...PLAN, ...(reminders && { reminders: { ...reminders, superiors: {} } }) };
    expect(ladderOf(alone, walk.state).at(-1)?.to).toEqual([
      { role: { level: 'village', duty: 'clerk' }, department: null },
    ]);
  });
});

describe('what else has a due date', () => {
  test('an objection: its investigation, until it is disposed of', () => {
    const walk = new ListWalk(PLAN, '2020-09-14 09:00');
    walk.walkTo('village-notice');
    walk.postNotice();
    const raised = { type: 'raise-objection', kind: 'case', caseId: 'c1', words: '不实' } as const;
    walk.must(walk.who('village', 'clerk'), { ...raised, channel: '电话' });
    const id = walk.state.objections[0]?.id ?? '';
    const terms = told(walk).filter((line) => line.startsWith('objection:'));
    expect(terms).toEqual([
      expect.stringMatching(`^objection:${id}/1/before-due 2020-09-17 00:00 village/clerk$`),
      expect.stringMatching(`^objection:${id}/1/on-due 2020-09-21 00:00 village/clerk$`),
      expect.stringMatching(`^objection:${id}/1/after-due 2020-09-22 00:00 township/reviewer$`),
    ]);
    walk.must(walk.who('village', 'clerk'), {
      type: 'dispose-objection',
      objectionId: id,
      result: 'rejected',
      words: '已查',
      investigators: ['王'],
      evidence: { investigation: ['scan'] },
    });
    expect(told(walk).filter((line) => line.startsWith('objection:'))).toEqual([]);
  });

  test('a clue runs on when its list is suspended', () => {
    const walk = new ListWalk(PLAN, '2020-09-14 09:00');
    walk.walkTo('village-notice');
    walk.postNotice();
    const raised = { type: 'raise-objection', kind: 'unlisted', subjectWords: '李某户' } as const;
    walk.must(walk.who('village', 'clerk'), { ...raised, words: '漏评', channel: '来访' });
    walk.must(walk.who('county', 'office'), { type: 'suspend', reason: '核查', basis: '县办' });
    expect(told(walk).map((line) => line.split(':')[0])).toEqual(['clue', 'clue', 'clue']);
  });

  test('a comparison: every department that has not answered, beside the county that asked', () => {
    const walk = new ListWalk(IDENTIFICATION, '2020-09-20 09:00');
    walk.walkTo('comparison');
    const caseIds = walk.state.cases.map(({ id }) => id);
    walk.must(walk.who('county', 'clerk'), { type: 'request-comparison', batchId: 'b1', caseIds });
    const step = walk.plan.steps[walk.state.stepIndex];
    const departments = step?.kind === 'comparison' ? step.departments : [];
    const to = () => ladderOf(walk.plan, walk.state)[0]?.to.map(({ department }) => department);
    expect(to()).toEqual([null, ...departments]);
    const [first = ''] = departments;
    walk.must(walk.who('county', 'department', first), {
      type: 'receive-comparison',
      batchId: 'b1',
      department: first,
      receiptId: 'r1',
      dataOn: '2020-09-20' as never,
      results: caseIds.map((caseId) => ({ caseId, hit: false })),
    });
    expect(to()).toEqual([null, ...departments.slice(1)]);
  });
});

test('the first rung from an instant on', () => {
  const walk = new ListWalk(PLAN, '2020-09-20 09:00');
  const from = (text: string) => firstRungFrom(walk.plan, walk.state, at(text));
  expect(from('2020-09-20 09:00')).toBe(at('2020-10-13 00:00'));
  expect(from('2020-10-13 00:01')).toBe(at('2020-10-15 00:00'));
  expect(from('2020-10-17 00:00')).toBeNull();
});
