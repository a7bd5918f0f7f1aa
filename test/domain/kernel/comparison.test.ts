import { describe, expect, test } from 'vitest';
import type { ActorSnapshot } from '../../../domain/kernel/actor.ts';
import type { Decision } from '../../../domain/kernel/decide.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { codesOf } from './list-acts.ts';
import { ListWalk } from './list-walk.ts';
import { person } from './paper-people.ts';

function asked(): ListWalk {
  const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'identification'), '2020-09-20 09:00');
  walk.walkTo('comparison');
  const caseIds = ['c1', 'c2'];
  walk.must(walk.who('county', 'clerk'), { type: 'request-comparison', batchId: 'b1', caseIds });
  return walk;
}

interface Answer {
  readonly actor?: ActorSnapshot;
  readonly department?: string;
  readonly dataOn?: string;
  readonly results?: readonly { readonly caseId: string; readonly hit: boolean }[];
}

const CLEAR = ['c1', 'c2'].map((caseId) => ({ caseId, hit: false }));

function answer(walk: ListWalk, over: Answer = {}): Decision {
  const department = over.department ?? '公安';
  return walk.send(over.actor ?? walk.who('county', 'department', department), {
    type: 'receive-comparison',
    batchId: 'b1',
    department,
    receiptId: `r-${department}`,
    dataOn: (over.dataOn ?? '2020-09-20') as never,
    results: over.results ?? CLEAR,
  });
}

function withDuties(...people: readonly ActorSnapshot[]): ActorSnapshot {
  return { userId: 'u', name: 'u', grants: [], duties: people.flatMap(({ duties }) => duties) };
}

describe('a department answers for itself only (G-01)', () => {
  const walk = asked();
  const police = walk.who('county', 'department', '公安');
  const elsewhere = person('u', '530628', 'department', '住建');
  const expired = { ...walk.who('county', 'department', '住建').duties[0], validTo: '2020-09-01' };
  test.for([
    ['another department', police],
    ['its namesake of another county, besides an own one', withDuties(police, elsewhere)],
    [
      'one whose duty has ended, besides an own one',
      { ...police, duties: [...police.duties, expired as never] },
    ],
  ] as const)('住建 answered by %s → refused', ([, actor]) => {
    expect(codesOf(answer(walk, { actor, department: '住建' }))).toEqual(['NOT-YOUR-DUTY']);
  });

  test('a department that the plan does not ask → refused', () => {
    expect(codesOf(answer(walk, { department: '气象' }))).toEqual(['NOT-YOUR-DUTY']);
  });
});

describe('rows (§4.1)', () => {
  test('a household twice → refused, nothing taken', () => {
    const walk = asked();
    const results = [...CLEAR, { caseId: 'c1', hit: true }];
    expect(codesOf(answer(walk, { results }))).toEqual(['RESULT-REPEATED']);
    expect(walk.state.cases[0]?.comparison).toBeNull();
  });

  test('a household of no list → refused', () => {
    expect(codesOf(answer(asked(), { results: [{ caseId: 'c9', hit: false }] }))).toEqual([
      'UNKNOWN-CASE',
    ]);
  });

  test('a household withdrawn since the request → its row is left out, the others count', () => {
    const walk = asked();
    walk.must(walk.who('village', 'clerk'), {
      type: 'withdraw-case',
      caseId: 'c1',
      reason: '户主申请撤回',
      evidence: { withdrawal: ['scan'] },
    });
    expect(
      answer(walk, {
        results: [
          { caseId: 'c1', hit: true },
          { caseId: 'c2', hit: false },
        ],
      }).ok,
    ).toBe(true);
    expect(walk.state.cases.map(({ status }) => status)).toEqual(['withdrawn', 'on-list']);
    expect(walk.state.cases[1]?.comparison?.marks[0]).toBe('clear');
  });

  test('before the county asked → refused', () => {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'identification'), '2020-09-20 09:00');
    walk.walkTo('comparison');
    expect(codesOf(answer(walk))).toContain('OUT-OF-ORDER');
  });
});

describe('数据日期 and 有效期 (§4.1: used results still count at the decision)', () => {
  test.for([
    ['2020-09-21', 'DATA-DATE', 'tomorrow'],
    ['2020-06-21', 'G-06', '91 days ago, over since yesterday 24:00'],
    ['2020-06-22', null, '90 days ago, its last day'],
  ] as const)('data of %s at 2020-09-20 → %s (%s)', ([dataOn, code]) => {
    expect(codesOf(answer(asked(), { dataOn }))).toEqual(code === null ? [] : [code]);
  });

  test('run out at the decision → refused; compared again → passed', () => {
    const walk = asked();
    for (const department of ['公安', '发改', '住建', '民政', '卫计', '人社', '教育', '工商']) {
      answer(walk, { department });
    }
    walk.walkTo('county-decision');
    walk.days(90);
    expect(codesOf(walk.pass())).toEqual(['G-06', 'G-06']);
    walk.compare();
    expect(walk.pass().ok).toBe(true);
  });
});

describe('疑点 (G-06, §4.4: a hit blocks pending proof, it does not reject)', () => {
  function hit(): ListWalk {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'identification'), '2020-09-20 09:00');
    walk.walkTo('comparison');
    walk.compare(['c1']);
    return walk;
  }
  const about = { caseId: 'c1', department: '公安' } as const;
  const explained = {
    ...about,
    type: 'explain-hit',
    words: '车已报废',
    evidence: { proof: ['scan'] },
  } as const;
  const accepted = { ...about, type: 'judge-explanation', accepted: true, words: '属实' } as const;

  test('the neighbour is done; the household waits and the list with it', () => {
    const walk = hit();
    expect(walk.state.cases.map(({ status, done }) => [status, done])).toEqual([
      ['blocked', false],
      ['on-list', true],
    ]);
    expect(walk.step).toBe('comparison');
  });

  test('the county judges only what the village has explained', () => {
    const walk = hit();
    expect(codesOf(walk.send(walk.who('county', 'clerk'), accepted))).toEqual(['NO-EXPLANATION']);
  });

  test('explained by the village, accepted by the village → refused by level (G-01)', () => {
    const walk = hit();
    walk.must(walk.who('village', 'clerk'), explained);
    expect(codesOf(walk.send(walk.who('village', 'clerk'), accepted))).toEqual(['NOT-YOUR-LEVEL']);
    expect(walk.state.cases[0]?.status).toBe('blocked');
  });

  test('explained without proof → refused', () => {
    const walk = hit();
    const bare = { ...explained, evidence: {} };
    expect(codesOf(walk.send(walk.who('village', 'clerk'), bare))).toEqual(['EVIDENCE-MISSING']);
  });

  test('judged without words → refused', () => {
    const walk = hit();
    walk.must(walk.who('village', 'clerk'), explained);
    const mute = { ...accepted, words: ' ' };
    expect(codesOf(walk.send(walk.who('county', 'clerk'), mute))).toEqual(['WORDS-MISSING']);
  });

  test('explained and accepted → the list goes on', () => {
    const walk = hit();
    walk.must(walk.who('village', 'clerk'), explained);
    walk.must(walk.who('county', 'clerk'), accepted);
    expect(walk.step).toBe('village-assembly');
  });

  test('not accepted → still blocked, to be explained again', () => {
    const walk = hit();
    walk.must(walk.who('village', 'clerk'), explained);
    walk.must(walk.who('county', 'clerk'), { ...accepted, accepted: false });
    expect(walk.state.cases[0]).toMatchObject({
      status: 'blocked',
      comparison: { marks: expect.arrayContaining(['hit']) },
    });
  });

  test('Shanxi, compared ahead: cleared at a case-paced step → the list does not stand still', () => {
    const walk = new ListWalk(trainingPlan('shanxi-2017', 'identification'), '2017-10-25 09:00');
    walk.walkTo('verification');
    walk.compare(['c1']);
    const entries = ['c1', 'c2'].map((caseId) => ({ caseId, formHash: `form-${caseId}` }));
    const signers = ['村两委', '驻村工作队'].map((role) => ({ role, name: role }));
    const clerk = walk.who('village', 'clerk');
    walk.must(clerk, { type: 'verify', entries, signers, evidence: walk.papers() });
    expect(walk.step).toBe('verification');
    walk.must(clerk, explained);
    walk.must(walk.who('county', 'clerk'), accepted);
    expect(walk.step).toBe('village-notice');
  });
});
