import { describe, expect, test } from 'vitest';
import { type AreaConfirmation, findConflicts } from '../../policies/find-conflicts.ts';
import { type PackLibrary, withPack } from '../../policies/load-packs.ts';
import { library } from './training-plan.ts';

/** The library with a pack changed, or with one more. */
function planted(text: string, base: PackLibrary = library): PackLibrary {
  return withPack(base, { name: 'planted.yaml', text }).library;
}

const source = (id: string) => library.packs.get(id)?.source ?? '';

const said = (conflicts: ReturnType<typeof findConflicts>) =>
  conflicts.map(({ kind, areaCode, procedure, where, what, sides }) => [
    kind,
    areaCode,
    procedure,
    `${where}·${what}`,
    ...sides.map(({ by, words }) => `${by}：${words}`),
  ]);

/** A pack of 安宁市 beside the city's: 2017, under 云南 directly. */
const ANNING = `
id: anning-2017
version: 1
kind: place
parent: yunnan
title: 安宁市2017年
areaCode: '530181'
year: 2017
clauses:
  own: { document: 安宁市通知, article: 一, quote: 公示十天, source: T, verified: true }
values:
  income.window: { value: { from: 2016-10-01, to: 2017-09-30 }, verified: true, clause: own }
  notice.village: { value: { amount: 10, unit: CALENDAR, countFirstDay: false }, verified: true, clause: own }
procedures:
  household-exit: { order: { verified: true, clause: own }, outerDue: { date: '2017-11-30', clause: own } }
`;

test('the shipped packs contradict one another nowhere', () => {
  expect(findConflicts(library)).toEqual([]);
});

describe('上下级: the lower pack says otherwise than the one above', () => {
  test('a value', () => {
    const text = source('zhenxiong-2020').replace(
      'values:\n',
      'values:\n  late.entry: { value: 10, verified: false, clause: line-2020 }\n',
    );
    expect(said(findConflicts(planted(text)))).toEqual([
      [
        'lineage',
        '530627',
        null,
        '标准和期限·补登期限（日）',
        'zhenxiong-2020：10',
        'national：15',
      ],
    ]);
  });

  test('the same value once more is no conflict', () => {
    const text = source('zhenxiong-2020').replace(
      'values:\n',
      'values:\n  late.entry: { value: 15, verified: false, clause: line-2020 }\n',
    );
    expect(findConflicts(planted(text))).toEqual([]);
  });

  test('a due date of one step', () => {
    const text = source('yunnan').replace(
      '    order: { verified: false, clause: yunnan-exit-11 }\n',
      `    order: { verified: false, clause: yunnan-exit-11 }
    due: [{ steps: [registration], rule: { date: '2017-12-10', clause: yunnan-31 } }]
`,
    );
    expect(said(findConflicts(planted(text)))).toEqual([
      [
        'lineage',
        '5301',
        'household-exit',
        '标注脱贫·时限',
        'kunming-2017：2017-12-15前',
        'yunnan：2017-12-10前',
      ],
    ]);
  });
});

describe('并列: two packs of one year rule over one area', () => {
  const all = findConflicts(planted(ANNING));
  const found = said(all.filter(({ kind }) => kind === 'siblings'));

  test('what they say otherwise is listed for the smaller area, a value once', () => {
    expect(found.filter(([, , , rule]) => rule === '标准和期限·村公示期')).toEqual([
      [
        'siblings',
        '530181',
        'household-exit',
        '标准和期限·村公示期',
        'anning-2017：10个自然日，起始当日不计入',
        'yunnan：7个自然日，起始当日不计入',
      ],
    ]);
    expect(found.filter(([, , , rule]) => rule === '全程·总时限')).toHaveLength(1);
    expect(found.every(([, areaCode]) => areaCode === '530181')).toBe(true);
  });

  test.for([
    ['of another year', 'year: 2017', 'year: 2018'],
    ['of another area', "areaCode: '530181'", "areaCode: '530627'"],
    ['below the other one', 'parent: yunnan', 'parent: kunming-2017'],
  ] as const)('a pack %s is no sibling', ([, from, to]) => {
    const kinds = findConflicts(planted(ANNING.replace(from, to))).map(({ kind }) => kind);
    expect(kinds).not.toContain('siblings');
  });
});

describe('核定: what an office confirmed against the packs and against another office', () => {
  const confirmed = (over: Partial<AreaConfirmation>): AreaConfirmation => ({
    packId: 'kunming-2017',
    areaCode: '5301',
    path: 'notice.village',
    value: { amount: 7, unit: 'CALENDAR', countFirstDay: false, rollToWorkday: false },
    documentNo: '昆核〔2017〕1号',
    documentOn: '2017-11-01',
    by: '王主任',
    ...over,
  });
  const ten = { amount: 10, unit: 'CALENDAR', countFirstDay: false, rollToWorkday: false };

  test('a value that no text verifies may be confirmed', () => {
    expect(findConflicts(library, [confirmed({ value: ten })])).toEqual([]);
  });

  test('a value that the pack has verified may not be otherwise', () => {
    const grades = confirmed({ path: 'housing.forbidden', value: ['D'] });
    expect(said(findConflicts(library, [grades]))).toEqual([
      [
        'confirmation',
        '5301',
        null,
        '标准和期限·不得居住的房屋等级',
        'kunming-2017：C级、D级',
        '5301领导小组办公室：D级',
      ],
    ]);
  });

  test('city and county confirm otherwise', () => {
    const county = confirmed({ areaCode: '530129', value: ten });
    expect(said(findConflicts(library, [confirmed({}), county]))).toEqual([
      [
        'confirmation',
        '530129',
        null,
        '标准和期限·村公示期',
        '530129领导小组办公室：10个自然日，起始当日不计入',
        '5301领导小组办公室：7个自然日，起始当日不计入',
      ],
    ]);
  });

  test('a later confirmation of the same office takes the place of the earlier one', () => {
    const county = confirmed({ areaCode: '530129', value: ten });
    const later = confirmed({ areaCode: '530129' });
    expect(findConflicts(library, [confirmed({}), county, later])).toEqual([]);
  });
});
