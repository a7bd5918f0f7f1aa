/** 部门认定: a township's list of villages, each indicator certified by its own department (policy.md §7). */
import { describe, expect, test } from 'vitest';
import { indicatorsOf } from '../../../domain/guards/village-exit.ts';
import type { CommandBody } from '../../../domain/kernel/command.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { codesOf } from './list-acts.ts';
import { ListWalk } from './list-walk.ts';

const PLAN = trainingPlan('zhenxiong-2020', 'village-exit');
const DEPARTMENTS = [...new Set(indicatorsOf(PLAN).map(({ department }) => department))];

type Certify = Extract<CommandBody, { type: 'certify' }>;

function atCertification(cases = 2): ListWalk {
  const walk = new ListWalk(PLAN, '2020-10-09 09:00', { cases });
  walk.walkTo('certification');
  return walk;
}

/** The document of a department, with what it says of some villages and indicators. */
function documentOf(
  walk: ListWalk,
  department: string,
  failing: readonly string[] = [],
  over: Partial<Certify> = {},
): Certify {
  const opinions = indicatorsOf(PLAN)
    .filter((each) => each.department === department)
    .flatMap(({ key }) =>
      walk.state.cases.map(({ id }) => {
        const passed = !failing.includes(id);
        return { caseId: id, indicator: key, passed, words: passed ? '' : '没有达标' };
      }),
    );
  const named = { documentNo: `${department}〔2020〕1号`, documentOn: '2020-10-09' } as Certify;
  return { ...named, type: 'certify', department, opinions, evidence: walk.papers(), ...over };
}

function sign(walk: ListWalk, department: string, body: Certify) {
  return walk.send(walk.who('county', 'department', department), body);
}

describe('部门逐项认定', () => {
  test('the list goes on by itself when every department has certified every village', () => {
    const walk = atCertification();
    for (const department of DEPARTMENTS) {
      expect(walk.step).toBe('certification');
      expect(sign(walk, department, documentOf(walk, department)).ok).toBe(true);
    }
    expect(walk.step).toBe('county-decision');
  });

  test('a village that fails leaves with its failed indicators when all have spoken, no earlier', () => {
    const walk = atCertification();
    const [first = '', ...others] = DEPARTMENTS;
    sign(walk, first, documentOf(walk, first, ['c2']));
    expect(walk.state.cases.map(({ status }) => status)).toEqual(['on-list', 'on-list']);
    let last = null;
    for (const department of others) last = sign(walk, department, documentOf(walk, department));
    expect(walk.state.cases.map(({ status }) => status)).toEqual(['on-list', 'refused']);
    const name = indicatorsOf(PLAN).find(({ department }) => department === first)?.name;
    const refused = last?.ok ? last.events.find(({ body }) => body.type === 'case-refused') : null;
    expect(refused?.body).toMatchObject({ code: 'GV2', words: `退出指标未达标：${name}` });
    expect(walk.step).toBe('county-decision');
  });

  test('an opinion given again replaces the one before', () => {
    const walk = atCertification(1);
    const [first = '', ...others] = DEPARTMENTS;
    sign(walk, first, documentOf(walk, first, ['c1']));
    sign(walk, first, documentOf(walk, first));
    for (const department of others) sign(walk, department, documentOf(walk, department));
    expect(walk.state.cases[0]?.status).toBe('on-list');
  });

  test('every village refused → the list is over', () => {
    const walk = atCertification(1);
    for (const department of DEPARTMENTS)
      sign(walk, department, documentOf(walk, department, ['c1']));
    expect(walk.step).toBe('closed');
  });

  test('returned to the township, it is certified anew', () => {
    const walk = atCertification(1);
    const [first = ''] = DEPARTMENTS;
    sign(walk, first, documentOf(walk, first));
    expect(walk.state.cases[0]?.certified).not.toEqual({});
    walk.must(walk.who('county', 'clerk'), {
      type: 'return-cases',
      caseIds: null,
      toStep: 'self-check',
      reason: '核查表有误',
    });
    expect(walk.state.cases[0]?.certified).toEqual({});
  });
});

describe('an opinion is refused', () => {
  test.for([
    ['of no document number', { documentNo: '' }, 'DOCUMENT-NO-MISSING'],
    ['of a document of tomorrow', { documentOn: '2020-10-10' }, 'DOCUMENT-DATE'],
    ['over nothing', { opinions: [] }, 'NOTHING-NAMED'],
    ['without its paper', { evidence: {} }, 'EVIDENCE-MISSING'],
    ['in another department’s name', { department: '教育' }, 'NOT-YOUR-DUTY'],
  ] as const)('%s', ([, over, code]) => {
    const walk = atCertification();
    const [first = ''] = DEPARTMENTS;
    const body = documentOf(walk, first, [], over as unknown as Partial<Certify>);
    expect(codesOf(sign(walk, first, body))).toContain(code);
  });

  test('on an indicator that is another department’s, on one that there is not, twice on one', () => {
    const walk = atCertification(1);
    const [first = ''] = DEPARTMENTS;
    const one = { caseId: 'c1', indicator: 'rate', passed: true, words: '' };
    const tried = (opinions: Certify['opinions']) =>
      codesOf(sign(walk, first, documentOf(walk, first, [], { opinions })));
    expect(tried([{ ...one, indicator: 'road' }])).toEqual(['NOT-YOUR-INDICATOR']);
    expect(tried([{ ...one, indicator: 'beauty' }])).toEqual(['NOT-YOUR-INDICATOR']);
    expect(tried([one, one])).toEqual(['RESULT-REPEATED']);
    expect(tried([{ ...one, caseId: 'c9' }])).toEqual(['UNKNOWN-CASE']);
  });

  test('by the county’s office, however high', () => {
    const walk = atCertification();
    const [first = ''] = DEPARTMENTS;
    const decision = walk.send(walk.who('county', 'decider'), documentOf(walk, first));
    expect(codesOf(decision)).toContain('NOT-YOUR-DUTY');
  });
});

test('a village left on an open household list between launch and label is not decided', () => {
  const walk = atCertification(1);
  walk.walkTo('county-decision');
  const known = walk.caseFacts['c1'];
  const registry = known?.village?.registry;
  if (known?.village === undefined || registry == null) throw new Error('a paper village');
  const village = { ...known.village, registry: { ...registry, openExitCases: 2 } };
  walk.caseFacts['c1'] = { ...known, village };
  expect(codesOf(walk.pass())).toContain('VILLAGE-HOUSEHOLDS');
});

test('the whole chain ends in the label 出列, the sheet names villages', () => {
  const walk = new ListWalk(PLAN, '2020-10-09 09:00', { cases: 2 });
  walk.walkTo('closed');
  expect(walk.state.cases.map(({ outcome }) => outcome)).toEqual([
    'village-exited',
    'village-exited',
  ]);
  expect(walk.sheets[0]?.sheet.rows[0]).toMatchObject({ headName: '凉水村', result: '拟出列' });
});
