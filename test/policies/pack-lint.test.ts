import { describe, expect, test } from 'vitest';
import { lintLibrary } from '../../policies/lint-pack.ts';
import { loadPacks, PackFault } from '../../policies/load-packs.ts';

/** A local pack under a parent; `body` is what it says of its own. */
function localPack(body: string, parent = 'zhenxiong-2020', kind = 'place'): string {
  return `
id: local
version: 1
kind: ${kind}
parent: ${parent}
title: 试验规则包
areaCode: '530627'
year: 2020
clauses:
  own: { document: 试验文件, article: 第一条, quote: 试验, source: TEST, verified: true }
${body}`;
}

function findingsOf(text: string): string[] {
  const library = loadPacks({ extra: [{ name: 'local.yaml', text }] });
  return lintLibrary(library)
    .filter(({ packId }) => packId === 'local')
    .map(({ code }) => code);
}

const VERIFICATION =
  '{ key: verification, kind: verification, name: 核实, by: [village/clerk], clause: own, signers: [村两委] }';
const DECISION =
  '{ key: county-decision, kind: decision, name: 审定, by: [county/decider], clause: own }';
const BARE_STEP =
  '{ key: assembly, kind: review, name: 审核, by: [township/reviewer], clause: own }';

describe('a pack below', () => {
  test('may set what nobody verified, add a step, a guard and a due date', () => {
    const body = `
values:
  notice.village: { value: { amount: 5, unit: CALENDAR, countFirstDay: true }, verified: true, clause: own }
procedures:
  household-exit:
    addSteps: [{ after: registration, step: { key: check, kind: inspection, name: 检查, by: [county/inspector], clause: own } }]
    addGuards: [{ step: verification, id: NX8, clause: own }]
    due: [{ steps: [check], rule: { date: '2020-12-31', clause: own } }]
`;
    expect(findingsOf(localPack(body))).toEqual([]);
  });

  test.for([
    [
      'a quorum below the national floor → BELOW-FLOOR',
      'values: { assembly.quorum: { value: { numerator: 1, denominator: 2 }, verified: true, clause: own } }',
      'BELOW-FLOOR',
    ],
    [
      'an income window other than the verified one → VALUE-CHANGED (G-27)',
      'values: { income.window: { value: { from: 2019-01-01, to: 2019-12-31 }, verified: true, clause: own } }',
      'VALUE-CHANGED',
    ],
    [
      'a rule whose clause does not exist → CLAUSE-MISSING',
      'values: { late.entry: { value: 3, verified: true, clause: nowhere } }',
      'CLAUSE-MISSING',
    ],
    [
      'a guard whose clause does not exist → CLAUSE-MISSING',
      'procedures: { household-exit: { addGuards: [{ step: acceptance, id: NX1, clause: nowhere }] } }',
      'CLAUSE-MISSING',
    ],
    [
      'a diversion where nobody can be sent elsewhere → DIVERT-MISPLACED',
      'procedures: { return-to-poverty: { addGuards: [{ step: township-review, id: G-11, mode: divert, clause: own }] } }',
      'DIVERT-MISPLACED',
    ],
    [
      'a notice counted in seconds → SECONDS',
      'values: { notice.village: { value: { amount: 2, unit: SECOND, countFirstDay: false }, verified: true, clause: own } }',
      'SECONDS',
    ],
    [
      'a due rule counted in seconds → SECONDS',
      'procedures: { household-exit: { due: [{ steps: [assembly], rule: { period: { amount: 1, unit: SECOND, countFirstDay: false }, clause: own } }] } }',
      'SECONDS',
    ],
    [
      'a notice that rolls to a workday → ROLLING-NOTICE',
      'values: { notice.village: { value: { amount: 7, unit: CALENDAR, countFirstDay: false, rollToWorkday: true }, verified: true, clause: own } }',
      'ROLLING-NOTICE',
    ],
    [
      'a chain without the steps of 厅字〔2016〕16号 → BELOW-FLOOR',
      `procedures: { household-exit: { steps: [${BARE_STEP}] } }`,
      'BELOW-FLOOR',
    ],
    [
      'a replaced step that drops a guard of the floor → BELOW-FLOOR',
      'procedures: { household-exit: { replaceSteps: [{ key: township-review, kind: review, name: 审核, by: [township/reviewer], clause: own }] } }',
      'BELOW-FLOOR',
    ],
    [
      'a guard on a step that never asks its guards → IDLE-GUARD',
      'procedures: { household-exit: { addGuards: [{ step: acceptance, id: G-08, clause: own }] } }',
      'IDLE-GUARD',
    ],
    [
      'a guard on a step that is not there → STRAY-STEP',
      'procedures: { household-exit: { addGuards: [{ step: nowhere, id: NX1, clause: own }] } }',
      'STRAY-STEP',
    ],
    [
      'a step added twice → STEP-REPEATED',
      `procedures: { household-exit: { addSteps: [{ after: registration, step: ${BARE_STEP} }] } }`,
      'STEP-REPEATED',
    ],
    [
      'an escalation that a weekend uses up → CALENDAR-ESCALATION',
      'reminders: { clause: own, superiors: {}, ladder: [{ key: late, offsetDays: 1, unit: CALENDAR, to: superior, words: 逾期 }] }',
      'CALENDAR-ESCALATION',
    ],
    [
      'two rungs under one key → RUNG-REPEATED',
      'reminders: { clause: own, superiors: {}, ladder: [{ key: a, offsetDays: 0, unit: WORKING, to: holder, words: 到期 }, { key: a, offsetDays: 1, unit: WORKING, to: holder, words: 逾期 }] }',
      'RUNG-REPEATED',
    ],
    [
      'a replaced step without a guard of the parent → GUARD-DROPPED',
      `procedures: { household-exit: { replaceSteps: [${VERIFICATION}] } }`,
      'GUARD-DROPPED',
    ],
    [
      'a replaced step that drops a signer of the parent → STEP-LOOSENED',
      `procedures: { household-exit: { replaceSteps: [${VERIFICATION}] } }`,
      'STEP-LOOSENED',
    ],
    [
      'a step taken from a higher level → STEP-LOOSENED',
      `procedures: { household-exit: { replaceSteps: [${DECISION.replace('county/decider', 'township/reviewer')}] } }`,
      'STEP-LOOSENED',
    ],
    [
      'a paper of the parent no longer asked for → STEP-LOOSENED',
      `procedures: { household-exit: { replaceSteps: [${DECISION}] } }`,
      'STEP-LOOSENED',
    ],
    [
      'a step of the parent replaced by another kind → STEP-DROPPED',
      `procedures: { household-exit: { replaceSteps: [${DECISION.replace('kind: decision', 'kind: review')}] } }`,
      'STEP-DROPPED',
    ],
    [
      'bounds wider than those above → BELOW-FLOOR',
      'bounds: [{ value: assembly.quorum, min: 0.5, clause: own }]',
      'BELOW-FLOOR',
    ],
  ] as const)('%s', ([, body, code]) => {
    expect(findingsOf(localPack(body))).toContain(code);
  });

  test('a value above a declared bound → ABOVE-BOUND (层层加码)', () => {
    const body = `
bounds: [{ value: late.entry, max: 15, clause: own }]
values: { late.entry: { value: 16, verified: true, clause: own } }
`;
    expect(findingsOf(localPack(body))).toEqual(['ABOVE-BOUND']);
  });

  test('a clause that takes the name of one above → CLAUSE-REDEFINED', () => {
    const text = localPack('').replace('  own:', '  exit-16:');
    expect(findingsOf(text)).toEqual(['CLAUSE-REDEFINED']);
  });

  test('an area outside the parent → OUTSIDE-PARENT', () => {
    expect(findingsOf(localPack('', 'shanxi-2017'))).toEqual(['OUTSIDE-PARENT']);
  });

  test('a city of Shanxi may fix its own income window: the province lets it (S4 四（二）5)', () => {
    const body =
      'values: { income.window: { value: { from: 2016-11-01, to: 2017-10-31 }, verified: true, clause: own } }';
    const text = localPack(body, 'shanxi-2017').replace("'530627'", "'1402'");
    expect(findingsOf(text)).toEqual([]);
  });

  test('its window is one year to the day (以一周年为基数)', () => {
    const windowOf = (from: string, to: string) =>
      findingsOf(
        localPack(
          `values: { income.window: { value: { from: ${from}, to: ${to} }, verified: true, clause: own } }`,
          'shanxi-2017',
        ).replace("'530627'", "'1402'"),
      );
    expect(windowOf('2016-11-01', '2017-10-30')).toEqual(['WINDOW-NOT-A-YEAR']);
    expect(windowOf('2016-11-01', '2017-11-01')).toEqual(['WINDOW-NOT-A-YEAR']);
    expect(windowOf('2016-02-29', '2017-02-28')).toEqual([]);
  });

  test('of another year: the figures of one campaign are no law of another (G-27)', () => {
    const body =
      'values: { income.window: { value: { from: 2015-10-01, to: 2016-09-30 }, verified: true, clause: own } }';
    expect(findingsOf(localPack(body).replace('year: 2020', 'year: 2016'))).toEqual([]);
    expect(findingsOf(localPack(body))).toEqual(['VALUE-CHANGED']);
  });

  test('seconds are allowed in a bench pack only', () => {
    const body =
      'values: { notice.village: { value: { amount: 2, unit: SECOND, countFirstDay: false }, verified: true, clause: own } }';
    expect(findingsOf(localPack(body, 'zhenxiong-2020', 'bench'))).toEqual([]);
  });
});

describe('a pack that cannot be read → refused with the file named', () => {
  test.for([
    ['an unknown key', localPack('surprise: true')],
    [
      'an unknown value',
      localPack('values: { income.lines: { value: 1, verified: true, clause: own } }'),
    ],
    ['an unknown kind of pack', localPack('', 'zhenxiong-2020', 'village')],
    [
      'an unknown guard',
      localPack(
        'procedures: { household-exit: { addGuards: [{ step: acceptance, id: NX99, clause: own }] } }',
      ),
    ],
    [
      'an unknown step kind',
      localPack(
        `procedures: { household-exit: { steps: [${BARE_STEP.replace('kind: review', 'kind: vote')}] } }`,
      ),
    ],
    [
      'a duty that acts in no step',
      localPack(
        `procedures: { household-exit: { steps: [${BARE_STEP.replace('township/reviewer', 'county/administrator')}] } }`,
      ),
    ],
    [
      'a rule without a clause',
      localPack('procedures: { household-exit: { addGuards: [{ step: acceptance, id: NX1 }] } }'),
    ],
    [
      'a verified value that is not there',
      localPack('values: { income.line: { value: null, verified: true, clause: own } }'),
    ],
    ['a parent that is not there', localPack('', 'nowhere')],
    ['a lineage in a circle', localPack('', 'local')],
    ['an id that is taken', localPack('').replace('id: local', 'id: yunnan')],
  ] as const)('%s', ([, text]) => {
    expect(() => loadPacks({ extra: [{ name: 'local.yaml', text }] })).toThrow(PackFault);
  });
});
