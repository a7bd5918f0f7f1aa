/** 回头看 (GV5): which villages, by which text. */
import { describe, expect, test } from 'vitest';
import { invariant } from '../../../domain/invariant.ts';
import { lookBackReason } from '../../../domain/village/look-back.ts';
import { lookBackRule } from '../../../policies/look-back-rule.ts';
import { library, PLACES } from '../../policies/training-plan.ts';

const SHANXI = PLACES['shanxi-2017'] ?? '';
const rule = lookBackRule(library, SHANXI, 2017);
invariant(rule !== null, 'Shanxi 2017 looks back');

const LEFT = { exitYear: 2016, poorPersons: 21, persons: 1000 };

describe('a village that left in 2015 or 2016', () => {
  test('over two in a hundred → looked back at, with its figures', () => {
    expect(lookBackReason(rule, LEFT)).toBe(
      '2016年出列，现未脱贫21人，全村1000人，贫困发生率超过2%',
    );
    expect(lookBackReason(rule, { ...LEFT, exitYear: 2015 })).toContain('2015年出列');
  });

  test('exactly two in a hundred, or nobody poor → not', () => {
    expect(lookBackReason(rule, { ...LEFT, poorPersons: 20 })).toBeNull();
    expect(lookBackReason(rule, { ...LEFT, poorPersons: 0, persons: null })).toBeNull();
  });

  test('a denominator that nobody filled in → looked back at: it may be over', () => {
    expect(lookBackReason(rule, { ...LEFT, persons: null })).toContain('没有填总人口');
    expect(lookBackReason(rule, { ...LEFT, persons: 0 })).toContain('没有填总人口');
  });
});

test.each([2014, 2017])('a village that left in %i → not', (exitYear) => {
  expect(lookBackReason(rule, { ...LEFT, exitYear })).toBeNull();
});

test('Shanxi alone asks, in its own year, and cites its text', () => {
  expect(rule.clause.quote).toContain('2015、2016已退出贫困村要进行“回头看”');
  expect(lookBackRule(library, SHANXI, 2018)).toBeNull();
  for (const place of ['zhenxiong-2020', 'kunming-2017', 'xinwan-2022']) {
    for (const year of [2017, 2020, 2022]) {
      expect(lookBackRule(library, PLACES[place] ?? '', year)).toBeNull();
    }
  }
});
