/** 报告: why, how many of each county, and the names where they are asked for (G-19, G-20; policy.md §12). */
import { describe, expect, test } from 'vitest';
import type { CommandBody } from '../../../domain/kernel/command.ts';
import type { Decision } from '../../../domain/kernel/decide.ts';
import { formatInstant } from '../../../domain/time/instant.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from './list-walk.ts';

const PLAN = trainingPlan('hunan-2018', 'clear-household');
const NAMED = trainingPlan('hunan-2018', 'stable-exit-rollback');
const COUNTY = '430981';

type Report = Extract<CommandBody, { type: 'report' }>;

function atReport(plan = PLAN): ListWalk {
  const walk = new ListWalk(plan, '2018-11-20 09:00');
  walk.walkTo('city-report');
  return walk;
}

function reportOf(walk: ListWalk, change: Partial<Report> = {}): Decision {
  const [act] = walk.lawfulActs();
  if (act?.body.type !== 'report') throw new Error('the list is reported');
  return walk.send(act.actor, { ...act.body, ...change });
}

const codes = (decision: Decision) =>
  decision.ok ? [] : decision.refusals.map(({ code, missing }) => [code, ...(missing ?? [])]);

describe('the content of a report', () => {
  test('whole → the list goes to the province, with what was reported', () => {
    const walk = atReport();
    const decision = reportOf(walk);
    expect(decision.ok && decision.events.map(({ body }) => body)).toMatchObject([
      { type: 'reported', why: '识别错误', counts: [{ countyCode: COUNTY, households: 2 }] },
      { type: 'step-entered' },
    ]);
    expect(walk.step).toBe('province-review');
  });

  const SHORT = ['G-20', '本县统计数据（本名单有2户）'];
  test.for([
    ['no reason', { why: ' ' }, [['G-20', '需要进行处理的原因']]],
    ['no number', { counts: [] }, [SHORT]],
    ['another county’s', { counts: [{ countyCode: '430902', households: 9 }] }, [SHORT]],
    ['fewer than the list', { counts: [{ countyCode: COUNTY, households: 1 }] }, [SHORT]],
    // One report over many lists counts more than each of them.
    ['more than the list', { counts: [{ countyCode: COUNTY, households: 7 }] }, []],
    ['no number of the document', { documentNo: ' ' }, [['DOCUMENT-NO-MISSING', '文号']]],
  ] as const)('%s', ([, change, expected]) => {
    expect(codes(reportOf(atReport(), change))).toEqual(expected);
  });

  test('稳定脱贫回退 alone asks for every name', () => {
    const evidence = { 'report-paper': ['scan'] };
    expect(codes(reportOf(atReport(), { evidence }))).toEqual([]);
    expect(codes(reportOf(atReport(NAMED), { evidence }))).toEqual([['G-20', '详细人员名单']]);
    const never = { ...evidence, 'name-list': ['never-uploaded'] };
    expect(codes(reportOf(atReport(NAMED), { evidence: never }))).toEqual([
      ['G-20', '详细人员名单'],
    ]);
    expect(codes(reportOf(atReport(NAMED)))).toEqual([]);
  });

  test('due to the minute, and late only marked', () => {
    const walk = atReport();
    expect(formatInstant(walk.state.dueAt ?? 0)).toBe('2018-11-26 17:00');
    walk.days(30);
    expect(codes(reportOf(walk))).toEqual([]);
  });

  test('a household cleared meanwhile is reported by nobody', () => {
    const walk = atReport();
    const known = walk.caseFacts['c1'];
    if (known?.registry == null) throw new Error('the household is registered');
    walk.caseFacts['c1'] = { ...known, registry: { ...known.registry, status: 'cleared' } };
    expect(codes(reportOf(walk))[0]?.[0]).toBe('SUBJECT-STATUS');
  });
});

test.for([
  ['village', 'clerk'],
  ['township', 'reviewer'],
  ['county', 'office'],
  ['province', 'office'],
] as const)('G-19: %s %s does not report in the city’s place', ([level, duty]) => {
  const walk = atReport();
  const [act] = walk.lawfulActs();
  if (act === undefined) throw new Error('the list is reported');
  const decision = walk.send(walk.who(level, duty), act.body);
  expect(codes(decision)[0]?.[0]).toMatch(/^NOT-YOUR-(LEVEL|DUTY)$/);
});

test('G-19: a window of the county opens no correction to the province', () => {
  const walk = atReport();
  walk.walkTo('registration');
  walk.openWindow('county');
  expect(codes(walk.carry(['c1']))[0]?.[0]).toBe('G-15');
  walk.openWindow();
  expect(codes(walk.carry(['c1', 'c2']))).toEqual([]);
});
