import { describe, expect, test } from 'vitest';
import { withPack } from '../../policies/load-packs.ts';
import { type RuleDifference, ruleDifferences } from '../../policies/rule-differences.ts';
import { ruleLines } from '../../policies/rule-lines.ts';
import { proceduresOf } from '../../policies/unconfirmed-values.ts';
import { library } from './training-plan.ts';

const source = (id: string) => library.packs.get(id)?.source ?? '';

function said({ procedure, where, what, kind, before, after }: RuleDifference) {
  const side = (line: RuleDifference['before']) =>
    line && [line.words, line.packId, line.clauseId, line.verified];
  return { procedure, where, what, kind, before: side(before), after: side(after) };
}

describe('规则逐条', () => {
  test('each line names the pack of the lineage and the clause that say it', () => {
    const lines = ruleLines(library, 'kunming-2017', 'household-exit');
    const of = (where: string, what: string) => {
      const line = lines.find((each) => each.where === where && each.what === what);
      return line && [line.words, line.packId, line.clauseId, line.verified];
    };
    expect(of('帮扶责任人与贫困户认可', '由谁认可')).toEqual([
      '农户、帮扶责任人',
      'kunming-2017',
      's3-exit',
      true,
    ]);
    expect(of('入户核实', '条件EXIT-INCOME')).toEqual(['不予办理', 'yunnan', 'exit-16', true]);
    expect(of('标准和期限', '村公示期')).toEqual([
      '7个自然日，起始当日不计入',
      'yunnan',
      'yunnan-31',
      false,
    ]);
    expect(of('标准和期限', '评议会到会比例')).toEqual([
      '三分之二',
      'national',
      'village-law-26',
      false,
    ]);
    expect(of('标注脱贫', '时限')).toEqual(['2017-12-15前', 'kunming-2017', 's3-enter-by', true]);
  });

  test('every line has words and a clause of the lineage', () => {
    for (const packId of ['zhenxiong-2020', 'kunming-2017', 'shanxi-2017']) {
      for (const procedure of proceduresOf(library, packId)) {
        const lines = ruleLines(library, packId, procedure);
        expect(lines.length).toBeGreaterThan(20);
        expect(lines.filter(({ words, clause }) => words === '' || clause === null)).toEqual([]);
      }
    }
  });

  test('a pack without steps has no lines', () => {
    expect(ruleLines(library, 'national', 'household-exit')).toEqual([]);
  });
});

describe('规则对照', () => {
  test('a pack differs from itself in nothing', () => {
    const same = { library, packId: 'shanxi-2017' };
    expect(ruleDifferences(same, same)).toEqual([]);
  });

  test.for([
    [
      'a longer notice, said once for every procedure',
      'value: { amount: 7, unit: CALENDAR, countFirstDay: false }\n    verified: false\n    clause: notice-seven\n  notice.township',
      'value: { amount: 10, unit: CALENDAR, countFirstDay: false }\n    verified: false\n    clause: notice-seven\n  notice.township',
      [
        {
          procedure: null,
          where: '标准和期限',
          what: '村公示期',
          kind: 'words',
          before: ['7个自然日，起始当日不计入', 'shanxi-2017', 'notice-seven', false],
          after: ['10个自然日，起始当日不计入', 'shanxi-2017', 'notice-seven', false],
        },
      ],
    ],
    [
      'a guard that only warns',
      '- { id: NX6, clause: s4-two-no }',
      '- { id: NX6, mode: warn, clause: s4-two-no }',
      [
        {
          procedure: 'household-exit',
          where: '村内核实',
          what: '条件NX6',
          kind: 'words',
          before: ['不予办理', 'shanxi-2017', 's4-two-no', true],
          after: ['提示', 'shanxi-2017', 's4-two-no', true],
        },
      ],
    ],
    [
      'a guard that is gone',
      '          - { id: NX6, clause: s4-two-no }\n',
      '',
      [
        {
          procedure: 'household-exit',
          where: '村内核实',
          what: '条件NX6',
          kind: 'words',
          before: ['不予办理', 'shanxi-2017', 's4-two-no', true],
          after: null,
        },
      ],
    ],
    [
      'the same value, now verified',
      'housing.forbidden: { value: [C, D], verified: false',
      'housing.forbidden: { value: [C, D], verified: true',
      [
        {
          procedure: null,
          where: '标准和期限',
          what: '不得居住的房屋等级',
          kind: 'source',
          before: ['C级、D级', 'shanxi-2017', 'housing-grades', false],
          after: ['C级、D级', 'shanxi-2017', 'housing-grades', true],
        },
      ],
    ],
  ] as const)('%s → exactly that', ([, from, to, expected]) => {
    expect(source('shanxi-2017')).toContain(from);
    const text = source('shanxi-2017').replace(from, to);
    const { library: next } = withPack(library, { name: 'next.yaml', text });
    const before = { library, packId: 'shanxi-2017' };
    const found = ruleDifferences(before, { library: next, packId: 'shanxi-2017' });
    expect(found.map(said)).toEqual(expected);
  });

  test('a change in the layer above reaches the places below it', () => {
    const text = source('yunnan').replaceAll('amount: 7,', 'amount: 8,');
    const { library: next } = withPack(library, { name: 'yunnan.yaml', text });
    const of = (packId: string) =>
      ruleDifferences({ library, packId }, { library: next, packId }).map(({ what }) => what);
    expect(new Set(of('zhenxiong-2020'))).toEqual(new Set(['村公示期', '乡镇公示期']));
    expect(of('shanxi-2017')).toEqual([]);
  });
});
