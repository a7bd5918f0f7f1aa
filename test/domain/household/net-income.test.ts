import { describe, expect, test } from 'vitest';
import {
  comparePerCapita,
  type IncomeItems,
  netIncome,
  perCapitaFenText,
} from '../../../domain/household/net-income.ts';
import { InvariantViolation } from '../../../domain/invariant.ts';

/** Each item a different power of two: a sum tells which items are in it. */
const ITEMS: IncomeItems = {
  wage: 1,
  business: 2,
  property: 4,
  transfer: { wubao: 8, pension: 16, ecology: 32, dibao: 64, familyPlanning: 128, other: 256 },
  businessCost: 512,
};
const ALL = 511;

describe('年纯收入 (§16c)', () => {
  test.for([
    ['both count (S0)', { dibao: true, pension: true }, ALL - 512],
    ['低保金 does not', { dibao: false, pension: true }, ALL - 64 - 512],
    ['养老金 does not', { dibao: true, pension: false }, ALL - 16 - 512],
    ['neither does', { dibao: false, pension: false }, ALL - 64 - 16 - 512],
  ] as const)('%s', ([, counts, fen]) => {
    expect(netIncome(ITEMS, counts)).toBe(fen);
  });

  test.for([-1, 0.5, Number.NaN])('an item of %s fen is a bug', (wage) => {
    const counts = { dibao: true, pension: true };
    expect(() => netIncome({ ...ITEMS, wage }, counts)).toThrow(InvariantViolation);
  });
});

describe('年人均 against the line, nothing rounded (§16c)', () => {
  test.for([
    ['3 heads, one fen below', 1_199_999, 3, -1],
    ['3 heads, on the line', 1_200_000, 3, 0],
    ['3 heads, one fen above, a third of a fen a head', 1_200_001, 3, 1],
    ['7 heads, one fen below', 2_799_999, 7, -1],
    ['costs above all income', -1, 1, -1],
  ] as const)('%s', ([, net, members, side]) => {
    expect(comparePerCapita(net, members, 400_000)).toBe(side);
  });

  test.for([0, -1, 1.5])('%s members → a refusal, no division', (members) => {
    expect(comparePerCapita(1, members, 1)).toMatchObject({ ok: false, code: 'no-members' });
  });

  test.for([
    [1_199_999, 3, '3999.99元'],
    [1_200_001, 3, '4000.00元'],
    [5, 1, '0.05元'],
    [-5, 1, '-0.05元'],
    [-1, 3, '-0.01元'],
  ] as const)('%s fen of %s is shown cut downwards', ([net, members, text]) => {
    expect(perCapitaFenText(net, members)).toBe(text);
  });
});
